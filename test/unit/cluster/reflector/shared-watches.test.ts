import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contextId } from "../../../../common/contract/index.ts";
import { KubeClient } from "../../../../electron/cluster/client.ts";
import { Credentials } from "../../../../electron/cluster/credentials.ts";
import { Discovery } from "../../../../electron/cluster/discovery.ts";
import { SharedWatches } from "../../../../electron/cluster/reflector/shared-watches.ts";
import { Transport } from "../../../../electron/cluster/transport.ts";
import type { WatchOptions } from "../../../../electron/cluster/types.ts";
import { eventually } from "../../../cluster/kubectl.ts";

interface Stored {
  name: string;
  namespace: string;
  resourceVersion: string;
  labels?: Record<string, string>;
}

const item = ({ labels, ...metadata }: Stored) => ({ metadata: { ...metadata, uid: metadata.name, labels } });
const kinds = { resources: [{ name: "pods", kind: "Pod", namespaced: true, verbs: ["list", "watch"] }] };

/** What the server has, and whom it tells. */
let stored: Stored[];
let newest: number;
let watches: { query: URLSearchParams; path: string; accept: string; response: ServerResponse }[];
let lists: number;
let client: KubeClient;
let end: () => Promise<void>;

beforeEach(async () => {
  [stored, newest, watches, lists] = [[], 10, [], 0];
  const server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? "", "http://x");
    if (pathname === "/api") return void response.end('{"kind":"APIVersions","versions":["v1"]}');
    if (pathname === "/apis") return void response.end('{"kind":"APIGroupList","groups":[]}');
    if (pathname === "/api/v1") return void response.end(JSON.stringify(kinds));
    const namespace = /namespaces\/([^/]+)/.exec(pathname)?.[1];
    if (query.get("watch") === "true") {
      const watch = { query, path: pathname, accept: request.headers.accept ?? "", response };
      watches.push(watch);
      response.on("close", () => watches.splice(watches.indexOf(watch), 1));
      response.flushHeaders();
      return;
    }
    lists++;
    const items = stored.filter((one) => namespace === undefined || one.namespace === namespace).map(item);
    response.end(JSON.stringify({ metadata: { resourceVersion: String(newest) }, items }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cluster = { name: "c", server: address, insecure: false };
  const context = { id: contextId.parse("i"), name: "fake", file: "/f", practice: false, cluster, user: { name: "u" } };
  const transport = new Transport(context, new Credentials(context, { fetch: async () => ({ token: "t" }) }), {});
  client = new KubeClient(
    { transport, discovery: new Discovery(transport), watches: new SharedWatches(transport) },
    () => transport.close(),
  );
  end = async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  };
});
afterEach(async () => {
  await end();
});

function line(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

/** Something happens on the server, and every watch hears of it (as if none of them were narrowed down). */
function happens(type: "ADDED" | "MODIFIED" | "DELETED", one: Omit<Stored, "resourceVersion">): string {
  const now = { ...one, resourceVersion: String(++newest) };
  stored = stored.filter(({ name }) => name !== one.name);
  if (type !== "DELETED") stored.push(now);
  const event = line(type, item(now));
  for (const { response } of watches) response.write(event);
  return event;
}

class Seen {
  readonly events: string[] = [];
  readonly states: string[] = [];
  readonly #stop = new AbortController();
  readonly #reading: Promise<void>;

  constructor(options: WatchOptions = {}) {
    const onConnection = (state: string) => this.states.push(state);
    this.#reading = this.#read({ ...options, signal: this.#stop.signal, onConnection });
  }

  async until(...events: string[]): Promise<void> {
    await eventually(async () => expect(this.events).toEqual(events));
  }

  async leave(): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }

  async #read(options: WatchOptions): Promise<void> {
    for await (const { type, object } of client.watch("v1", "Pod", options)) {
      this.events.push(object === undefined ? type : `${type} ${object.metadata.name}`);
    }
  }
}

