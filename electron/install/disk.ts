import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode, FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";

/** Free bytes for this user on the disk that holds `path` (or its nearest parent that exists); undefined if unknown. */
export async function freeBytes(path: string): Promise<number | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const disk = await statfs(folder);
      return disk.bavail * disk.bsize;
    } catch {
      if (dirname(folder) === folder) return undefined; // nothing on the way up can be asked: the size is not known
    }
  }
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === "AbortError" || errorCode(thrown) === "ABORT_ERR");
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** A full disk told as `disk-full` with the folder and what is left; anything else as it came. */
export async function withDiskReason(thrown: unknown, folder: string): Promise<unknown> {
  const code = errorCode(thrown);
  if (code !== "ENOSPC" && code !== "EDQUOT") return thrown;
  const free = await freeBytes(folder);
  return new FlowdeckError("disk-full", message("render.diskFull", { folder }), {
    advice: [
      ...(free === undefined ? [] : [message("render.diskFree", { free: megabytes(free) })]),
      message("render.diskAdvice"),
    ],
    cause: thrown,
  });
}
