import type { Socket } from "node:net";
import type { RawData, WebSocket } from "ws";
import type { Message } from "../../common/words/index.ts";
import { socketProblem } from "../cluster/index.ts";

/** Bytes on their way beyond which the other side waits. */
const highWater = 1 << 20;
/**
 * How long the pod may be silent after this side ended sending. Longer, and connections that were closed for good,
 * which look the same, would stay open at the pod.
 */
const halfClosedMs = 30_000;
/** The kubelet's channels for the one port that a socket asks for: what flows, and what went wrong in words. */
const dataChannel = 0;
const errorChannel = 1;

/** The subprotocol of k8s.io/kubelet's port-forward over WebSockets: a channel byte before each message. */
export const portForwardProtocols = ["v4.channel.k8s.io"];

/**
 * Joins a TCP connection and a port-forward WebSocket until either ends; `onError` gets what the kubelet says is wrong.
 * This protocol has no word for a half-closed connection: whoever ends sending still gets what the pod answers, until
 * the pod ends too or falls silent, but the pod does not see the end. The TCP socket has to allow half-open ends.
 */
export function joinTunnel(tcp: Socket, socket: WebSocket, onError: (why: Message | string) => void): void {
  // The first two bytes of each channel repeat the port number.
  const greeted = new Set<number>();
  let draining = false;
  let silence: NodeJS.Timeout | undefined;

  function fromCluster(raw: RawData): void {
    const message = Buffer.isBuffer(raw) ? raw : Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw);
    const channel = message[0];
    if (channel === undefined) return;
    let payload = message.subarray(1);
    if (!greeted.has(channel)) {
      greeted.add(channel);
      payload = payload.subarray(2);
    }
    if (payload.length === 0) return;
    if (channel === errorChannel) onError(payload.toString("utf8").trim());
    if (channel !== dataChannel || tcp.destroyed) return;
    silence?.refresh();
    if (tcp.write(payload) || draining) return;
    draining = true;
    socket.pause();
    tcp.once("drain", () => {
      draining = false;
      socket.resume();
    });
  }

  function toCluster(chunk: Buffer): void {
    if (socket.readyState !== socket.OPEN) return;
    const framed = Buffer.allocUnsafe(chunk.length + 1);
    framed[0] = dataChannel;
    chunk.copy(framed, 1);
    // The callback comes when the bytes have left; a failed send closes the socket, which ends the connection.
    socket.send(framed, () => tcp.isPaused() && socket.bufferedAmount < highWater && tcp.resume());
    if (socket.bufferedAmount >= highWater) tcp.pause();
  }

  socket.on("error", (error) => {
    const problem = socketProblem(error);
    if (problem !== undefined) onError(problem);
  });
  socket.on("message", fromCluster);
  socket.on("close", () => {
    tcp.end();
    tcp.resume(); // what nobody takes any more would keep its end from being seen
  });
  tcp.on("data", toCluster);
  tcp.on("end", () => {
    silence = setTimeout(() => socket.close(), halfClosedMs);
    silence.unref();
  });
  tcp.on("close", () => {
    clearTimeout(silence);
    socket.terminate();
  });
}
