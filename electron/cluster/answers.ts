import { promisify } from "node:util";
import { constants, gunzip } from "node:zlib";
import type { Dispatcher } from "undici";
import { errorCode } from "../../common/contract/index.ts";
import { joined } from "../../common/text/index.ts";
import { message } from "../../common/words/index.ts";
import { limits, tooLarge, unreadable } from "./limits.ts";
import type { RequestPurpose } from "./types.ts";

const unzip = promisify(gunzip);
const newline = 0x0a;

interface Asked {
  /** "list pods", for errors. */
  what: RequestPurpose;
  server: string;
}

/** Reads answers to their end, within the limits; shared by all requests of one connection. */
export class AnswerReader {
  /** Bytes of all answers that are being read. */
  #held = 0;

  /**
   * All bytes of an answer, unpacked, in memory of their own: nobody else holds any part of it. Throws
   * `answer-too-large`, `answer-unreadable`, and what the connection fails with. `onPart` hears of each piece.
   */
  async read(
    response: Dispatcher.ResponseData,
    { what, server }: Asked,
    onPart?: () => void,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Buffer[] = [];
    let size = 0;
    try {
      if (Number(response.headers["content-length"] ?? 0) > limits.answer) throw tooLargeAnswer({ what, server });
      for await (const part of piecesOf(response)) {
        size += part.byteLength;
        this.#held += part.byteLength;
        if (size > limits.answer || this.#held > limits.answersTogether) throw tooLargeAnswer({ what, server });
        parts.push(part);
        onPart?.();
      }
      const bytes = joined(parts);
      // By its first bytes: a stream's answer is unpacked even where nobody said that it is packed.
      return bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpacked(bytes, { what, server }) : bytes;
    } finally {
      this.#held -= size;
      response.body.destroy();
    }
  }
}

/** The words of a refusal, cut where they are longer than anyone needs. Throws what the connection fails with. */
export async function readRefusal(response: Dispatcher.ResponseData): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of piecesOf(response)) {
      parts.push(part);
      size += part.byteLength;
      if (size > limits.refusal) break;
    }
  } finally {
    response.body.destroy();
  }
  const bytes = joined(parts).subarray(0, limits.refusal);
  if (response.headers["content-encoding"] !== "gzip") return textOf(bytes);
  try {
    const options = { maxOutputLength: limits.refusal, finishFlush: constants.Z_SYNC_FLUSH };
    return textOf(await unzip(bytes, options));
  } catch {
    return "";
  }
}

/** The bytes of a stream of lines as they come. Throws `answer-too-large` for a line that does not end. */
export async function* withinLines(
  chunks: AsyncIterable<Buffer>,
  { what, server }: Asked,
): AsyncGenerator<Buffer, void, void> {
  let unfinished = 0;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(newline);
    unfinished = last < 0 ? unfinished + chunk.length : chunk.length - 1 - last;
    if (unfinished > limits.line) throw tooLarge(what, server, "line", limits.line);
    yield chunk;
  }
}

export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

const decoder = new TextDecoder();

function tooLargeAnswer({ what, server }: Asked): Error {
  return tooLarge(what, server, "answer", limits.answer);
}

async function unpacked(bytes: Uint8Array<ArrayBuffer>, { what, server }: Asked): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await unzip(bytes, { maxOutputLength: limits.answer }));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLargeAnswer({ what, server });
    throw unreadable(what, server, message("server.packedAnswer", { code: String(code) }));
  }
}

/** undici gives Buffers, which its types do not say. */
function piecesOf(response: Dispatcher.ResponseData): AsyncIterable<Buffer> {
  return response.body;
}
