import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { contextId } from "../../../common/contract/index.ts";
import { KubeClient } from "../../../electron/cluster/client.ts";
import type { UserEntry } from "../../../electron/cluster/context.ts";
import { Credentials } from "../../../electron/cluster/credentials.ts";
import { Discovery } from "../../../electron/cluster/discovery.ts";
import { SharedWatches } from "../../../electron/cluster/reflector/shared-watches.ts";
import { Transport } from "../../../electron/cluster/transport.ts";
import type { ClusterClient, WatchEvent } from "../../../electron/cluster/types.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server | undefined;
let client: ClusterClient | undefined;

afterEach(async () => {
  await client?.close();
  server?.closeAllConnections();
  server?.close();
});

/** A client of an API server that says what `answer` says, and that asks for its tokens here. */
async function clientOf(answer: Answer, tokens: string[] = []): Promise<ClusterClient> {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "x",
    args: [],
    env: [],
    provideClusterInfo: false,
  };
  const user: UserEntry = { name: "u", ...(tokens.length > 0 ? { exec } : {}) };
  const context = {
    id: contextId.parse("i"),
    name: "fake",
    file: "/f",
    practice: false,
    cluster: { name: "c", server: address, insecure: false },
    user,
  };
  // Credentials are shown over TLS only; whether this is TLS does not matter here.
  const secure = { ...context, cluster: { ...context.cluster, server: address.replace("http:", "https:") } };
  const credentials = new Credentials(secure, { fetch: async () => ({ token: tokens.shift() ?? "none" }) });
  const transport = new Transport(context, credentials, {});
  client = new KubeClient(
    { transport, discovery: new Discovery(transport), watches: new SharedWatches(transport) },
    () => transport.close(),
  );
  return client;
}

