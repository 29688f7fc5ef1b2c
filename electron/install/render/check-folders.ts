import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isNode, isScalar, isSeq, parseAllDocuments, parseDocument, visit, type YAMLMap } from "yaml";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { isRemoteReference } from "./remote-bases.ts";
import { multipliesWithoutEnd } from "./yaml-bomb.ts";

const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Lists of files and folders; what stands in them over several lines is meant itself. */
const lists = new Set(["resources", "bases", "components", "crds", "configurations", "patchesStrategicMerge"]);
/** The same, of objects that may name files themselves. */
const plugins = new Set(["generators", "transformers", "validators"]);
/** Lists of mappings that have a file in `path`. */
const withPath = new Set(["patches", "patchesJson6902", "replacements"]);
const generators = new Set(["configMapGenerator", "secretGenerator"]);
const charts = new Set(["helmCharts", "helmChartInflationGenerator", "helmGlobals"]);
/** Far more than the biggest file of real manifests. */
const maxBytes = 64 * 1024 ** 2;

/**
 * Looks through what kustomize is going to read, before any builder of whatever kind runs: nothing in it may have to be
 * fetched, and no file may come to gigabytes once its aliases are written out. What is wrong in other ways is left for
 * kustomize to say. Throws `build-failed` naming the file.
 */
export async function checkFolders(
  folders: readonly { path: string; title: string }[],
  signal?: AbortSignal,
): Promise<void> {
  const seen = new Set<string>();
  for (const { path, title } of folders) await new FolderCheck(path, title, seen, signal).walk();
}

class FolderCheck {
  readonly #top: string;
  readonly #title: string;
  readonly #seen: Set<string>;
  readonly #signal: AbortSignal | undefined;

  constructor(top: string, title: string, seen: Set<string>, signal: AbortSignal | undefined) {
    this.#top = top;
    this.#title = title;
    this.#seen = seen;
    this.#signal = signal;
  }

  async walk(): Promise<void> {
    const open = [this.#top];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (this.#seen.has(folder)) continue;
      this.#seen.add(folder);
      this.#signal?.throwIfAborted();
      for (const name of kustomizationNames) open.push(...(await this.#kustomization(folder, join(folder, name))));
    }
  }

  /** Checks one, where it is there; gives the folders that it names. */
  async #kustomization(folder: string, file: string): Promise<string[]> {
    const text = await this.#read(file);
    if (text === undefined) return [];
    const { contents } = parseDocument(text, { uniqueKeys: false });
    if (!isMap(contents)) return [];
    const next: string[] = [];
    for (const { path, plugin } of this.#named(contents, file)) {
      this.#refuseRemote(path, file);
      const target = join(folder, path);
      const kind = await kindOf(target);
      if (kind === "folder") next.push(target);
      if (kind !== "file" || this.#seen.has(target)) continue;
      this.#seen.add(target);
      const content = await this.#read(target);
      if (plugin && content !== undefined) this.#plugin(content, target);
    }
    return next;
  }

  #named(kustomization: YAMLMap, file: string): { path: string; plugin?: boolean }[] {
    const found: { path: string; plugin?: boolean }[] = [];
    for (const { key, value } of kustomization.items) {
      const field = isScalar(key) ? String(key.value) : "";
      if (charts.has(field)) throw this.#failed(file, message("render.charts", { field }));
      if (field === "openapi" && isMap(value)) found.push(...texts(value.get("path")));
      for (const item of isSeq(value) ? value.items : []) {
        const own = isScalar(item) ? item.value : item;
        if (lists.has(field)) found.push(...texts(own));
        else if (plugins.has(field)) {
          if (typeof own === "string" && own.includes("\n")) this.#plugin(own, file);
          found.push(...texts(own).map(({ path }) => ({ path, plugin: true })));
        } else if (withPath.has(field) && isMap(item)) found.push(...texts(item.get("path")));
        else if (generators.has(field) && isMap(item)) found.push(...generated(item));
      }
    }
    return found;
  }

  /** An object that kustomize runs as a transformer or generator: built-in ones take files, too. */
  #plugin(text: string, file: string): void {
    const documents = parseAllDocuments(text, { uniqueKeys: false });
    for (const document of Array.isArray(documents) ? documents : [])
      visit(document, {
        Pair: (_key, { key, value }) => {
          if (!isScalar(key) || !/^(path|paths|files|envs|env|repo|chartRepo|valuesFile)$/i.test(String(key.value)))
            return;
          if (!isNode(value)) return;
          visit(value, {
            Scalar: (_at, scalar) => {
              for (const { path } of texts(scalar.value)) this.#refuseRemote(afterKey(path), file);
            },
          });
        },
      });
  }

  #refuseRemote(path: string, file: string): void {
    if (isRemoteReference(path)) throw this.#failed(file, message("render.remote", { path }));
  }

  async #read(file: string): Promise<string | undefined> {
    const state = await stat(file).catch(() => undefined); // absent: kustomize says who needs it
    if (!state?.isFile()) return undefined;
    if (state.size > maxBytes) throw this.#failed(file, message("render.bigFile", { megabytes: maxBytes / 1024 ** 2 }));
    const text = await readFile(file, "utf8");
    if (multipliesWithoutEnd(text)) throw this.#failed(file, message("render.aliases"));
    return text;
  }

  #failed(file: string, because: Message): FlowdeckError {
    return new FlowdeckError("build-failed", message("render.notRun", { name: this.#title, because }), {
      detail: file,
    });
  }
}

function texts(value: unknown): { path: string }[] {
  return typeof value === "string" && value !== "" && !value.includes("\n") ? [{ path: value }] : [];
}

function generated(item: YAMLMap): { path: string }[] {
  const many = ["files", "envs"].flatMap((name) => {
    const list = item.get(name);
    return isSeq(list) ? list.items.map((one) => (isScalar(one) ? one.value : undefined)) : [];
  });
  return [...many, item.get("env")].flatMap(texts).map(({ path }) => ({ path: afterKey(path) }));
}

/** `key=path` */
function afterKey(path: string): string {
  return /^[^/=?]+=/.test(path) ? path.slice(path.indexOf("=") + 1) : path;
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  const state = await stat(path).catch(() => undefined); // absent, or no path at all
  if (state?.isDirectory()) return "folder";
  return state?.isFile() ? "file" : undefined;
}
