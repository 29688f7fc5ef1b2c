import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { fields } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { isRemoteReference } from "../../install/index.ts";
import { isWithin, realPathWithin } from "../../kf-dir/index.ts";
import { readIfThere } from "./files.ts";
import { type Kustomization, readKustomization } from "./kustomization.ts";

const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/**
 * Follows a kustomization in `folder` to everything that it names: files and folders have to be there and lie below one
 * of `roots` (links followed), nothing may have to be fetched, and no folder may build on itself. `root` is what paths in
 * messages start from. Gives what is wrong, in words.
 */
export async function checkReferences(folder: string, root: string, roots: readonly string[]): Promise<Message[]> {
  const check = new Check(await realpath(root), await Promise.all(roots.map((one) => realpath(one))));
  await check.start(folder);
  return [...new Map(check.errors.map((error) => [JSON.stringify(error), error])).values()];
}

class Check {
  readonly errors: Message[] = [];
  readonly #root: string;
  readonly #roots: readonly string[];
  readonly #done = new Set<string>();

  constructor(root: string, roots: readonly string[]) {
    this.#root = root;
    this.#roots = roots;
  }

  async start(path: string): Promise<void> {
    const real = await this.#real(path);
    if (real === undefined) this.errors.push(message("kfBuild.notThere", { path: this.#called(path) }));
    else if (real === "outside") this.errors.push(message("kfBuild.linkOutside", { path: this.#called(path) }));
    else await this.#folder(real, []);
  }

  /** Real paths below any of the roots. */
  async #real(path: string): Promise<string | "outside" | undefined> {
    const found = await Promise.all(this.#roots.map((root) => realPathWithin(root, path)));
    return found.find((one) => one !== "outside" && one !== undefined) ?? found[0];
  }

  /** `above`: the folders that build on this one, outermost first, with their real paths. */
  async #folder(real: string, above: readonly string[]): Promise<void> {
    const start = above.indexOf(real);
    if (start !== -1) {
      const circle = [...above.slice(start), real].map((one) => this.#called(one));
      this.errors.push(message("kfBuild.buildsOnItself", { path: circle[0] ?? "", circle: circle.join(" → ") }));
      return;
    }
    if (this.#done.has(real)) return;
    this.#done.add(real);
    const found = (await readdir(real)).filter((name) => names.includes(name));
    const [name] = found;
    if (name === undefined) {
      this.errors.push(message("kfBuild.noKustomizationFile", { path: this.#called(real) }));
      return;
    }
    const file = join(real, name);
    const place = await this.#real(file);
    if (place === undefined || place === "outside") {
      this.errors.push(message("kfBuild.linkOutside", { path: this.#called(file) }));
      return;
    }
    const kustomization = readKustomization((await readIfThere(place)) ?? "", this.#called(file));
    for (const { path: named, folders } of namedBy(kustomization))
      await this.#follow(file, real, named, folders, [...above, real]);
  }

  async #follow(
    file: string,
    folder: string,
    named: string,
    folders: boolean,
    above: readonly string[],
  ): Promise<void> {
    if (isRemoteReference(named)) {
      this.errors.push(message("kfBuild.namesRemote", { file: this.#called(file), path: named }));
      return;
    }
    const path = join(folder, named);
    const outside = () => this.errors.push(message("kfBuild.namesOutside", { file: this.#called(file), path: named }));
    // Told first by the text, so that nobody learns what there is elsewhere.
    if (![this.#root, ...this.#roots].some((root) => isWithin(root, path))) {
      outside();
      return;
    }
    const real = await this.#real(path);
    if (real === undefined) {
      this.errors.push(message("kfBuild.namesMissing", { file: this.#called(file), path: named }));
      return;
    }
    if (real === "outside") {
      outside();
      return;
    }
    if (!(await stat(real)).isDirectory()) return;
    if (folders) await this.#folder(real, above);
    else this.errors.push(message("kfBuild.namesFolder", { file: this.#called(file), path: named }));
  }

  #called(path: string): string {
    const under = [this.#root, ...this.#roots].find((root) => isWithin(root, path));
    return under === undefined ? path : relative(under, path) || ".";
  }
}

function namedBy(kustomization: Kustomization): { path: string; folders: boolean }[] {
  const folders = [...(kustomization.bases ?? []), ...(kustomization.resources ?? [])];
  const generators = [...(kustomization.configMapGenerator ?? []), ...(kustomization.secretGenerator ?? [])];
  const files = [
    // A patch may also stand there itself, as text of several lines.
    ...(kustomization.patchesStrategicMerge ?? []).filter((patch) => !patch.includes("\n")),
    ...[...(kustomization.generators ?? []), ...(kustomization.transformers ?? [])].filter(
      (one) => !one.includes("\n"),
    ),
    ...(kustomization.patches ?? []).flatMap((patch) => textOf(fields(patch).path)),
    ...(kustomization.patchesJson6902 ?? []).flatMap(({ path }) => (path === undefined ? [] : [path])),
    ...(kustomization.configurations ?? []),
    ...(kustomization.crds ?? []),
    ...generators.flatMap(({ env, envs = [], files: sources = [] }) => [
      ...(env === undefined ? [] : [env]),
      ...envs,
      ...sources.map((source) => source.slice(source.indexOf("=") + 1)),
    ]),
  ];
  return [
    ...folders.map((path) => ({ path, folders: true })),
    ...files.map((path) => ({ path, folders: false })),
  ].filter(({ path }) => path !== "");
}

function textOf(value: unknown): string[] {
  return typeof value === "string" ? [value] : [];
}
