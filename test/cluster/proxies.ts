import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A proxy on 127.0.0.1 that sends everything to 127.0.0.1, whatever name was asked for, and remembers the names. */
export interface TestProxy {
  readonly port: number;
  /** host:port of each tunnel, in its order. */
  readonly asked: string[];
  close(): Promise<void>;
}

export interface ProxyUser {
  user: string;
  password: string;
}

export interface ServerCertificate {
  key: Buffer | string;
  cert: Buffer | string;
}

/** CONNECT over HTTP, or over HTTPS where it has a certificate. */
export async function connectProxy(only: ProxyUser, certificate?: ServerCertificate): Promise<TestProxy> {
  const asked: string[] = [];
  const server = certificate === undefined ? http.createServer() : https.createServer(certificate);
  server.on("connect", (request: http.IncomingMessage, client: Socket, head: Buffer) => {
    const expected = `Basic ${Buffer.from(`${only.user}:${only.password}`).toString("base64")}`;
    if (request.headers["proxy-authorization"] !== expected) {
      return void client.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
    }
    const target = request.url ?? "";
    asked.push(target);
    join(client, Number(target.slice(target.lastIndexOf(":") + 1)), (upstream) => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
    });
  });
  return await listening(server, asked);
}

/** SOCKS 5 with a user and a password: https://www.rfc-editor.org/rfc/rfc1928 and rfc1929 */
export async function socksProxy(only: ProxyUser): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createServer((client) => {
    client.on("error", () => client.destroy());
    serveSocks(client, only, asked).catch(() => client.destroy());
  });
  return await listening(server, asked);
}

async function serveSocks(client: Socket, only: ProxyUser, asked: string[]): Promise<void> {
  const read = reader(client);
  const [, methods = 0] = await read(2);
  await read(methods);
  client.write(Buffer.of(5, 2));
  const [, userLength = 0] = await read(2);
  const user = (await read(userLength)).toString();
  const [passwordLength = 0] = await read(1);
  const password = (await read(passwordLength)).toString();
  if (user !== only.user || password !== only.password) return void client.end(Buffer.of(1, 1));
  client.write(Buffer.of(1, 0));
  const [, , , type] = await read(4);
  let host: string;
  if (type === 3) {
    const [length = 0] = await read(1);
    host = (await read(length)).toString();
  } else host = [...(await read(type === 1 ? 4 : 16))].join(".");
  const port = (await read(2)).readUInt16BE();
  asked.push(`${host}:${port}`);
  client.pause();
  join(client, port, () => client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
}

/** Reads exactly so many bytes; the client waits for each answer, so that nothing else comes in between. */
function reader(client: Socket): (count: number) => Promise<Buffer> {
  return async (count) => {
    if (count === 0) return Buffer.alloc(0);
    for (;;) {
      const bytes: Buffer | null = client.read(count);
      if (bytes !== null) return bytes;
      await once(client, "readable");
    }
  };
}

function join(client: Socket, port: number, ready: (upstream: Socket) => void): void {
  const upstream = connect(port, "127.0.0.1", () => {
    ready(upstream);
    client.pipe(upstream).pipe(client);
  });
  for (const end of [client, upstream]) {
    end.on("error", () => end.destroy());
    end.on("close", () => {
      client.destroy();
      upstream.destroy();
    });
  }
}

async function listening(server: Server, asked: string[]): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    asked,
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
