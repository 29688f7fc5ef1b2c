import { copyFile, mkdir, readdir, readFile, realpath, stat, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { isWithin, realPathWithin } from "../../kf-dir/index.ts";
import { cannotBuild } from "../build/index.ts";
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
 * with every kustomization translated for kustomize 5. Files under `root` are only read, and nothing outside it, through
 * links neither: a link that stays inside leads to the same file of the copy.
 * Throws `build-failed` naming the application whose kustomizations or links name something not there, or outside.
 */
export async function makeWorkingCopy(
  place: string,
  root: string,
  folders: readonly { name: string; path: string }[],
  signal?: AbortSignal,
): Promise<WorkingCopy> {
  const work = new Copying(place, await realpath(root), signal);
  const copies = new Map<string, string>();
  for (const { name, path } of folders) copies.set(path, await work.add(name, path));
  return {
    pathOf: (folder) => copies.get(folder) ?? join(place, relative(root, folder)),
    originals: (words) => words.replaceAll(place, root),
  };
}

class Copying {
  readonly #place: string;
  /** Its real path. */
  readonly #root: string;
  readonly #signal: AbortSignal | undefined;
  readonly #copied = new Set<string>();
  readonly #translated = new Set<string>();
  #outside = 0;

  constructor(place: string, root: string, signal: AbortSignal | undefined) {
    this.#place = place;
    this.#root = root;
    this.#signal = signal;
  }

  #copyOf(path: string): string {
    return join(this.#place, relative(this.#root, path));
  }

  /** Gives the application's folder in the copy. */
  async add(application: string, path: string): Promise<string> {
    const start = await this.#real(application, path);
    if (start === undefined)
      throw failed(application, message("kfBuild.notThere", { path: `${basename(path)}/kustomization.yaml` }));
    const open = [start];
    const seen = new Set<string>();
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      this.#signal?.throwIfAborted();
      if (seen.has(folder)) continue;
      seen.add(folder);
      const file = await this.#kustomizationIn(application, folder);
      if (file === undefined)
        throw failed(application, message("kfBuild.notThere", { path: `${this.#shown(folder)}/kustomization.yaml` }));
      await this.#copyFolder(application, folder);
      open.push(...(await this.#translate(application, folder, file)));
    }
    return this.#copyOf(start);
  }

  /** Where a path leads, inside `root`; undefined where nothing is. */
  async #real(application: string, path: string): Promise<string | undefined> {
    const real = await realPathWithin(this.#root, path);
    if (real === "outside")
      throw failed(application, message("kfBuild.linkOutsideOf", { path: this.#shown(path), root: this.#root }));
    return real;
  }

  async #kustomizationIn(application: string, folder: string): Promise<string | undefined> {
    for (const name of kustomizationNames) {
      const real = await this.#real(application, join(folder, name));
      if (real !== undefined && (await kindOf(real)) === "file") return name;
    }
    return undefined;
  }

  /** A folder as messages name it: from KF_DIR on. */
  #shown(folder: string): string {
    return relative(this.#root, folder).split(sep).join("/");
  }

  async #copyFolder(application: string, folder: string): Promise<void> {
    for (let above = folder; ; above = dirname(above)) {
      if (this.#copied.has(above)) return;
      if (above === this.#root || above === dirname(above)) break;
    }
    this.#copied.add(folder);
    await this.#copyTree(application, folder, this.#copyOf(folder));
  }

  async #copyTree(application: string, from: string, to: string): Promise<void> {
    this.#signal?.throwIfAborted();
    await mkdir(to, { recursive: true });
    for (const item of await readdir(from, { withFileTypes: true })) {
      const [source, target] = [join(from, item.name), join(to, item.name)];
      // Another application may have needed a part of this folder before.
      if ((await kindOf(target)) === "file") continue;
      if (item.isDirectory()) await this.#copyTree(application, source, target);
      else if (item.isSymbolicLink()) await this.#copyLink(application, source, target);
      else if (item.isFile()) await copyFile(source, target);
    }
  }

  /** A linked file becomes a file of its own, since copies are written to; a linked folder a link inside the copy. */
  async #copyLink(application: string, source: string, target: string): Promise<void> {
    const real = await this.#real(application, source);
    const kind = real === undefined ? undefined : await kindOf(real);
    if (real === undefined || kind === undefined) return; // it leads nowhere: kustomize tells who needs it
    if (kind === "file") return copyFile(real, target);
    if ((await kindOf(target)) === undefined) await symlink(relative(dirname(target), this.#copyOf(real)), target);
    await this.#copyFolder(application, real);
  }

  /** Rewrites the kustomization of one folder's copy; gives the folders it builds on. */
  async #translate(application: string, folder: string, file: string): Promise<string[]> {
    const shown = `${this.#shown(folder)}/${file}`;
    const text = await readFile(join(folder, file), "utf8");
    const next: string[] = [];
    const renamed = new Map<string, string>();
    for (const { field, path } of namedPaths(text)) {
      const target = resolve(folder, path);
      const within = isWithin(this.#root, target);
      const real = within ? await this.#real(application, target) : undefined;
      const kind = real === undefined ? undefined : await kindOf(real);
      if (listsOfResources.has(field)) {
        if (!within)
          throw failed(application, message("kfBuild.namesOutsideOf", { file: shown, path, root: this.#root }));
        if (kind === undefined) throw failed(application, message("kfBuild.namesMissing", { file: shown, path }));
        if (kind === "folder" && real !== undefined) next.push(real);
      }
      if (kind !== "file" || real === undefined) continue;
      const inside = isWithin(folder, target);
      if (!inside) renamed.set(path, await this.#bringIn(folder, real));
      if (field === "configurations")
        await this.#translateConfiguration(real, join(this.#copyOf(folder), renamed.get(path) ?? path));
    }
    const copy = join(this.#copyOf(folder), file);
    if (this.#translated.has(copy)) return next;
    this.#translated.add(copy);
    const once = dropRepeatedFields(text) ?? text;
    const moved = renamed.size === 0 ? once : renamePaths(once, renamed);
    const now = translateTransformers(moved) ?? moved;
    if (now !== text) await writeFile(copy, now);
    return next;
  }

  /** kfctl 1.2 let kustomizations take files from anywhere; kustomize by itself only takes them from below. */
  async #bringIn(folder: string, target: string): Promise<string> {
    const name = `flowdeck-outside/${++this.#outside}/${basename(target)}`;
    const copy = join(this.#copyOf(folder), name);
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(target, copy);
    return name;
  }

  async #translateConfiguration(original: string, copy: string): Promise<void> {
    const now = translateConfiguration(await readFile(original, "utf8"));
    if (now !== undefined) await writeFile(copy, now);
  }
}

function failed(application: string, because: Message): FlowdeckError {
  return new FlowdeckError("build-failed", cannotBuild(application, because));
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  const state = await stat(path).catch(() => undefined); // absent, or no path at all: then it is no file
  if (state === undefined) return undefined;
  if (state.isDirectory()) return "folder";
  return state.isFile() ? "file" : undefined;
}
