import { constants } from "node:fs";
import {
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { isWithin, realPathWithin } from "../../kf-dir/index.ts";

/**
 * Copies a folder to a new place. Links that stay in it are copied as links to the same file of the copy; one that leads
 * elsewhere below `root` is copied as what it leads to, since the copy lies elsewhere; one that leaves `root` is refused
 * with `archive-unsafe`.
 */
export async function copyTree(
  from: string,
  to: string,
  options: { root: string; signal?: AbortSignal | undefined },
): Promise<void> {
  const realRoot = await realpath(options.root);
  const realFrom = await realPathWithin(realRoot, from);
  if (realFrom === undefined || realFrom === "outside") throw unsafe(message("kfBuild.leadsOutside", { path: from }));
  await copyFolder(realFrom, to, { signal: options.signal, realRoot, realFrom, to, depth: 0, count: { entries: 0 } });
}

interface Copying {
  realRoot: string;
  realFrom: string;
  to: string;
  signal?: AbortSignal | undefined;
  depth: number;
  count: { entries: number };
}

/** Deeper than anybody's folders; a link that leads to a folder around it ends here. */
const maxDepth = 64;
/** More than any repo has; ten links in each of a few folders, each to the next one, would make millions. */
const maxEntries = 100_000;

async function copyFolder(from: string, to: string, copying: Copying): Promise<void> {
  copying.signal?.throwIfAborted();
  if (copying.depth > maxDepth) throw unsafe(message("kfBuild.tooDeep", { path: from, most: maxDepth }));
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  copying.count.entries += entries.length;
  if (copying.count.entries > maxEntries)
    throw unsafe(message("kfBuild.tooMany", { path: copying.realFrom, most: maxEntries }));
  const at = (name: string) => [join(from, name), join(to, name)] as const;
  // The files of a folder at once, folder by folder: a repo has thousands.
  await Promise.all(
    entries.map((entry) => {
      const [source, target] = at(entry.name);
      if (entry.isFile()) return copyFile(source, target, constants.COPYFILE_FICLONE);
      if (entry.isDirectory() || entry.isSymbolicLink()) return undefined;
      throw unsafe(message("kfBuild.entryOdd", { path: source }));
    }),
  );
  for (const entry of entries) {
    const [source, target] = at(entry.name);
    if (entry.isSymbolicLink()) await copyLink(source, target, copying);
    else if (entry.isDirectory()) await copyFolder(source, target, { ...copying, depth: copying.depth + 1 });
  }
}

async function copyLink(source: string, target: string, copying: Copying): Promise<void> {
  const { realRoot, realFrom } = copying;
  const real = await realPathWithin(realRoot, source);
  const text = await readlink(source);
  if (real === undefined)
    throw new FlowdeckError("archive-unsafe", message("kfBuild.linkNowhere", { link: source, to: text }));
  if (real === "outside") throw unsafe(message("kfBuild.linkLeadsOutside", { link: source, to: text }));
  // Written anew: its own text may go up and down through other links, and would then lead elsewhere from the copy.
  if (isWithin(realFrom, real))
    return symlink(relative(dirname(target), join(copying.to, relative(realFrom, real))) || ".", target);
  const state = await lstat(real);
  if (state.isDirectory()) return copyFolder(real, target, { ...copying, depth: copying.depth + 1 });
  if (!state.isFile()) throw unsafe(message("kfBuild.linkOdd", { link: source }));
  return copyFile(real, target);
}

function unsafe(because: Message): FlowdeckError {
  return new FlowdeckError("archive-unsafe", message("kfBuild.refused", { because }), {
    advice: message("kfBuild.refusedAdvice"),
  });
}

/** Writes a file anew: never through a link, and where the one before may not be written to, too. */
export async function writeFresh(file: string, text: string): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text, { flag: "wx" });
}

/** The text of a file, or undefined where there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  });
}

export async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() === true;
}
