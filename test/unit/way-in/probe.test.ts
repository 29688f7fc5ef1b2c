import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isContactable } from "../../../electron/way-in/contactable.ts";
import { probe } from "../../../electron/way-in/probe.ts";
import { hasOpenssl, makeCertificate } from "../certificates/make-certificates.ts";

const host = "kubeflow.example.com";
const signal = AbortSignal.timeout(60_000);

describe("trying an address as a browser would", () => {
  const open: { close(): unknown }[] = [];
  afterEach(() => {
    for (const server of open.splice(0)) server.close();
  });

  async function listen(server: Server): Promise<number> {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    open.push(server);
    return (server.address() as AddressInfo).port;
  }
  const ask = (port: number, secure = false) =>
    probe({ address: "127.0.0.1", port, secure, host }, { signal, timeoutMs: 400 });
  const plain = (listener: RequestListener) => listen(createServer(listener));

  it("tells the answer and its time, by the name that people type, without following a redirect", async () => {
    const asked: unknown[] = [];
    const port = await plain(({ method, url, headers }, response) => {
      asked.push([method, url, headers.host, headers.cookie, headers.authorization]);
      response.writeHead(302, { location: "/oauth2/start?rd=%2F" }).end();
    });
    const answer = await ask(port);
    expect(answer).toMatchObject({ at: `127.0.0.1:${port}`, status: 302, signIn: true, redirect: "/oauth2/start" });
    expect(answer.ms).toBeGreaterThanOrEqual(0);
    expect(answer.error).toBeUndefined();
    expect(asked).toEqual([["GET", "/", `${host}:${port}`, undefined, undefined]]);
  });

  it("sees a sign-in page, a redirect to another host, and a server that fails", async () => {
    const signIn = await plain((_request, response) => void response.writeHead(403).end("Sign in"));
    expect(await ask(signIn)).toMatchObject({ status: 403, signIn: true });
    const elsewhere = await plain((_request, response) => {
      response.writeHead(302, { location: "https://login.example.org/authorize?client_id=1" }).end();
    });
    const answer = await ask(elsewhere);
    expect(answer).toMatchObject({ redirect: "https://login.example.org", signIn: false });
    const broken = await plain((_request, response) => void response.writeHead(503).end());
    expect((await ask(broken)).error?.message).toMatch(/answered with status 503/);
  });

  it("says in words that nothing listens, that nothing answers, and that it is no web server", async () => {
    const port = await plain(() => undefined);
    expect((await ask(port)).error?.message).toBe(`127.0.0.1:${port} did not answer within 0.4 s.`);
    const closed = createServer();
    const gone = await listen(closed);
    closed.close();
    expect((await ask(gone)).error?.message).toBe(`127.0.0.1:${gone} refused the connection.`);
    const tcp = createTcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("SSH-2.0-x\r\n");
    });
    tcp.listen(0, "127.0.0.1");
    await once(tcp, "listening");
    open.push(tcp);
    const other = (tcp.address() as AddressInfo).port;
    expect((await ask(other)).error?.message).toMatch(/broke the connection/);
    expect((await ask(other, true)).error?.message).toMatch(/did not complete a TLS handshake/);
  });

  it.skipIf(!hasOpenssl)("tells whose certificate is served, and whether browsers trust it", async () => {
    const secure = (names: string[], to?: string) => {
      const { certificate: cert, key } = makeCertificate({ name: "served", names, ...(to ? { to } : {}) });
      return listen(createSecureServer({ cert, key }, (_request, response) => void response.writeHead(200).end()));
    };
    const right = await ask(await secure([`DNS:${host}`, "DNS:*.example.org"]), true);
    expect(right).toMatchObject({
      status: 200,
      tls: {
        trusted: false,
        matches: true,
        why: "DEPTH_ZERO_SELF_SIGNED_CERT",
        facts: { names: [host, "*.example.org"] },
      },
    });
    expect(right.error).toBeUndefined();
    const other = await ask(await secure(["DNS:other.example.com"]), true);
    expect(other.tls).toMatchObject({ matches: false });
    expect(other.error?.message).toMatch(
      /serves a certificate for other\.example\.com, not for kubeflow\.example\.com/,
    );
    const old = await ask(await secure([`DNS:${host}`], "20210101000000Z"), true);
    expect(old.tls?.facts.to).toBe("2021-01-01T00:00:00.000Z");
  });
});

describe("an address that a cluster gives", () => {
  it("is not contacted where no installation can be", () => {
    for (const address of [
      ...["169.254.169.254", "127.0.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "ff02::1"],
      ...["::ffff:169.254.169.254", "::ffff:127.0.0.1", "kubeflow.example.com", ""],
    ])
      expect(isContactable(address, false), address).toBe(false);
    for (const address of ["10.0.0.1", "192.168.1.20", "172.18.0.2", "203.0.113.10", "2001:db8::1"])
      expect(isContactable(address, false), address).toBe(true);
    expect(isContactable("127.0.0.1", true)).toBe(true);
    expect(isContactable("169.254.169.254", true)).toBe(false);
  });
});
