import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const unusedFor = 14 * 24 * 60 * 60 * 1000;

/** Deletes toolboxes of earlier sources (140 MB each) that nobody has used for two weeks. */
export async function prune(cache: string, keep: string): Promise<void> {
  for (const entry of await readdir(cache, { withFileTypes: true })) {
    const folder = join(cache, entry.name);
    if (!entry.isDirectory() || folder === keep || !/^[0-9a-f]{16}$/.test(entry.name)) continue;
    if (Date.now() - (await stat(folder)).mtimeMs > unusedFor) await rm(folder, { recursive: true, force: true });
  }
}
