import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "../../common/contract/index.ts";

const askEvery = 500;
/** A lock without a readable owner is being written; after this many ms it is taken as left behind. */
const halfWritten = 5_000;

/**
 * Waits until no other process holds the lock file, and takes it. Gives what releases it. A lock whose process has
 * ended is taken over. Throws AbortError.
 */
export async function acquireLock(
  file: string,
  signal: AbortSignal,
  onWait?: () => void,
): Promise<() => Promise<void>> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  for (let waited = false; ; ) {
    signal.throwIfAborted();
    try {
      const handle = await open(file, "wx", 0o600);
      await handle.writeFile(String(process.pid)).finally(() => handle.close());
      return () => rm(file, { force: true });
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    if (await isLeftBehind(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!waited) onWait?.();
    waited = true;
    await sleep(askEvery, undefined, { signal });
  }
}

async function isLeftBehind(file: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(file, "utf8"));
    if (Number.isInteger(pid) && pid > 0) return !isAlive(pid);
    return Date.now() - (await stat(file)).mtimeMs > halfWritten;
  } catch {
    return false; // released meanwhile: the next attempt sees
  }
}

/** Whether a process with this number exists (it may be another user's). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}
