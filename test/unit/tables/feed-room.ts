import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
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
const id = contextId.parse("i");

/** A request for pods, and whether it wants a Table. */
export interface PodsRequest {
  query: URLSearchParams;
  asTable: boolean;
  response: ServerResponse;
}

/** A table of pods fed by a server on loopback that answers what `pods` makes of each request. */
export async function openFeedRoom(pods: (request: PodsRequest) => void) {
  const server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? "", "http://x");
    if (pathname === "/api") return void response.end('{"kind":"APIVersions","versions":["v1"]}');
    if (pathname === "/apis") return void response.end('{"kind":"APIGroupList","groups":[]}');
    if (pathname === "/api/v1") return void response.end(JSON.stringify({ resources: [kind] }));
    pods({ query, asTable: request.headers.accept?.includes("as=Table") === true, response });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cluster = { name: "c", server: address, insecure: false };
  const context = { id, name: "fake", file: "/f", practice: false, cluster, user: { name: "u" } };
  const transport = new Transport(context, new Credentials(context, { fetch: async () => ({ token: "t" }) }), {});
  const client = new KubeClient(
    { transport, discovery: new Discovery(transport), watches: new SharedWatches(transport) },
    () => transport.close(),
  );
  const thread = new EngineThread(
    () => undefined,
    () => undefined,
  );
  const resource = await client.resourceFor("v1", "Pod");
  const spec = { context: id, group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true, ownColumns: [] };
  await thread.ask("create", { table: "t", spec });
  const feed = new ScopeFeed({
    resource,
    scope: { id: "all", namespace: undefined },
    labelSelector: "",
    fieldSelector: "",
    wholeObjects: false,
    sink: new TableSink(thread, "t"),
    client: async () => client,
    namespaces: async () => undefined,
    tell: () => undefined,
  });
  const close = async () => {
    await client.close();
    await thread.close();
    server.closeAllConnections();
    server.close();
  };
  return { client, feed, close };
}
