import { writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { mostInputBytes } from "../../../common/contract/index.ts";
import { startLinkMs } from "../../../electron/host/session.ts";
import { startLinkPath, type WebHost } from "../../../electron/host/web.ts";
import { backendOf, enter, pageFolder, secretIn, serveWeb, streamProtocols, webClient } from "./support.ts";

const backend = backendOf({ "preferences.get": async () => ({ theme: "dark" }) });

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request with every header in the test's hand, Host too, and its path sent as it is written. */
function ask(
  host: WebHost,
  path: string,
  more: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const request = httpRequest(
      { port: host.port, host: "127.0.0.1", path, method: more.method ?? "GET", headers: more.headers ?? {} },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    request.on("error", reject);
    request.end(more.body);
  });
}

/** Tries to open the stream socket; gives "open" or the status it was refused with. */
function upgrade(
  host: WebHost,
  protocols: string[],
  headers: Record<string, string>,
  path = "/api/stream",
): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, protocols, { headers });
    socket.on("open", () => {
      socket.terminate();
      resolve(`open, ${socket.protocol}`);
    });
    socket.on("unexpected-response", (_request, response) => {
      socket.terminate();
      resolve(String(response.statusCode));
    });
    socket.on("error", () => undefined);
  });
}

describe("the loopback host", () => {
  let host: WebHost;
  let secret: string;
  let log: string[];
  const call = "/api/call/preferences.get";
  const json = { "content-type": "application/json" };

  beforeEach(async () => {
    log = [];
    host = await serveWeb(backend, { log: (line) => log.push(line), instanceKey: "the key" });
    secret = await enter(host);
  });
  afterEach(() => host.close());

  describe("the start link", () => {
    afterEach(() => vi.restoreAllMocks());

    it("is exchanged once for a secret in the page, and for no cookie, which every port would get", async () => {
      const link = new URL(host.startUrl());
      const first = await ask(host, link.pathname + link.search);
      expect(first.status).toBe(200);
      expect(secretIn(first.body)).toMatch(/^[\w-]{43}$/);
      expect(first.headers["set-cookie"]).toBeUndefined();
      expect(first.headers["cache-control"]).toBe("no-store");
      const second = await ask(host, link.pathname + link.search);
      expect(second.status).toBe(401);
      expect(secretIn(second.body)).toBe("");
      expect(log.join()).toContain("used, expired or wrong");
      for (const unsaid of [link.searchParams.get("token"), secret]) expect(log.join()).not.toContain(unsaid);
    });

    it("with a wrong or no token lets nobody in", async () => {
      for (const path of ["/start", "/start?token=", "/start?token=AAAA", "/start?token=%00", "/start?x"]) {
        const answer = await ask(host, path);
        expect(answer.status).toBe(401);
        expect(secretIn(answer.body)).toBe("");
      }
    });

    it("is not used up by a program that only looks whether it is there", async () => {
      const link = new URL(host.startUrl());
      expect((await ask(host, link.pathname + link.search, { method: "HEAD" })).status).toBe(401);
      expect((await ask(host, link.pathname + link.search)).status).toBe(200);
    });

    it("expires", async () => {
      const now = vi.spyOn(performance, "now").mockReturnValue(1_000);
      const [early, late] = [new URL(host.startUrl()), new URL(host.startUrl())];
      now.mockReturnValue(1_000 + startLinkMs - 1);
      expect((await ask(host, early.pathname + early.search)).status).toBe(200);
      now.mockReturnValue(1_000 + startLinkMs);
      const answer = await ask(host, late.pathname + late.search);
      expect(answer.status).toBe(401);
      expect(secretIn(answer.body)).toBe("");
    });

    it("can be asked for by the user's own program with the key, never by a page", async () => {
      const authorization = "Bearer the key";
      const given = await ask(host, startLinkPath, { method: "POST", headers: { authorization } });
      expect(given.status).toBe(200);
      const link = new URL(given.body);
      expect((await ask(host, link.pathname + link.search)).status).toBe(200);
      for (const headers of [
        {},
        { authorization: "Bearer other" },
        { authorization, origin: host.origin },
        { authorization, host: "evil" },
      ]) {
        expect(
          (await ask(host, startLinkPath, { method: "POST", headers: headers as Record<string, string> })).status,
        ).toBe(403);
      }
      expect((await ask(host, startLinkPath, { headers: { authorization } })).status).toBe(403);
    });
  });

  describe("a page", () => {
    it("holds no secret, and comes under the policy with a nonce of its own", async () => {
      const one = await ask(host, "/");
      const two = await ask(host, "/wizard/plan");
      expect([one.status, two.status]).toEqual([200, 200]);
      expect([secretIn(one.body), secretIn(two.body)]).toEqual(["", ""]);
      const nonce = (answer: Answer) => /nonce="([\w-]{24})"/.exec(answer.body)?.[1] ?? "none";
      expect(nonce(one)).not.toBe(nonce(two));
      const policy = one.headers["content-security-policy"];
      expect(policy).toBe(
        [
          "default-src 'none'",
          "script-src 'self'",
          `style-src 'self' 'nonce-${nonce(one)}'`,
          "img-src 'self' data:",
          "font-src 'self'",
          `connect-src 'self' ws://127.0.0.1:${host.port} ws://localhost:${host.port}`,
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
        ].join("; "),
      );
      expect(one.headers).toMatchObject({
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
    });

    it("is refused under another Host, as after DNS rebinding", async () => {
      for (const name of ["evil.example", `evil.example:${host.port}`, "127.0.0.1", `127.0.0.1:${host.port + 1}`]) {
        expect((await ask(host, "/", { headers: { host: name } })).status, name).toBe(403);
      }
      expect((await ask(host, "/", { headers: { host: `localhost:${host.port}` } })).status).toBe(200);
    });

    it("cannot be another file of the machine", async () => {
      const folder = await pageFolder();
      await writeFile(join(folder, "..", "flowdeck-outside.js"), "secret");
      await host.close();
      host = await serveWeb(backend, { pageFolder: folder });
      for (const path of [
        "/../flowdeck-outside.js",
        "/%2e%2e/flowdeck-outside.js",
        "/..%2fflowdeck-outside.js",
        "/..%5cflowdeck-outside.js",
        "/app.js%00.html",
        "/%zz.js",
        "/missing.js",
        "/app.ts",
        `/${"x".repeat(5_000)}.js`,
        "/app.js/x.js",
      ]) {
        const answer = await ask(host, path);
        expect(answer.status, path).toBe(404);
        expect(answer.body).not.toContain("secret");
      }
    });
  });

  it("says so in the browser's language", async () => {
    const bodyFor = async (language: string) =>
      (await ask(host, "/missing.js", { headers: { "accept-language": language } })).body;
    expect(await bodyFor("en-US,en;q=0.9")).toBe("There is no such page.");
    expect(await bodyFor("ko-KR,ko;q=0.9,en;q=0.8")).toBe("이 페이지가 없습니다.");
  });

  it("answers with its headers whatever is asked for", async () => {
    for (const path of ["//", "//evil.example/", `/${"y".repeat(8_000)}`, "http://evil.example/", "*", "/%", "/api/"]) {
      const answer = await ask(host, path, { headers: { origin: host.origin } });
      expect([200, 400, 401, 404], path.slice(0, 30)).toContain(answer.status);
      expect(answer.headers, path.slice(0, 30)).toMatchObject({
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      });
    }
    expect(log.join()).not.toContain("an answer failed");
  });

  describe("a call", () => {
    const own = () => ({ ...json, authorization: `Bearer ${secret}`, origin: host.origin });

    it("is answered to its own page", async () => {
      const answer = await ask(host, call, { method: "POST", headers: own(), body: "{}" });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toEqual({ ok: true, output: { theme: "dark" } });
    });

    it.each([
      ["without the secret", () => ({ ...json, origin: host.origin }), 401],
      ["with a wrong secret", () => ({ ...own(), authorization: `Bearer ${secret.slice(0, -2)}xx` }), 401],
      ["with an empty secret", () => ({ ...own(), authorization: "Bearer " }), 401],
      ["with the secret as a cookie only", () => ({ ...json, origin: host.origin, cookie: `flowdeck=${secret}` }), 401],
      ["without an Origin", () => ({ ...json, authorization: `Bearer ${secret}` }), 403],
      ["from another site", () => ({ ...own(), origin: "https://evil.example" }), 403],
      ["from another port of this machine", () => ({ ...own(), origin: `http://127.0.0.1:${host.port + 1}` }), 403],
      ["from an opaque origin", () => ({ ...own(), origin: "null" }), 403],
      ["under another Host", () => ({ ...own(), host: "evil.example" }), 403],
      ["as a form would send it", () => ({ ...own(), "content-type": "text/plain" }), 415],
    ])("%s is refused", async (_, headers, status) => {
      const answer = await ask(host, call, {
        method: "POST",
        headers: headers() as Record<string, string>,
        body: "{}",
      });
      expect(answer.status).toBe(status);
      expect(answer.body).not.toContain("dark");
    });

    it("is answered whatever cookies another port has set", async () => {
      const cookie = Array.from({ length: 50 }, (_, index) => `flowdeck-${host.port}=${index}`).join("; ");
      const answer = await ask(host, call, { method: "POST", headers: { ...own(), cookie }, body: "{}" });
      expect(answer.status).toBe(200);
      const { authorization: _, ...without } = own();
      const refused = await ask(host, call, { method: "POST", headers: { ...without, cookie }, body: "{}" });
      expect(refused.status).toBe(401);
    });

    it("is not answered to a GET", async () => {
      expect((await ask(host, call, { headers: own() })).status).toBe(405);
    });

    it("with too large a body, or one that is not JSON, is refused", async () => {
      const large = await ask(host, call, { method: "POST", headers: own(), body: " ".repeat(mostInputBytes + 1) });
      expect(large.status).toBe(413);
      expect(log.join()).toContain("too large");
      const broken = await ask(host, call, { method: "POST", headers: own(), body: "{" });
      expect(broken.status).toBe(400);
    });
  });

  describe("the stream socket", () => {
    it("opens for its own page only", async () => {
      const origin = host.origin;
      const own = streamProtocols(secret);
      expect(await upgrade(host, own, { origin })).toBe("open, flowdeck");
      expect(await upgrade(host, [], { origin })).toBe("401");
      expect(await upgrade(host, streamProtocols(""), { origin })).toBe("401");
      expect(await upgrade(host, streamProtocols(`${secret.slice(0, -2)}xx`), { origin })).toBe("401");
      expect(await upgrade(host, [], { origin, cookie: `flowdeck-${host.port}=${secret}` })).toBe("401");
      expect(await upgrade(host, own, {})).toBe("403");
      expect(await upgrade(host, own, { origin: "https://evil.example" })).toBe("403");
      expect(await upgrade(host, own, { origin: `http://127.0.0.1:${host.port + 1}` })).toBe("403");
      const evil = { origin: `http://evil.example:${host.port}`, host: `evil.example:${host.port}` };
      expect(await upgrade(host, own, evil)).toBe("403");
      expect(await upgrade(host, own, { origin }, "/elsewhere")).toBe("404");
    });

    it("is closed on a message that is no stream request", async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/stream`, streamProtocols(secret), {
        headers: { origin: host.origin },
      });
      socket.on("open", () => socket.send("hello"));
      const code = await new Promise((resolve) => socket.on("close", resolve));
      expect(code).toBe(1008);
    });

    it("is opened again after it broke, with the input asked anew", async () => {
      await host.close();
      const inputs: number[] = [];
      host = await serveWeb(
        backendOf({
          async *"install.log"(input) {
            inputs.push(input.after);
            yield [{ seq: input.after + 1, time: "t", level: "info", event: "applied", message: "m" }];
            await new Promise(() => undefined);
          },
        }),
      );
      const { client, drop } = webClient(host, await enter(host));
      let after = 0;
      const states: string[] = [];
      client.onConnection(() => states.push(client.connection));
      const done = Promise.withResolvers<void>();
      const close = client.subscribe("install.log", () => ({ kfDir: "/kf", after }), {
        onItem: (batch) => {
          after = batch.at(-1)?.seq ?? after;
          if (after === 3) done.resolve();
          else drop();
        },
      });
      await done.promise;
      close();
      expect(inputs).toEqual([0, 1, 2]);
      expect(states).toEqual(["open", "lost", "open", "lost", "open"]);
    });

    it("tells how many pages are there, and lets go of one that went silent", async () => {
      await host.close();
      const pages: number[] = [];
      const empty = Promise.withResolvers<void>();
      const onPages = (count: number) => {
        pages.push(count);
        if (count === 0) empty.resolve();
      };
      host = await serveWeb(backend, { heartbeatMs: 20, onPages });
      const protocols = streamProtocols(await enter(host));
      const headers = { origin: host.origin };
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/stream`, protocols, { headers, autoPong: false });
      socket.on("error", vi.fn());
      await empty.promise;
      expect(pages).toEqual([1, 0]);
    });
  });

  it("says that it does not answer any more after it ended", async () => {
    const { client } = webClient(host, secret);
    await host.close();
    await expect(client.call("preferences.get", {})).rejects.toMatchObject({ code: "disconnected" });
  });
});