const a = { name: "a", namespace: "n" };
const b = { name: "b", namespace: "m" };

describe("readers of the same", () => {
  it("share one watch, whose end is that of the last of them", async () => {
    happens("ADDED", a);
    const first = new Seen();
    await first.until("added a", "synced");
    await eventually(async () => expect(first.states.at(-1)).toBe("live"));
    const second = new Seen();
    await second.until("added a", "synced");
    happens("ADDED", b);
    await first.until("added a", "synced", "added b");
    await second.until("added a", "synced", "added b");
    expect(watches).toHaveLength(1);
    await first.leave();
    happens("DELETED", a);
    await second.until("added a", "synced", "added b", "deleted a");
    expect(watches).toHaveLength(1);
    await second.leave();
    await eventually(async () => expect(watches).toHaveLength(0));
  });

  it("share one also when they begin together", async () => {
    const both = [new Seen(), new Seen()];
    for (const one of both) await eventually(async () => expect(one.states.at(-1)).toBe("live"));
    expect(watches).toHaveLength(1);
    happens("ADDED", a);
    for (const one of both) await one.until("synced", "added a");
    await Promise.all(both.map((one) => one.leave()));
  });

  it("are told alike that the watch is broken, and that it goes on", async () => {
    const both = [new Seen(), new Seen()];
    for (const one of both) await eventually(async () => expect(one.states.at(-1)).toBe("live"));
    watches[0]?.response.destroy();
    for (const one of both) await eventually(async () => expect(one.states).toContain("reconnecting"));
    for (const one of both) await eventually(async () => expect(one.states.at(-1)).toBe("live"));
    expect(watches).toHaveLength(1);
    expect(lists).toBe(2);
    await Promise.all(both.map((one) => one.leave()));
  });

  it("list anew when their watch is outdated", async () => {
    const both = [new Seen(), new Seen()];
    for (const one of both) await eventually(async () => expect(one.states.at(-1)).toBe("live"));
    stored = [{ ...a, resourceVersion: String(++newest) }];
    watches[0]?.response.end(line("ERROR", { kind: "Status", code: 410, reason: "Expired" }));
    for (const one of both) await one.until("synced", "added a", "synced");
    await eventually(async () => expect(watches).toHaveLength(1));
    await Promise.all(both.map((one) => one.leave()));
  });
});

describe("a reader of less", () => {
  it("reads the watch of more that runs, and hears of what leaves its selection", async () => {
    const all = new Seen();
    await eventually(async () => expect(all.states.at(-1)).toBe("live"));
    const web = new Seen({ namespace: "n", labelSelector: "app=web" });
    await eventually(async () => expect(web.states.at(-1)).toBe("live"));
    happens("ADDED", { ...a, labels: { app: "web" } });
    happens("ADDED", b);
    await web.until("synced", "added a");
    happens("MODIFIED", { ...a, labels: { app: "db" } });
    await web.until("synced", "added a", "deleted a");
    happens("MODIFIED", { ...a, labels: { app: "web" } });
    await web.until("synced", "added a", "deleted a", "added a");
    expect(watches).toHaveLength(1);
    // When the other one leaves, it goes on over a watch of only that.
    await all.leave();
    await eventually(async () => expect(watches[0]?.query.get("labelSelector")).toBe("app=web"));
    expect(watches).toHaveLength(1);
    happens("DELETED", a);
    await web.until("synced", "added a", "deleted a", "added a", "synced", "deleted a");
    await web.leave();
  });

  it("has one of its own where only the server knows what belongs to it", async () => {
    const all = new Seen();
    await eventually(async () => expect(all.states.at(-1)).toBe("live"));
    const byAddress = new Seen({ fieldSelector: "status.podIP=10.0.0.1" });
    await eventually(async () => expect(byAddress.states.at(-1)).toBe("live"));
    expect(watches).toHaveLength(2);
    await Promise.all([all.leave(), byAddress.leave()]);
  });

  it("does not take for news what its list knows already", async () => {
    const all = new Seen();
    await eventually(async () => expect(all.states.at(-1)).toBe("live"));
    stored = [{ ...a, resourceVersion: "20" }];
    newest = 20;
    const one = new Seen({ namespace: "n", fieldSelector: "metadata.name=a" });
    await one.until("added a", "synced");
    await eventually(async () => expect(one.states.at(-1)).toBe("live"));
    // The watch is behind.
    watches[0]?.response.write(line("MODIFIED", item({ ...a, resourceVersion: "19" })));
    watches[0]?.response.write(line("DELETED", item({ ...b, resourceVersion: "20" })));
    watches[0]?.response.write(line("MODIFIED", item({ ...a, resourceVersion: "21" })));
    await one.until("added a", "synced", "modified a");
    await Promise.all([all.leave(), one.leave()]);
  });
});