function json(response: ServerResponse, body: object, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

const configMaps = { name: "configmaps", kind: "ConfigMap", namespaced: true, verbs: ["get", "list", "watch"] };
const widgets = { name: "widgets", kind: "Widget", namespaced: false, verbs: ["get"] };

/** Discovery as servers before 1.27 have it. */
function classicDiscovery(url: string): object | undefined {
  switch (url) {
    case "/api":
      return { kind: "APIVersions", versions: ["v1"] };
    case "/api/v1":
      return { kind: "APIResourceList", resources: [configMaps, { ...configMaps, name: "configmaps/x" }] };
    case "/apis": {
      const versions = [{ version: "v1alpha1" }, { version: "v1" }];
      return { kind: "APIGroupList", groups: [{ name: "shop", versions, preferredVersion: { version: "v1" } }] };
    }
    case "/apis/shop/v1":
    case "/apis/shop/v1alpha1":
      return { kind: "APIResourceList", resources: [widgets] };
    default:
      return undefined;
  }
}

describe("requests", () => {
  it("wait as a 429 asks, and are sent again", async () => {
    let asked = 0;
    const kube = await clientOf((_, response) => {
      if (++asked < 4) json(response, {}, 429, { "retry-after": "0" });
      else json(response, { gitVersion: "v1.30.0" });
    });
    expect(await kube.version()).toBe("v1.30.0");
    expect(asked).toBe(4);
  });

  it("read compressed answers", async () => {
    const kube = await clientOf((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"gitVersion":"v1.30.0"}'));
    });
    expect(await kube.version()).toBe("v1.30.0");
  });

  it("give up on a server that keeps answering 429", async () => {
    let asked = 0;
    const kube = await clientOf((_, response) => {
      asked++;
      json(response, {}, 429, { "retry-after": "0" });
    });
    await expect(kube.version()).rejects.toMatchObject({ code: "rate-limited" });
    expect(asked).toBe(6);
  });

  it("that only read are sent again after a reset; one that creates is not", async () => {
    const asked: string[] = [];
    const kube = await clientOf((request, response) => {
      const discovered = classicDiscovery(request.url ?? "");
      if (discovered !== undefined) return json(response, discovered);
      asked.push(request.method ?? "");
      if (asked.length % 2 === 1) request.socket.destroy();
      else json(response, { gitVersion: "v1.30.0" });
    });
    expect(await kube.version()).toBe("v1.30.0");
    expect(asked).toEqual(["GET", "GET"]);
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
    await expect(kube.create(object)).rejects.toMatchObject({ code: "cluster-unreachable" });
    expect(asked).toEqual(["GET", "GET", "POST"]);
  });

  it("tell a deletion that was carried out under a broken connection from one of nothing", async () => {
    let deletions = 0;
    const kube = await clientOf((request, response) => {
      const discovered = classicDiscovery(request.url ?? "");
      if (discovered !== undefined) return json(response, discovered);
      if (++deletions === 1) request.socket.destroy();
      else json(response, { kind: "Status", details: { name: "a" } }, 404);
    });
    const ref = { apiVersion: "v1", kind: "ConfigMap", name: "a" };
    expect(await kube.delete(ref)).toBe(true);
    expect(await kube.delete(ref)).toBe(false);
  });

  it("fetch a new token once when one is rejected", async () => {
    const seen: (string | undefined)[] = [];
    const answer: Answer = (request, response) => {
      seen.push(request.headers.authorization);
      json(response, { gitVersion: "v1.30.0" }, request.headers.authorization === "Bearer good" ? 200 : 401);
    };
    expect(await (await clientOf(answer, ["old", "good"])).version()).toBe("v1.30.0");
    expect(seen).toEqual(["Bearer old", "Bearer good"]);
    await client?.close();
    await expect((await clientOf(answer, ["old", "older", "good"])).version()).rejects.toMatchObject({
      code: "credentials-rejected",
    });
  });

  it("end with the signal's reason", async () => {
    const kube = await clientOf(() => undefined);
    const abort = new AbortController();
    const asking = kube.version(abort.signal);
    abort.abort();
    await expect(asking).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("discovery", () => {
  it("works with servers that know only the classic way, preferred versions first", async () => {
    const kube = await clientOf((request, response) => {
      const discovered = classicDiscovery(request.url ?? "");
      if (discovered === undefined) json(response, {}, 404);
      else json(response, discovered);
    });
    const found = await kube.resources();
    expect(found.map(({ group, version, plural }) => `${group}/${version}/${plural}`)).toEqual([
      "/v1/configmaps",
      "shop/v1/widgets",
    ]);
    expect(await kube.resourceFor("shop/v1alpha1", "Widget")).toMatchObject({ plural: "widgets", namespaced: false });
  });

  it("is read once for many who ask together", async () => {
    const asked: string[] = [];
    const kube = await clientOf((request, response) => {
      asked.push(request.url ?? "");
      json(response, classicDiscovery(request.url ?? "") ?? {});
    });
    await Promise.all(Array.from({ length: 10 }, () => kube.resourceFor("v1", "ConfigMap")));
    expect(asked.filter((url) => url === "/apis")).toHaveLength(1);
  });
});

describe("lists", () => {
  it("start over as a whole when the token of a page has expired", async () => {
    const tokens: (string | null)[] = [];
    const item = (name: string) => ({ metadata: { name } });
    const kube = await clientOf((request, response) => {
      const discovered = classicDiscovery(request.url ?? "");
      if (discovered !== undefined) return json(response, discovered);
      const token = new URL(request.url ?? "", "http://x").searchParams.get("continue");
      tokens.push(token);
      if (token === "old") json(response, { kind: "Status", reason: "Expired", message: "too old" }, 410);
      else if (token === "new") json(response, { items: [item("b")], metadata: {} });
      else json(response, { items: [item("a")], metadata: { continue: tokens.length === 1 ? "old" : "new" } });
    });
    const found = await kube.list("v1", "ConfigMap");
    expect(found.map(({ metadata }) => metadata.name)).toEqual(["a", "b"]);
    expect(found[0]).toMatchObject({ apiVersion: "v1", kind: "ConfigMap" });
    expect(tokens).toEqual([null, "old", null, "new"]);
  });
});

describe("a watch", () => {
  interface Script {
    lists: object[];
    streams: ((response: ServerResponse) => void)[];
  }

  function object(name: string, resourceVersion: string, uid = name): object {
    return { metadata: { name, namespace: "n", resourceVersion, uid } };
  }

  function list(resourceVersion: string, ...items: object[]): object {
    return { items, metadata: { resourceVersion } };
  }

  function frame(type: string, of: object): string {
    return `${JSON.stringify({ type, object: of })}\n`;
  }

  /** Plays the script and gives the first `count` events, and what each watch began from. */
  async function play(script: Script, count: number): Promise<{ events: string[]; from: (string | null)[] }> {
    const from: (string | null)[] = [];
    const kube = await clientOf((request, response) => {
      const discovered = classicDiscovery(request.url ?? "");
      if (discovered !== undefined) return json(response, discovered);
      const { searchParams } = new URL(request.url ?? "", "http://x");
      if (searchParams.get("watch") !== "true") return json(response, script.lists.shift() ?? { items: [] });
      from.push(searchParams.get("resourceVersion"));
      const stream = script.streams.shift();
      response.writeHead(200);
      response.flushHeaders();
      stream?.(response);
    });
    const events: string[] = [];
    for await (const event of kube.watch("v1", "ConfigMap")) {
      events.push(words(event));
      if (events.length === count) break;
    }
    return { events, from };
  }

  function words({ type, object: of }: WatchEvent): string {
    return of === undefined ? type : `${type} ${of.metadata.name}@${of.metadata.resourceVersion}`;
  }

  it("goes on from the last bookmark after its connection was cut in the middle of an event", async () => {
    const played = await play(
      {
        lists: [list("10", object("a", "5"))],
        streams: [
          (response) => {
            response.write(frame("MODIFIED", object("a", "11")) + frame("BOOKMARK", object("", "20")));
            response.write('{"type":"ADDED","obj', () => response.destroy());
          },
          (response) => response.write(frame("ADDED", object("b", "21"))),
        ],
      },
      4,
    );
    expect(played).toEqual({ events: ["added a@5", "synced", "modified a@11", "added b@21"], from: ["10", "20"] });
  });

  it("lists again after 410, tells what vanished, changed and was made anew, and repeats nothing else", async () => {
    const gone = { kind: "Status", code: 410, reason: "Expired", message: "too old resource version" };
    const first = [object("same", "1"), object("changed", "2"), object("gone", "3"), object("again", "4", "old")];
    const second = [object("same", "1"), object("changed", "12"), object("again", "14", "new")];
    const played = await play(
      {
        lists: [list("10", ...first), list("20", ...second)],
        streams: [
          (response) => response.end(frame("ERROR", gone)),
          (response) => response.write(frame("DELETED", object("same", "21"))),
        ],
      },
      11,
    );
    expect(played.events.slice(5)).toEqual([
      "modified changed@12",
      "deleted again@4",
      "added again@14",
      "deleted gone@3",
      "synced",
      "deleted same@21",
    ]);
    expect(played.from).toEqual(["10", "20"]);
  });

  it("ends with kind-unknown, and everything deleted, when its kind is no longer served", async () => {
    let removed = false;
    const kube = await clientOf((request, response) => {
      const discovered = classicDiscovery(request.url ?? "");
      if (discovered !== undefined) return json(response, discovered);
      if (removed) return void response.writeHead(404).end("404 page not found\n");
      if (!request.url?.includes("watch=true")) return json(response, list("10", object("a", "5")));
      removed = true;
      response.writeHead(200).end();
    });
    const events: string[] = [];
    const watching = (async () => {
      for await (const event of kube.watch("v1", "ConfigMap")) events.push(words(event));
    })();
    await expect(watching).rejects.toMatchObject({ code: "kind-unknown" });
    expect(events).toEqual(["added a@5", "synced", "deleted a@5"]);
  });
});
