import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { contextId } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { KubeClient } from "../../../electron/cluster/client.ts";
import { Credentials } from "../../../electron/cluster/credentials.ts";
import { Discovery } from "../../../electron/cluster/discovery.ts";
import { limits } from "../../../electron/cluster/limits.ts";
import { SharedWatches } from "../../../electron/cluster/reflector/shared-watches.ts";
import { Transport } from "../../../electron/cluster/transport.ts";
import type { ClusterClient } from "../../../electron/cluster/types.ts";
import { startInPod } from "../../../electron/exec/index.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server | undefined;
let client: ClusterClient | undefined;

afterEach(async () => {
  await client?.close();
  server?.closeAllConnections();
  server?.close();
});

/** A client of a server that answers as it likes. */
async function clientOf(answer: Answer): Promise<ClusterClient> {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cluster = { name: "c", server: address, insecure: false };
  const context = { id: contextId.parse("i"), name: "fake", file: "/f", practice: false, cluster, user: { name: "u" } };
  const credentials = new Credentials(context, { fetch: async () => ({ token: "none" }) });
  const transport = new Transport(context, credentials, {});
  client = new KubeClient(
    { transport, discovery: new Discovery(transport), watches: new SharedWatches(transport) },
    () => transport.close(),
  );
  return client;
}

const block = Buffer.alloc(1 << 20, "a");

/** Bytes without an end, and how many of them were taken. */
function endless(beginning = ""): { stream: Readable; taken: () => number } {
  let taken = 0;
  function* blocks(): Generator<Buffer, void, void> {
    if (beginning !== "") yield Buffer.from(beginning);
    for (;;) {
      taken += block.length;
      yield block;
    }
  }
  return { stream: Readable.from(blocks()), taken: () => taken };
}

const never = new AbortController().signal;
const html = "<!DOCTYPE html><html><body>Sign in to the network</body></html>";

const ask = {
  version: (kube: ClusterClient) => kube.version(),
  discovery: (kube: ClusterClient) => kube.resources(),
  document: (kube: ClusterClient) => kube.raw("/openapi/v2"),
  table: (kube: ClusterClient) =>
    kube.bytes(
      { path: "/api/v1/pods", what: message("request.list", { kind: "pods" }), signal: never },
      async (bytes) => bytes,
    ),
  watch: async (kube: ClusterClient) => {
    const request = {
      path: "/api/v1/pods",
      query: { watch: true },
      what: message("request.watch", { kind: "pods" }),
      signal: never,
    };
    for await (const _ of await kube.stream(request)) {
      // Until it fails.
    }
  },
};

