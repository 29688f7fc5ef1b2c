import { writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { startLinkPath, type WebHost } from "../../../electron/host/web.ts";
import { backendOf, enter, pageFolder, serveWeb, webClient } from "./support.ts";

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
function upgrade(host: WebHost, headers: Record<string, string>, path = "/api/stream"): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    socket.on("open", () => {
      socket.terminate();
      resolve("open");
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
  let cookie: string;
  let log: string[];
  const call = "/api/call/preferences.get";
  const json = { "content-type": "application/json" };

  beforeEach(async () => {
    log = [];
    host = await serveWeb(backend, { log: (line) => log.push(line), instanceKey: "the key" });
    cookie = await enter(host);
  });
  afterEach(() => host.close());

  describe("the start link", () => {
    it("is exchanged once for a cookie that scripts and other sites cannot use", async () => {
      const link = new URL(host.startUrl());
      const first = await ask(host, link.pathname + link.search);
      expect(first.status).toBe(303);
      expect(first.headers.location).toBe("/");
      const set = first.headers["set-cookie"]?.[0] ?? "";
      expect(set).toMatch(/^flowdeck-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
      const second = await ask(host, link.pathname + link.search);
      expect(second.status).toBe(401);
      expect(second.headers["set-cookie"]).toBeUndefined();
      expect(second.body).toContain("npm start");
      expect(log.join()).toContain("used or wrong");
      expect(log.join()).not.toContain(link.searchParams.get("token"));
    });

    it("with a wrong or no token lets nobody in", async () => {
      for (const path of ["/start", "/start?token=", "/start?token=AAAA"]) {
        expect((await ask(host, path)).status).toBe(401);
      }
    });

    it("opened again by a browser that is in leads to the page", async () => {
      expect((await ask(host, "/start?token=used", { headers: { cookie } })).status).toBe(303);
    });

    it("can be asked for by the user's own program with the key, never by a page", async () => {
      const authorization = "Bearer the key";
      const given = await ask(host, startLinkPath, { method: "POST", headers: { authorization } });
      expect(given.status).toBe(200);
      const link = new URL(given.body);
      expect((await ask(host, link.pathname + link.search)).status).toBe(303);
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
    it("is given to its session only, under the policy with a nonce of its own", async () => {
      expect((await ask(host, "/")).status).toBe(401);
      expect((await ask(host, "/app.js")).status).toBe(401);
      const one = await ask(host, "/", { headers: { cookie } });
      const two = await ask(host, "/wizard/plan", { headers: { cookie } });
      expect([one.status, two.status]).toEqual([200, 200]);
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
        expect((await ask(host, "/", { headers: { cookie, host: name } })).status, name).toBe(403);
      }
      expect((await ask(host, "/", { headers: { cookie, host: `localhost:${host.port}` } })).status).toBe(200);
    });

    it("cannot be another file of the machine", async () => {
      const folder = await pageFolder();
      await writeFile(join(folder, "..", "flowdeck-outside.js"), "secret");
      await host.close();
      host = await serveWeb(backend, { pageFolder: folder });
      cookie = await enter(host);
      for (const path of [
        "/../flowdeck-outside.js",
        "/%2e%2e/flowdeck-outside.js",
        "/..%2fflowdeck-outside.js",
        "/..%5cflowdeck-outside.js",
        "/app.js%00.html",
        "/%zz.js",
        "/missing.js",
        "/app.ts",
      ]) {
        const answer = await ask(host, path, { headers: { cookie } });
        expect(answer.status, path).toBe(404);
        expect(answer.body).not.toContain("secret");
      }
    });
  });

  describe("a call", () => {
    const own = () => ({ ...json, cookie, origin: host.origin });

    it("is answered to its own page", async () => {
      const answer = await ask(host, call, { method: "POST", headers: own(), body: "{}" });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toEqual({ ok: true, output: { theme: "dark" } });
    });

    it.each([
      ["without the cookie", () => ({ ...own(), cookie: "" }), 401],
      ["with a wrong cookie", () => ({ ...own(), cookie: `${cookie.slice(0, -2)}xx` }), 401],
      ["with the cookie's name twice", () => ({ ...own(), cookie: `${cookie}; ${cookie}` }), 401],
      ["without an Origin", () => ({ ...json, cookie }), 403],
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

    it("is not answered to a GET", async () => {
      expect((await ask(host, call, { headers: { cookie } })).status).toBe(405);
    });

    it("with too large a body, or one that is not JSON, is refused", async () => {
      const large = await ask(host, call, { method: "POST", headers: own(), body: " ".repeat((1 << 20) + 1) });
      expect(large.status).toBe(413);
      expect(log.join()).toContain("too large");
      const broken = await ask(host, call, { method: "POST", headers: own(), body: "{" });
      expect(broken.status).toBe(400);
    });
  });

  describe("the stream socket", () => {
    it("opens for its own page only", async () => {
      const origin = host.origin;
      expect(await upgrade(host, { cookie, origin })).toBe("open");
      expect(await upgrade(host, { origin })).toBe("401");
      expect(await upgrade(host, { cookie })).toBe("403");
      expect(await upgrade(host, { cookie, origin: "https://evil.example" })).toBe("403");
      expect(
        await upgrade(host, { cookie, origin: `http://evil.example:${host.port}`, host: `evil.example:${host.port}` }),
      ).toBe("403");
      expect(await upgrade(host, { cookie, origin }, "/elsewhere")).toBe("404");
    });

    it("is closed on a message that is no stream request", async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/stream`, {
        headers: { cookie, origin: host.origin },
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
      const headers = { cookie: await enter(host), origin: host.origin };
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/stream`, { headers, autoPong: false });
      socket.on("error", vi.fn());
      await empty.promise;
      expect(pages).toEqual([1, 0]);
    });
  });

  it("says that it does not answer any more after it ended", async () => {
    const { client } = webClient(host, cookie);
    await host.close();
    await expect(client.call("preferences.get", {})).rejects.toMatchObject({ code: "disconnected" });
  });
});
