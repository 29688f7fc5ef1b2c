import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { fields } from "../../../common/json/index.ts";
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
export async function checkReferences(folder: string, root: string, roots: readonly string[]): Promise<string[]> {
  const check = new Check(await realpath(root), await Promise.all(roots.map((one) => realpath(one))));
  await check.start(folder);
  return [...new Set(check.errors)];
}

class Check {
  readonly errors: string[] = [];
  readonly #root: string;
  readonly #roots: readonly string[];
  readonly #done = new Set<string>();

  constructor(root: string, roots: readonly string[]) {
    this.#root = root;
    this.#roots = roots;
  }

  async start(path: string): Promise<void> {
    const real = await this.#real(path);
    if (real === undefined) this.errors.push(`${this.#called(path)} is not there`);
    else if (real === "outside") this.errors.push(`${this.#called(path)} is a link to a place outside`);
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
      this.errors.push(`${circle[0]} builds on itself (${circle.join(" → ")})`);
      return;
    }
    if (this.#done.has(real)) return;
    this.#done.add(real);
    const found = (await readdir(real)).filter((name) => names.includes(name));
    const [name] = found;
    if (name === undefined) {
      this.errors.push(`${this.#called(real)} has no kustomization.yaml`);
      return;
    }
    const file = join(real, name);
    const place = await this.#real(file);
    if (place === undefined || place === "outside") {
      this.errors.push(`${this.#called(file)} is a link to a place outside`);
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
      this.errors.push(`${this.#called(file)} names ${named}, and nothing is fetched during a build`);
      return;
    }
    const path = join(folder, named);
    const outside = () => this.errors.push(`${this.#called(file)} names ${named}, which lies outside`);
    // Told first by the text, so that nobody learns what there is elsewhere.
    if (![this.#root, ...this.#roots].some((root) => isWithin(root, path))) {
      outside();
      return;
    }
    const real = await this.#real(path);
    if (real === undefined) {
      this.errors.push(`${this.#called(file)} names ${named}, which is not there`);
      return;
    }
    if (real === "outside") {
      outside();
      return;
    }
    if (!(await stat(real)).isDirectory()) return;
    if (folders) await this.#folder(real, above);
    else this.errors.push(`${this.#called(file)} names ${named}, which is a folder`);
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