describe("a server that does not stop", () => {
  it.each(Object.entries(ask))("is left, with words: %s", async (_name, call) => {
    const sources: ReturnType<typeof endless>[] = [];
    const kube = await clientOf((_request, response) => {
      const source = endless('{"kind":"');
      sources.push(source);
      pipeline(source.stream, response.writeHead(200)).catch(() => undefined);
    });
    await expect(call(kube)).rejects.toMatchObject({
      code: "answer-too-large",
      message: expect.stringMatching(
        /^Cannot .*: (the response|a line in the response) of the API server 127\.0\.0\.1:\d+ is larger than (64|16) MiB and was not read to the end\.$/,
      ),
      advice: [message("server.askForLess")],
    });
    for (const source of sources) expect(source.taken()).toBeLessThan(limits.answer + 16 * block.length);
  });

  it("is left before anything is read, where it says how much will come", async () => {
    const kube = await clientOf((_request, response) => {
      response.writeHead(200, { "content-length": String(limits.answer + 1) });
      response.write("{");
    });
    await expect(kube.version()).rejects.toMatchObject({ code: "answer-too-large" });
  });

  it("cannot unpack more than it may send", async () => {
    const zip = createGzip({ level: 9 });
    const chunks: Buffer[] = [];
    zip.on("data", (chunk: Buffer) => chunks.push(chunk));
    const zeros = Buffer.alloc(8 << 20, "0");
    for (let size = 0; size <= limits.answer; size += zeros.length) zip.write(zeros);
    zip.end();
    await once(zip, "end");
    const bomb = Buffer.concat(chunks);
    expect(bomb.length).toBeLessThan(1 << 20);
    const kube = await clientOf((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    await expect(kube.version()).rejects.toMatchObject({ code: "answer-too-large" });
    await expect(ask.table(kube)).rejects.toMatchObject({ code: "answer-too-large" });
  });

  it("is not heard out when it refuses", async () => {
    const source = endless("no");
    const kube = await clientOf((_request, response) => {
      pipeline(source.stream, response.writeHead(403)).catch(() => undefined);
    });
    await expect(kube.version()).rejects.toMatchObject({ code: "forbidden" });
    expect(source.taken()).toBeLessThan(16 * block.length);
  });

  it("may write log lines of any length", async () => {
    const kube = await clientOf((_request, response) => {
      response.end(Buffer.alloc(limits.line + 1, "a"));
    });
    const request = { path: "/log", what: message("request.log", { container: "c", pod: "a/b" }), signal: never };
    let size = 0;
    for await (const chunk of await kube.stream(request, { anyLength: true })) size += chunk.length;
    expect(size).toBe(limits.line + 1);
  });

  it("ends a command with one enormous message, with words", async () => {
    const kube = await clientOf((_request, response) => void response.writeHead(404).end());
    const sockets = new WebSocketServer({ noServer: true });
    server?.on("upgrade", (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, (opened) => opened.send(Buffer.alloc(limits.message + 1, 1)));
    });
    const place = { namespace: "n", pod: "p", container: "c", signal: never };
    const process = await startInPod(kube, { ...place, command: ["cat"], stdin: false });
    await expect(process.ended).rejects.toMatchObject({
      code: "tool-failed",
      advice: [message("server.messageTooLarge", { limit: 16 })],
    });
  });
});

describe("a list of large objects", () => {
  it("is read in smaller pages", async () => {
    const asked: string[] = [];
    const kube = await clientOf((request, response) => {
      const url = new URL(request.url ?? "", "http://x");
      response.setHeader("content-type", "application/json");
      if (url.pathname === "/api") return void response.end('{"kind":"APIVersions","versions":["v1"]}');
      if (url.pathname === "/apis") return void response.end('{"kind":"APIGroupList","groups":[]}');
      const kinds = [{ name: "secrets", kind: "Secret", namespaced: true, verbs: ["list"] }];
      if (url.pathname === "/api/v1") return void response.end(JSON.stringify({ resources: kinds }));
      const limit = Number(url.searchParams.get("limit"));
      const from = Number(url.searchParams.get("continue") ?? 0);
      asked.push(`${from}+${limit}`);
      if (limit > 50) response.setHeader("content-length", String(limits.answer + 1));
      const items = Array.from({ length: Math.min(limit, 120 - from) }, (_, at) => ({
        metadata: { name: `s${from + at}` },
      }));
      const next = from + limit < 120 ? String(from + limit) : "";
      response.end(JSON.stringify({ metadata: { continue: next }, items }).padEnd(limit > 50 ? 10_000 : 0));
    });
    expect(await kube.list("v1", "Secret")).toHaveLength(120);
    expect(asked).toEqual(["0+500", "0+50", "50+50", "100+50"]);
  });
});

describe("what is no answer of an API server", () => {
  const bad: [name: string, body: string | Buffer, headers?: Record<string, string>][] = [
    ["a page", html],
    ["nothing", ""],
    ["a number", "7"],
    ["null", "null"],
    ["an array", "[]"],
    ["half of an answer", '{"gitVersion":'],
    ["bytes that cannot be unpacked", Buffer.from([0x1f, 0x8b, 1, 2, 3])],
    ["half of what was packed", gzipSync(html.repeat(50)).subarray(0, 40)],
  ];
  it.each(bad)("has a code and words: %s", async (_name, body) => {
    const kube = await clientOf((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end(body);
    });
    const expected = {
      code: "answer-unreadable",
      message: expect.stringMatching(
        /^Cannot read .*: 127\.0\.0\.1:\d+ did not respond like a Kubernetes API server\.$/,
      ),
    };
    await expect(kube.version()).rejects.toMatchObject(expected);
    await expect(kube.resources()).rejects.toMatchObject(expected);
  });

  it("is quoted", async () => {
    const kube = await clientOf((_request, response) => void response.end(html));
    await expect(kube.version()).rejects.toMatchObject({ detail: expect.stringContaining("Sign in to the network") });
  });

  it("is a name with half a character, too", async () => {
    const kube = await clientOf((_request, response) => void response.end(html));
    const pods = { group: "", version: "v1", plural: "pods", namespaced: true };
    const path = () => kube.pathOf(pods, { namespace: "n", name: "a\ud800" });
    expect(path).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });
});

describe("an id-token that cannot be read", () => {
  it("is told with the context", async () => {
    const cluster = { name: "c", server: "https://api.example", insecure: false };
    const authProvider = {
      name: "oidc",
      config: { "idp-issuer-url": "https://idp.example", "id-token": "not.a.token" },
    };
    const context = {
      id: contextId.parse("i"),
      name: "fake",
      file: "/f",
      practice: false,
      cluster,
      user: { name: "u", authProvider },
    };
    const transport = new Transport(context, new Credentials(context, { fetch: async () => ({ token: "none" }) }), {});
    await expect(
      transport.request({ method: "GET", path: "/version", what: message("request.version") }),
    ).rejects.toMatchObject({
      code: "credentials-rejected",
      message: "Context fake could not sign in with OpenID Connect.",
    });
    await transport.close();
  });
});
