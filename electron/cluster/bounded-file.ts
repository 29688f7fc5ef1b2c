import { constants, type FileHandle, open } from "node:fs/promises";
import type { ErrorContext } from "../../common/contract/index.ts";
import { type Message, message, textOf } from "../../common/words/index.ts";

/** A file that is there and may be read, but is not what was asked for. */
export class UnfitFile extends Error {
  override readonly name = "UnfitFile";
  /** As it stands in a sentence: "it is a folder". */
  readonly why: Message;

  constructor(why: Message) {
    super(textOf(why, "en"));
    this.why = why;
  }
}

/** What an error may add about a file that could not be read: our own reason, or the system's words. */
export function readingFailed(error: unknown): Pick<ErrorContext, "advice" | "detail"> {
  if (error instanceof UnfitFile) return { advice: message("kubeconfig.because", { why: error.why }) };
  return { detail: error instanceof Error ? error.message : String(error) };
}

/**
 * Reads a regular file of at most `maxBytes`. Pipes, devices and folders are refused without waiting for them: whoever
 * wrote the path down may have named anything. Throws {@link UnfitFile}, or what the system says.
 */
export async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    const tooLarge = () => new UnfitFile(message("kubeconfig.tooLarge", { bytes: String(maxBytes) }));
    const { size } = await file.stat();
    if (size > maxBytes) throw tooLarge();
    const chunks: Buffer[] = [];
    // It may grow while it is read, and the files of /proc say that they have no bytes.
    for (let length = 0; ; ) {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.max(64 << 10, size + 1)) });
      if (bytesRead === 0) return Buffer.concat(chunks);
      length += bytesRead;
      if (length > maxBytes) throw tooLarge();
      chunks.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** Throws what {@link readBounded} would throw about the file before reading it. */
export async function requireReadable(path: string): Promise<void> {
  await (await openRegular(path)).close();
}

async function openRegular(path: string): Promise<FileHandle> {
  // Opening a pipe would otherwise wait until somebody writes to it. Windows has no such flag and no such files.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (stat.isFile()) return file;
    throw new UnfitFile(message(stat.isDirectory() ? "kubeconfig.isFolder" : "kubeconfig.notRegular"));
  } catch (error) {
    await file.close();
    throw error;
  }
}
