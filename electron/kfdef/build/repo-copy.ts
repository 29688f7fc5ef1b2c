import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { provideSource, scratchFolder } from "../../install/index.ts";
import { isFolder } from "./files.ts";
import { archiveOf, keepFor, localOf, pinnedSource, placeRepo, type RepoOptions } from "./repos.ts";

/**
 * A folder with a repo's files, to look into and not to write to: the verified source or the folder of this computer
 * itself, or a copy in the data folder.
 */
export async function repoCopy(repo: { name: string; uri: string }, options: RepoOptions): Promise<string> {
  const pinned = pinnedSource(repo.uri, options.pinned);
  if (pinned !== undefined) return (await provideSource(pinned, options)).path;
  const local = localOf(repo.uri, options.from);
  if (local !== undefined && (await isFolder(local))) return local;
  const archive = await archiveOf(repo.uri, options);
  const { mtimeMs, size } = await stat(archive);
  // Another archive at the same address is another copy.
  const key = createHash("sha256").update(`${archive}\0${mtimeMs}\0${size}`).digest("hex").slice(0, 24);
  const kept = join(options.dataDir, "cache", "repos", key);
  const folders = await readdir(kept).catch(() => []);
  const [folder] = folders;
  if (folder !== undefined) return join(kept, folder);
  const scratch = await scratchFolder(options.dataDir);
  try {
    const placed = await placeRepo(repo, scratch.path, options);
    await mkdir(join(options.dataDir, "cache", "repos"), { recursive: true });
    await removeOld(join(options.dataDir, "cache", "repos"));
    // Whoever was quicker has put the same there.
    await rename(scratch.path, kept).catch(async (error: unknown) => {
      if (!(await isFolder(kept))) throw error;
    });
    return join(kept, placed.folder);
  } finally {
    await scratch.remove();
  }
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const state = await stat(join(folder, name)).catch(() => undefined);
    if (state !== undefined && Date.now() - state.mtimeMs > 24 * keepFor)
      await rm(join(folder, name), { recursive: true, force: true });
  }
}
