import { contextId } from "../../../common/contract/index.ts";
import { Engine } from "../../../electron/tables/engine.ts";
import { podPlace, runningStatus } from "./fill.ts";

const scope = { id: "all", namespace: undefined };
const columns = ["Name", "Ready", "Status", "Restarts", "Age", "IP", "Node", "Nominated Node", "Readiness Gates"].map(
  (name) => ({
    ...{ name, type: "string", description: "", priority: 0 },
    format: name === "Name" ? "name" : "",
  }),
);

/**
 * How many watch events a second the worker's part can take by itself, with a view open on all rows, sorted by a column
 * that changes: the API server on the same machine can't be made to send as many.
 */
export function eventsPerSecond(pods: number, events: number): number {
  const engine = new Engine(() => undefined);
  const spec = {
    context: contextId.parse("c"),
    group: "",
    version: "v1",
    plural: "pods",
    kind: "Pod",
    namespaced: true,
    ownColumns: [],
  };
  engine.create({ table: "t", spec });
  engine.begin({ table: "t", scope });
  const rows = Array.from({ length: pods }, (_, index) => row(index, 0));
  const body = Buffer.from(JSON.stringify({ kind: "Table", metadata: {}, columnDefinitions: columns, rows }));
  engine.list({ table: "t", scope, namespace: "", at: Date.now(), body });
  engine.commit({ table: "t", scope });
  const sort = { column: "Restarts", descending: true };
  const window = { offset: 0, count: 60 };
  engine.open({ view: "engine-view", table: "t", query: { filter: "", faults: false, sort, window, anchor: null } });
  engine.connected({ table: "t", scope });
  // In pieces of 100, with the view asked after each: at 1 000 a second it is asked less often.
  const pieces = Array.from({ length: Math.ceil(events / 100) }, (_, piece) =>
    Buffer.from(
      Array.from({ length: 100 }, (__, at) => {
        const turn = piece * 100 + at;
        const changed = row((turn * 7919) % pods, 1 + (turn % 90));
        return `${JSON.stringify({ type: "MODIFIED", object: { kind: "Table", metadata: {}, columnDefinitions: null, rows: [changed] } })}\n`;
      }).join(""),
    ),
  );
  const began = performance.now();
  for (const piece of pieces) {
    engine.frames({ table: "t", scope, at: Date.now(), body: piece });
    engine.keys({ view: "engine-view", from: null, to: null });
  }
  const took = performance.now() - began;
  engine.drop({ table: "t" });
  return (pieces.length * 100 * 1000) / took;
}

/** As large as those of real pods, most of which is managedFields. */
function row(index: number, restarts: number): object {
  const { namespace, name } = podPlace(index, { namespaces: 25 });
  return {
    cells: [
      name,
      "1/1",
      "Running",
      String(restarts),
      "5m",
      `10.0.${index >> 8}.${index & 255}`,
      "node-1",
      "<none>",
      "<none>",
    ],
    object: {
      kind: "PartialObjectMetadata",
      metadata: {
        ...{
          name,
          namespace,
          uid: `${index}-0000-0000`,
          resourceVersion: "1",
          creationTimestamp: "2026-01-01T00:00:00Z",
        },
        managedFields: [runningStatus(index), runningStatus(index), runningStatus(index), runningStatus(index)],
      },
    },
  };
}