describe("the watch of a table", () => {
  const scope = async () => ({ resource: await client.resourceFor("v1", "Pod"), as: "objects" as const });
  const row = (type: string, one: Stored) =>
    line(type, { kind: "Table", rows: [{ cells: [one.name], object: item(one) }] });

  it("takes over the readers of objects, who list once more and hear nothing of it", async () => {
    happens("ADDED", a);
    const reader = new Seen({ namespace: "n", fieldSelector: "metadata.name=a" });
    await eventually(async () => expect(reader.states.at(-1)).toBe("live"));
    let asked = 0;
    const carried = client.watches.carry(await scope(), () => asked++);
    await eventually(async () => expect(watches).toHaveLength(0));
    await reader.until("added a", "synced", "synced");
    expect(asked).toBe(1);
    const bytes = Buffer.from(
      row("MODIFIED", { ...b, resourceVersion: "31" }) + row("MODIFIED", { ...a, resourceVersion: "32" }),
    );
    await eventually(async () => expect(reader.states).toEqual(["listing", "live", "live"]));
    carried.take(bytes.subarray(0, 70));
    carried.take(bytes.subarray(70));
    await reader.until("added a", "synced", "synced", "modified a");
    carried.tell({ state: "reconnecting", waiting: false });
    await eventually(async () => expect(reader.states.at(-1)).toBe("reconnecting"));
    // After the break it begins somewhat earlier.
    carried.connected();
    carried.tell({ state: "live", waiting: false });
    carried.take(Buffer.from(row("MODIFIED", { ...a, resourceVersion: "32" })));
    carried.take(Buffer.from(row("DELETED", { ...a, resourceVersion: "33" })));
    await reader.until("added a", "synced", "synced", "modified a", "deleted a");
    // The table is closed: it needs a watch of its own again.
    stored = [];
    newest = 33;
    carried.close();
    await eventually(async () => expect(watches).toHaveLength(1));
    happens("ADDED", a);
    await reader.until("added a", "synced", "synced", "modified a", "deleted a", "synced", "added a");
    await reader.leave();
  });

  it("is joined in the middle of a line", async () => {
    const carried = client.watches.carry(await scope(), () => undefined);
    const bytes = Buffer.from(row("ADDED", { ...a, resourceVersion: "10" }));
    carried.take(bytes.subarray(0, 40));
    stored = [{ ...a, resourceVersion: "10" }];
    const reader = new Seen();
    await reader.until("added a", "synced");
    await eventually(async () => expect(reader.states.at(-1)).toBe("live"));
    carried.take(bytes.subarray(40));
    carried.take(Buffer.from(row("ADDED", { ...b, resourceVersion: "11" })));
    await reader.until("added a", "synced", "added b");
    expect(watches).toHaveLength(0);
    await reader.leave();
    carried.close();
  });
});

it("metadata alone are asked for as such", async () => {
  const reader = new Seen({ as: "metadata" });
  await eventually(async () => expect(reader.states.at(-1)).toBe("live"));
  expect(watches[0]?.accept).toContain("as=PartialObjectMetadata;");
  await reader.leave();
});
