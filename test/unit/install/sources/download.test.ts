import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { cacheName, type DownloadOptions, download } from "../../../../electron/install/sources/download.ts";
import { below, failure, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    }),
  );
});

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

async function serve(handler: Handler): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handler(request, response, requests.length);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.bin`, requests };
}

/** Tests speak plain http, to this machine only. */
const here: DownloadOptions = { permits: (url) => url.hostname === "127.0.0.1", backoffMs: 1 };
const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));

/** Answers ranges; ends the connection after `cut` bytes of its first answer. */
function ranged(cut: number, etag = '"v1"'): Handler {
  return (request, response, count) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const same = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
    const start = from > 0 && same ? from : 0;
    response.writeHead(start > 0 ? 206 : 200, {
      etag,
      "content-length": content.length - start,
      ...(start > 0 ? { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    });
    if (count > 1) response.end(content.subarray(start));
    else response.write(content.subarray(start, start + cut), () => setTimeout(() => response.destroy(), 30));
  };
}

describe("a download", () => {
  it("appears whole, with its progress in bytes", async () => {
    const { url } = await serve((_request, response) => response.end(content));
    const file = join(await folder(), "sub/file.bin");
    const seen: number[] = [];
    await download(url, file, { ...here, onProgress: ({ received }) => seen.push(received) });
    expect((await readFile(file)).equals(content)).toBe(true);
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(content.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it("that is cut goes on where it stopped", async () => {
    const { url, requests } = await serve(ranged(80_000));
    const place = await folder();
    await download(url, join(place, "file.bin"), here);
    expect((await readFile(join(place, "file.bin"))).equals(content)).toBe(true);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(requests[1]?.headers["if-range"]).toBe('"v1"');
    expect(await readdir(place)).toEqual(["file.bin"]);
  });

  it("begins anew when the file has changed meanwhile", async () => {
    let tag = 0;
    const { url } = await serve((request, response, count) => {
      tag += 1;
      ranged(80_000, `"v${tag}"`)(request, response, count);
    });
    const file = join(await folder(), "file.bin");
    await download(url, file, here);
    expect((await readFile(file)).equals(content)).toBe(true);
  });

  it("follows redirects, and only to where it may", async () => {
    const target = await serve((_request, response) => response.end(content));
    const { url } = await serve((_request, response) => response.writeHead(302, { location: target.url }).end());
    const file = join(await folder(), "file.bin");
    await download(url, file, here);
    expect((await readFile(file)).length).toBe(content.length);
    const port = new URL(target.url).port;
    const other = join(await folder(), "file.bin");
    const error = await failure(
      "download-failed",
      download(url, other, { ...here, permits: (to) => to.port !== port }),
    );
    expect(error.message).toContain("https");
  });

  it("takes nothing but https by default, loopback included", async () => {
    const { url, requests } = await serve((_request, response) => response.end(content));
    await failure("download-failed", download(url, join(await folder(), "file.bin")));
    expect(requests).toHaveLength(0);
  });

  it("does not redirect for ever", async () => {
    const { url } = await serve((_request, response) => response.writeHead(301, { location: "/again" }).end());
    const error = await failure("download-failed", download(url, join(await folder(), "x"), here));
    expect(error.message).toContain("redirects");
  });

  it("tells at once when the file is not there, with the host and what to do", async () => {
    const { url, requests } = await serve((_request, response) => response.writeHead(404).end("no"));
    const place = await folder();
    const error = await failure("download-failed", download(url, join(place, "file.bin"), here));
    expect(error.message).toContain("404");
    expect(below(error)).toContain("--mirror");
    expect(requests).toHaveLength(1);
    expect(await readdir(place)).toEqual([]);
  });

  it("tries again when the server is busy, and gives up after four times", async () => {
    const sometimes = await serve((_request, response, count) =>
      count < 3 ? response.writeHead(503).end() : response.end("ok"),
    );
    const file = join(await folder(), "file.bin");
    await download(sometimes.url, file, here);
    expect(await readFile(file, "utf8")).toBe("ok");
    const never = await serve((_request, response) => response.writeHead(503).end());
    const error = await failure("download-failed", download(never.url, join(await folder(), "x"), here));
    expect(error.message).toContain("503");
    expect(never.requests).toHaveLength(4);
  });

  it("says when nobody answers", async () => {
    const { url } = await serve((_request, response) => response.end());
    const server = servers.pop();
    await new Promise((done) => server?.close(done));
    const error = await failure("download-failed", download(url, join(await folder(), "x"), { ...here, attempts: 2 }));
    expect(error.message).toContain("refuses connections");
    expect(below(error)).toContain("127.0.0.1");
  });

  it.each([true, false])("stops at the limit (size told beforehand: %s)", async (told) => {
    const { url } = await serve((_request, response) => {
      if (told) response.setHeader("content-length", content.length);
      response.write(content);
      response.end();
    });
    const place = await folder();
    const error = await failure("download-failed", download(url, join(place, "x"), { ...here, maxBytes: 1000 }));
    expect(error.message).toContain("larger than 1000");
    expect(await readdir(place)).toEqual([]);
  });

  it("can be cancelled, and does not appear then", async () => {
    const stop = new AbortController();
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 1000), () => stop.abort());
    });
    const place = await folder();
    const task = download(url, join(place, "file.bin"), { ...here, signal: stop.signal });
    await expect(task).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(place)).not.toContain("file.bin");
  });

  it("is kept under a name of its own for each address", () => {
    const [a, b] = [cacheName("https://x.org/v1/manifests.yaml"), cacheName("https://x.org/v2/manifests.yaml")];
    expect(a).not.toBe(b);
    expect(a).toMatch(/^[0-9a-f]{16}-manifests\.yaml$/);
    expect(cacheName("https://x.org/..%2f..%2fevil?x=/../")).not.toContain("/");
  });
});
