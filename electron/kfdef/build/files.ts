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
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { errorCode } from "../config/index.ts";

/** Is `path` the folder itself or something below it? By the text alone. */
export function isWithin(folder: string, path: string): boolean {
  const rest = relative(folder, path);
  return rest === "" || (rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
}

/**
 * Copies a folder to a new place. Links that stay in it are copied as links; one that leads elsewhere below `root` is
 * copied as what it leads to, since the copy lies elsewhere; one that leaves `root` is refused with `archive-unsafe`.
 */
export async function copyTree(
  from: string,
  to: string,
  options: { root: string; signal?: AbortSignal | undefined },
): Promise<void> {
  await copyFolder(from, to, { ...options, from, realRoot: await realpath(options.root), depth: 0 });
}

interface Copying {
  from: string;
  realRoot: string;
  signal?: AbortSignal | undefined;
  depth: number;
}

/** Deeper than anybody's folders; a link that leads to a folder around it ends here. */
const maxDepth = 64;

async function copyFolder(from: string, to: string, copying: Copying): Promise<void> {
  copying.signal?.throwIfAborted();
  if (copying.depth > maxDepth) throw unsafe(`${from} lies more than ${maxDepth} folders deep`);
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  const at = (name: string) => [join(from, name), join(to, name)] as const;
  // The files of a folder at once, folder by folder: a repo has thousands.
  await Promise.all(
    entries.map((entry) => {
      const [source, target] = at(entry.name);
      if (entry.isFile()) return copyFile(source, target, constants.COPYFILE_FICLONE);
      if (entry.isSymbolicLink()) return copyLink(source, target, copying);
      if (entry.isDirectory()) return undefined;
      throw unsafe(`${source} is neither a file nor a folder`);
    }),
  );
  for (const { name } of entries.filter((entry) => entry.isDirectory()))
    await copyFolder(...at(name), { ...copying, depth: copying.depth + 1 });
}

async function copyLink(source: string, target: string, copying: Copying): Promise<void> {
  const to = await readlink(source);
  const real = await realpath(source).catch((error: unknown) => {
    throw new FlowdeckError("archive-unsafe", `The link ${source} leads nowhere (${to}).`, { cause: error });
  });
  if (!isWithin(copying.realRoot, real)) throw unsafe(`the link ${source} leads outside its folder (${to})`);
  const staysInCopy = !isAbsolute(to) && isWithin(copying.from, resolve(dirname(source), to));
  if (staysInCopy) return symlink(to, target);
  const state = await lstat(real);
  if (state.isDirectory()) return copyFolder(real, target, { ...copying, depth: copying.depth + 1 });
  return copyFile(real, target);
}

function unsafe(why: string): FlowdeckError {
  return new FlowdeckError("archive-unsafe", `It was refused: ${why}.`, {
    detail: "Nothing of it was kept. Files of Kubeflow itself have no such entry: check where the repo comes from.",
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
