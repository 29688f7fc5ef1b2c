import {
  constants,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join, posix, relative, sep } from "node:path";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { LocalSource } from "../sources/sources.ts";
import type { RemoteBase } from "../types.ts";
import { findBase, isRemoteReference, namesFolders, type Reference, references, rewrite } from "./remote-bases.ts";

const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export interface WorkingCopy {
  /** The release's tree, in which kustomize reaches nothing remote from the folders asked for. */
  root: string;
}

/**
 * Lays out a place to build in: the release's tree beside the sources that stand in for remote bases, and every remote
 * base that the `paths` come upon rewritten to them. The verified trees stay as they are: files are hard links (or
 * copies where the disk has none), and a file to be rewritten is replaced, never written through its link.
 * Throws `build-failed` naming the kustomization that asks for something the release does not list.
 */
export async function makeWorkingCopy(
  folder: string,
  release: LocalSource,
  others: readonly LocalSource[],
  remoteBases: readonly RemoteBase[],
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<WorkingCopy> {
  const root = join(folder, "release");
  await copyTree(release.path, root, signal);
  for (const other of others) await layBeside(join(folder, "remote", other.spec.id), other, signal);
  const visited = new Set<string>();
  const open = paths.map((path) => join(root, path));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    signal?.throwIfAborted();
    if (visited.has(next)) continue;
    visited.add(next);
    open.push(...(await localise(folder, next, others, remoteBases)));
  }
  return { root };
}

async function layBeside(place: string, source: LocalSource, signal?: AbortSignal): Promise<void> {
  if (source.spec.kind !== "file") return copyTree(source.path, place, signal);
  // kustomize takes single files only from below the folder that names them, folders from anywhere.
  await mkdir(place, { recursive: true });
  await linkOrCopy(source.path, join(place, "content.yaml"));
  await writeFile(join(place, "kustomization.yaml"), "resources:\n- content.yaml\n");
}

/** Rewrites one folder's kustomization; gives the folders it builds on. */
async function localise(
  folder: string,
  place: string,
  others: readonly LocalSource[],
  remoteBases: readonly RemoteBase[],
): Promise<string[]> {
  const file = await kustomizationIn(place);
  if (file === undefined) return [];
  const shown = relative(join(folder, "release"), file).split(sep).join("/");
  const text = await readFile(file, "utf8");
  let found: Reference[];
  try {
    found = references(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FlowdeckError("build-failed", message("render.notYaml", { file: shown, why }), { cause: error });
  }
  const next: string[] = [];
  const changes: { reference: Reference; to: string }[] = [];
  for (const reference of found) {
    if (!isRemoteReference(reference.value)) {
      const target = join(place, reference.value);
      if (namesFolders(reference.field) && (await isFolder(target))) next.push(target);
      continue;
    }
    const target = standIn(folder, reference, others, remoteBases, shown);
    if (!(await isFolder(target)))
      throw new FlowdeckError("build-failed", message("render.baseMissing", { file: shown, base: reference.value }), {
        advice: message("render.baseMissingAdvice"),
      });
    changes.push({ reference, to: relative(place, target).split(sep).join("/") });
    next.push(target);
  }
  if (changes.length > 0) {
    await rm(file);
    await writeFile(file, rewrite(text, changes));
  }
  return next;
}

function standIn(
  folder: string,
  reference: Reference,
  others: readonly LocalSource[],
  remoteBases: readonly RemoteBase[],
  shown: string,
): string {
  const refused = (because: Message) =>
    new FlowdeckError("build-failed", message("render.baseRefused", { file: shown, base: reference.value, because }), {
      advice: message("render.baseRefusedAdvice"),
    });
  if (!namesFolders(reference.field)) throw refused(message("render.baseField", { field: reference.field }));
  const base = findBase(reference.value, remoteBases);
  if (base === undefined) throw refused(message("render.baseNotListed"));
  const source = others.find(({ spec }) => spec.id === base.source);
  if (source === undefined) throw refused(message("render.baseNoSource", { source: base.source }));
  const place = join(folder, "remote", source.spec.id);
  if (source.spec.kind === "file") return place;
  if (base.path === "" && source.spec.base !== undefined) return join(place, source.spec.base);
  const within = source.spec.folder === undefined ? base.path : posix.relative(source.spec.folder, base.path);
  if (within.startsWith("..")) throw refused(message("render.baseOutside", { folder: source.spec.folder ?? "" }));
  return join(place, within);
}

async function kustomizationIn(place: string): Promise<string | undefined> {
  for (const name of kustomizationNames) {
    const file = join(place, name);
    if ((await stat(file).catch(() => undefined))?.isFile() === true) return file;
  }
  return undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

async function copyTree(from: string, to: string, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await mkdir(to, { recursive: true });
  const found = await readdir(from, { withFileTypes: true });
  await Promise.all(
    found.map(async (item) => {
      const [source, target] = [join(from, item.name), join(to, item.name)];
      if (item.isDirectory()) return copyTree(source, target, signal);
      if (item.isSymbolicLink()) return symlink(await readlink(source), target);
      return linkOrCopy(source, target);
    }),
  );
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (errorCode(error) === "ENOSPC") throw error;
    await mkdir(dirname(to), { recursive: true });
    // What is there already may be a link to a verified file or to one of the user's mirror: it is never written through.
    await copyFile(from, to, constants.COPYFILE_EXCL); // another disk, a disk without links, or the app's packed archive
  }
}
