import { contextId, type TableQuery, type TableView } from "../../../common/contract/index.ts";
import type { TableSpec } from "../../../electron/tables/row-reader.ts";
import { type Scope, Table } from "../../../electron/tables/table.ts";
import { readTable, type TableJson } from "../../../electron/tables/table-json.ts";

/** When the tables of these tests are listed. */
export const listedAt = Date.parse("2026-01-02T03:04:05Z");

export const all: Scope = { id: "all", namespace: undefined };

export const podSpec: TableSpec = {
  context: contextId.parse("c"),
  group: "",
  version: "v1",
  plural: "pods",
  kind: "Pod",
  namespaced: true,
  ownColumns: [],
};

export const podColumns = [
  { name: "Name", type: "string", format: "name", description: "", priority: 0 },
  { name: "Ready", type: "string", format: "", description: "", priority: 0 },
  { name: "Status", type: "string", format: "", description: "", priority: 0 },
  { name: "Restarts", type: "string", format: "", description: "", priority: 0 },
  { name: "Age", type: "string", format: "", description: "", priority: 0 },
  { name: "Node", type: "string", format: "", description: "", priority: 1 },
];

export interface PodRow {
  namespace?: string;
  name: string;
  ready?: string;
  status?: string;
  restarts?: string;
  age?: string;
  node?: string;
  uid?: string;
  created?: string;
  deleting?: boolean;
}

/** A server's answer with these pods; without metadata, as includeObject=None gives it, when `bare`. */
export function podTable(pods: readonly PodRow[], bare = false, resourceVersion = "1"): TableJson {
  return readTable({
    kind: "Table",
    metadata: { resourceVersion },
    columnDefinitions: podColumns,
    rows: pods.map((pod) => ({
      cells: [
        pod.name,
        pod.ready ?? "1/1",
        pod.status ?? "Running",
        pod.restarts ?? "0",
        pod.age ?? "5m",
        pod.node ?? "node-1",
      ],
      object: bare
        ? null
        : {
            kind: "PartialObjectMetadata",
            metadata: {
              name: pod.name,
              namespace: pod.namespace ?? "default",
              uid: pod.uid ?? `uid of ${pod.name}`,
              resourceVersion,
              creationTimestamp: pod.created ?? "2026-01-02T02:59:05Z",
              ...(pod.deleting ? { deletionTimestamp: "2026-01-02T03:04:00Z" } : {}),
            },
          },
    })),
  });
}

/** A table that was listed once. */
export function tableOf(pods: readonly PodRow[]): Table {
  const table = new Table(podSpec);
  table.begin(all);
  table.list(all, podTable(pods), "", listedAt);
  table.commit(all);
  return table;
}

export function query(change: Partial<TableQuery> = {}): TableQuery {
  return { filter: "", faults: false, sort: null, window: { offset: 0, count: 100 }, anchor: null, ...change };
}

export function namesIn(view: Pick<TableView, "rows"> | undefined): string[] {
  return (view?.rows ?? []).map(({ name }) => name);
}
