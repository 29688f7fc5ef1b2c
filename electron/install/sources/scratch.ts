import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * A fresh folder under the cache for one build; the caller removes it. What an app that was killed left there goes: a
 * build takes seconds, so an hour old is nobody's.
 */
export async function scratchFolder(dataDir: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const work = join(dataDir, "cache", "work");
  const path = join(work, randomBytes(6).toString("hex"));
  await mkdir(path, { recursive: true });
  await removeOlder(work, Date.now() - 3_600_000);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function removeOlder(folder: string, time: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const state = await stat(join(folder, name)).catch(() => undefined); // another app may have been quicker
    if (state !== undefined && state.mtimeMs < time) await rm(join(folder, name), { recursive: true, force: true });
  }
}
