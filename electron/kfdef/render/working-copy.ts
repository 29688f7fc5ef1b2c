import { copyFile, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { FlowdeckError } from "../../../common/contract/index.ts";
import {
  dropRepeatedFields,
  namedPaths,
  renamePaths,
  translateConfiguration,
  translateTransformers,
} from "./translate.ts";

const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** The fields of a kustomization that name files and folders, each of which has to be there. */
const listsOfResources = new Set(["resources", "bases", "components", "crds"]);

/** A KF_DIR's applications laid out again, to be built there. */
export interface WorkingCopy {
  /** Where an application's folder lies in the copy. */
  pathOf: (folder: string) => string;
  /** An error's words with the copy's paths written as those of the originals. */
  originals: (words: string) => string;
}

/**
 * Copies application folders, and what else of `root` they build on, to `place`, keeping how they lie to each other,
 * with every kustomization translated for kustomize 5. Files under `root` are only read.
 * Throws `build-failed` naming the application whose kustomizations name something that is not there, or outside.
 */
export async function makeWorkingCopy(
  place: string,
  root: string,
  folders: readonly { name: string; path: string }[],
  signal?: AbortSignal,
): Promise<WorkingCopy> {
  const work = new Copying(place, root, signal);
  for (const { name, path } of folders) await work.add(name, path);
  return {
    pathOf: (folder) => work.copyOf(folder),
    originals: (words) => words.replaceAll(place, root),
  };
}

class Copying {
  private readonly place: string;
  private readonly root: string;
  private readonly signal: AbortSignal | undefined;
  private readonly copied = new Set<string>();
  private readonly translated = new Set<string>();
  private outside = 0;

  constructor(place: string, root: string, signal: AbortSignal | undefined) {
    this.place = place;
    this.root = resolve(root);
    this.signal = signal;
  }

  copyOf(path: string): string {
    return join(this.place, relative(this.root, path));
  }

  async add(application: string, path: string): Promise<void> {
    const open = [resolve(path)];
    const seen = new Set<string>();
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      this.signal?.throwIfAborted();
      if (seen.has(folder)) continue;
      seen.add(folder);
      const file = await kustomizationIn(folder);
      if (file === undefined) throw failed(application, `${this.shown(folder)}/kustomization.yaml is not there.`);
      await this.copyFolder(folder);
      open.push(...(await this.translate(application, folder, file)));
    }
  }

  /** A folder as messages name it: from KF_DIR on. */
  private shown(folder: string): string {
    return relative(this.root, folder).split(sep).join("/");
  }

  private async copyFolder(folder: string): Promise<void> {
    for (let above = folder; ; above = dirname(above)) {
      if (this.copied.has(above)) return;
      if (above === this.root || above === dirname(above)) break;
    }
    this.copied.add(folder);
    await this.copyTree(folder, this.copyOf(folder));
  }

  private async copyTree(from: string, to: string): Promise<void> {
    this.signal?.throwIfAborted();
    await mkdir(to, { recursive: true });
    for (const item of await readdir(from, { withFileTypes: true })) {
      const [source, target] = [join(from, item.name), join(to, item.name)];
      // Another application may have needed a part of this folder before.
      if ((await kindOf(target)) === "file") continue;
      if (item.isDirectory()) await this.copyTree(source, target);
      else if (item.isSymbolicLink()) await symlink(await readlink(source), target);
      else if (item.isFile()) await copyFile(source, target);
    }
  }

  /** Rewrites the kustomization of one folder's copy; gives the folders it builds on. */
  private async translate(application: string, folder: string, file: string): Promise<string[]> {
    const shown = `${this.shown(folder)}/${file}`;
    const text = await readFile(join(folder, file), "utf8");
    const next: string[] = [];
    const renamed = new Map<string, string>();
    for (const { field, path } of namedPaths(text)) {
      const target = resolve(folder, path);
      const within = isWithin(this.root, target);
      const kind = within ? await kindOf(target) : undefined;
      if (listsOfResources.has(field)) {
        if (!within) throw failed(application, `${shown} names "${path}", which lies outside ${this.root}.`);
        if (kind === undefined) throw failed(application, `${shown} names "${path}", which is not there.`);
        if (kind === "folder") next.push(target);
      }
      if (kind !== "file") continue;
      const inside = isWithin(folder, target);
      if (!inside) renamed.set(path, await this.bringIn(folder, target));
      if (field === "configurations")
        await this.translateConfiguration(target, join(this.copyOf(folder), renamed.get(path) ?? path));
    }
    const copy = join(this.copyOf(folder), file);
    if (this.translated.has(copy)) return next;
    this.translated.add(copy);
    const once = dropRepeatedFields(text) ?? text;
    const moved = renamed.size === 0 ? once : renamePaths(once, renamed);
    const now = translateTransformers(moved) ?? moved;
    if (now !== text) await writeFile(copy, now);
    return next;
  }

  /** kfctl 1.2 let kustomizations take files from anywhere; kustomize by itself only takes them from below. */
  private async bringIn(folder: string, target: string): Promise<string> {
    const name = `flowdeck-outside/${++this.outside}/${basename(target)}`;
    const copy = join(this.copyOf(folder), name);
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(target, copy);
    return name;
  }

  private async translateConfiguration(original: string, copy: string): Promise<void> {
    const now = translateConfiguration(await readFile(original, "utf8"));
    if (now !== undefined) await writeFile(copy, now);
  }
}

function failed(application: string, words: string): FlowdeckError {
  return new FlowdeckError("build-failed", `The application ${application} can't be built: ${words}`);
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

async function kustomizationIn(folder: string): Promise<string | undefined> {
  for (const name of kustomizationNames) if ((await kindOf(join(folder, name))) === "file") return name;
  return undefined;
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  const state = await stat(path).catch(() => undefined); // absent, or no path at all: then it is no file
  if (state === undefined) return undefined;
  return state.isDirectory() ? "folder" : "file";
}
