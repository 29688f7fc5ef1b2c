import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { ClusterClient, SocketRequest } from "../../../electron/cluster/index.ts";
import { startInContainer } from "../../../electron/terminal/container-process.ts";

let server: WebSocketServer | undefined;
afterEach(() => {
  for (const socket of server?.clients ?? []) socket.terminate();
  server?.close();
});

/** Attaches to a container whose node speaks this protocol; gives what the node is sent. */
async function attach({ protocol, tty }: { protocol: string; tty: boolean }) {
  const node = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => protocol });
  server = node;
  await once(node, "listening");
  const sent: number[][] = [];
  node.on("connection", (socket) => socket.on("message", (data: Buffer) => sent.push([...data])));
  const client = {
    pathOf: () => "/",
    async socket({ protocols }: SocketRequest) {
      const socket = new WebSocket(`ws://127.0.0.1:${(node.address() as AddressInfo).port}`, [...protocols]);
      await once(socket, "open");
      return socket;
    },
    async *watch() {},
    close: async () => undefined,
  } as unknown as ClusterClient;
  const place = { namespace: "n", pod: "p", uid: "u", container: "c", stdin: true, tty, windows: false };
  const process = await startInContainer({
    ...{ client, place, mode: "attach", size: { cols: 80, rows: 24 } },
    ...{ onOutput: () => undefined, onPodEnding: () => undefined },
  });
  return { process, sent };
}

const input = (text: string) => [0, ...Buffer.from(text)];
const closed = [255, 0];

test("Ctrl-D ends the input of a container without a terminal, and nothing goes after it", async () => {
  const { process, sent } = await attach({ protocol: "v5.channel.k8s.io", tty: false });
  process.write(Buffer.from("last words\n\x04"));
  process.write(Buffer.from("too late\n"));
  await expect.poll(() => sent).toEqual([input("last words\n"), closed]);
  process.end();
  await process.ended;
});

test("in a terminal Ctrl-D is a key like another", async () => {
  const { process, sent } = await attach({ protocol: "v5.channel.k8s.io", tty: true });
  process.write(Buffer.from("\x04"));
  await expect.poll(() => sent.filter(([channel]) => channel === 0)).toEqual([input("\x04")]);
  expect(sent).not.toContainEqual(closed);
  process.end();
  await process.ended;
});

test("a server that has no word for the end of input goes on taking it", async () => {
  const { process, sent } = await attach({ protocol: "v4.channel.k8s.io", tty: false });
  process.write(Buffer.from("\x04"));
  process.write(Buffer.from("still here\n"));
  await expect.poll(() => sent).toEqual([input("still here\n")]);
  process.end();
  await process.ended;
});
