import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { contextId } from "../../../common/contract/index.ts";
import { KubeClient } from "../../../electron/cluster/client.ts";
import { Credentials } from "../../../electron/cluster/credentials.ts";
import { Discovery } from "../../../electron/cluster/discovery.ts";
import { SharedWatches } from "../../../electron/cluster/reflector/shared-watches.ts";
import { Transport } from "../../../electron/cluster/transport.ts";
import { ScopeFeed } from "../../../electron/tables/feed.ts";
import { TableSink } from "../../../electron/tables/sink.ts";
import { EngineThread } from "../../../electron/tables/thread.ts";

const kind = { name: "pods", kind: "Pod", namespaced: true, verbs: ["list", "watch"] };
const table = {
  kind: "Table",
  metadata: { resourceVersion: "1" },
  columnDefinitions: [{ name: "Name", type: "string", format: "name" }],
  rows: [{ cells: ["a"], object: { metadata: { name: "a", namespace: "n", resourceVersion: "1" } } }],
};
const changed = { type: "MODIFIED", object: { ...table, rows: table.rows } };
const outdated = { type: "ERROR", object: { kind: "Status", code: 410, reason: "Expired", message: "too old" } };

it("a server whose every watch is outdated at once is asked ever less often, by tables and by watches", async () => {
  let watches = 0;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    if (pathname === "/api") return void response.end('{"kind":"APIVersions","versions":["v1"]}');
    if (pathname === "/apis") return void response.end('{"kind":"APIGroupList","groups":[]}');
    if (pathname === "/api/v1") return void response.end(JSON.stringify({ resources: [kind] }));
    const asTable = request.headers.accept?.includes("as=Table");
    const list = asTable ? table : { metadata: { resourceVersion: "1" }, items: [] };
    if (searchParams.get("watch") !== "true") return void response.end(JSON.stringify(list));
    watches++;
    // An event comes first: it must not make the waits begin anew.
    const event = asTable ? changed : { type: "MODIFIED", object: { metadata: { name: "a", resourceVersion: "2" } } };
    response.end(`${JSON.stringify(event)}\n${JSON.stringify(outdated)}\n`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cluster = { name: "c", server: address, insecure: false };
  const context = { id: contextId.parse("i"), name: "fake", file: "/f", practice: false, cluster, user: { name: "u" } };
  const transport = new Transport(context, new Credentials(context, { fetch: async () => ({ token: "t" }) }), {});
  const client = new KubeClient(
    { transport, discovery: new Discovery(transport), watches: new SharedWatches(transport) },
    () => transport.close(),
  );
  const thread = new EngineThread(
    () => undefined,
    () => undefined,
  );
  const sink = new TableSink(thread, "t");
  const resource = await client.resourceFor("v1", "Pod");
  const spec = {
    context: contextId.parse("i"),
    group: "",
    version: "v1",
    plural: "pods",
    kind: "Pod",
    namespaced: true,
    ownColumns: [],
  };
  await thread.ask("create", { table: "t", spec });
  const ended = new AbortController();
  const feed = new ScopeFeed({
    resource,
    scope: { id: "all", namespace: undefined },
    labelSelector: "",
    fieldSelector: "",
    wholeObjects: false,
    sink,
    client: async () => client,
    namespaces: async () => undefined,
    tell: () => undefined,
  });
  try {
    const feeding = feed.run(ended.signal);
    await sleep(2_500);
    // 20, 40, 80 … ms: some seven in this time; without the waits hundreds.
    expect(watches).toBeGreaterThanOrEqual(3);
    expect(watches).toBeLessThan(12);
    ended.abort();
    await feeding;

    watches = 0;
    const stop = new AbortController();
    const watching = (async () => {
      for await (const _ of client.watch("v1", "Pod", { signal: stop.signal })) {
        // All events are read.
      }
    })();
    await sleep(2_500);
    expect(watches).toBeGreaterThanOrEqual(3);
    expect(watches).toBeLessThan(12);
    stop.abort();
    await watching;
  } finally {
    await client.close();
    await thread.close();
    server.closeAllConnections();
    server.close();
  }
}, 20_000);
