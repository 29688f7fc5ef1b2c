import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { FlowdeckError } from "../../common/contract/index.ts";
import type { ClientRequest, ClusterClient } from "../cluster/index.ts";

const unzip = promisify(gunzip);
/** A list that stands still for so long will not go on: its connection is dead. */
const silenceMs = 70_000;

/** Reads an answer as bytes that nobody else holds, so that they can be handed to another thread. */
export async function readBytes(
  client: ClusterClient,
  request: ClientRequest & { signal: AbortSignal },
): Promise<Uint8Array<ArrayBuffer>> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  const parts: Buffer[] = [];
  try {
    const chunks = await client.bytes({ ...request, signal: AbortSignal.any([request.signal, silence.signal]) });
    for await (const chunk of chunks) {
      parts.push(chunk);
      timer.refresh();
    }
  } catch (error) {
    if (!silence.signal.aborted || request.signal.aborted) throw error;
    throw new FlowdeckError(
      "server-error",
      `Cannot ${request.what}: the API server stopped in the middle of its answer.`,
    );
  } finally {
    clearTimeout(timer);
  }
  const bytes = joined(parts);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? new Uint8Array(await unzip(bytes)) : bytes;
}

/** A copy in memory of its own: what a socket gives may be part of a larger buffer. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
