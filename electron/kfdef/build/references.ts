import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { isWithin, readIfThere } from "./files.ts";
import { type Kustomization, readKustomization } from "./kustomization.ts";

const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** What is wrong, and what should be known, about what a kustomization builds on. */
export interface References {
  errors: string[];
  warnings: string[];
}

/**
 * Follows a kustomization in `folder` to everything that it names: files and folders have to be there and lie below one
 * of `roots` (links followed), and no folder may build on itself. `root` is what paths in messages start from.
 */
export async function checkReferences(folder: string, root: string, roots: readonly string[]): Promise<References> {
  const check = new Check(await realpath(root), await Promise.all(roots.map((one) => realpath(one))));
  await check.folder(folder, []);
  return { errors: [...new Set(check.errors)], warnings: [...new Set(check.warnings)] };
}

class Check {
  readonly errors: string[] = [];
  readonly warnings: string[] = [];
  private readonly root: string;
  private readonly roots: readonly string[];
  private readonly done = new Set<string>();

  constructor(root: string, roots: readonly string[]) {
    this.root = root;
    this.roots = roots;
  }

  /** `above`: the folders that build on this one, outermost first, with their real paths. */
  async folder(path: string, above: readonly string[]): Promise<void> {
    const real = await realpath(path);
    const start = above.indexOf(real);
    if (start !== -1) {
      const circle = [...above.slice(start), real].map((one) => this.called(one));
      this.errors.push(`${circle[0]} builds on itself (${circle.join(" → ")})`);
      return;
    }
    if (this.done.has(real)) return;
    this.done.add(real);
    const found = (await readdir(real)).filter((name) => names.includes(name));
    const [name] = found;
    if (name === undefined) {
      this.errors.push(`${this.called(real)} has no kustomization.yaml`);
      return;
    }
    const file = join(real, name);
    const kustomization = readKustomization((await readIfThere(file)) ?? "", this.called(file));
    for (const { path: named, folders } of namedBy(kustomization))
      await this.follow(file, real, named, folders, [...above, real]);
  }

  private async follow(
    file: string,
    folder: string,
    named: string,
    folders: boolean,
    above: readonly string[],
  ): Promise<void> {
    if (isRemote(named)) {
      this.warnings.push(`${this.called(file)} names ${named}, whose content no one vouches for`);
      return;
    }
    const path = join(folder, named);
    const outside = () => this.errors.push(`${this.called(file)} names ${named}, which lies outside`);
    // Told first by the text, so that nobody learns what there is elsewhere.
    if (![this.root, ...this.roots].some((root) => isWithin(root, path))) {
      outside();
      return;
    }
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined) {
      this.errors.push(`${this.called(file)} names ${named}, which is not there`);
      return;
    }
    if (!this.roots.some((root) => isWithin(root, real))) {
      outside();
      return;
    }
    if (!(await stat(real)).isDirectory()) return;
    if (folders) await this.folder(real, above);
    else this.errors.push(`${this.called(file)} names ${named}, which is a folder`);
  }

  private called(path: string): string {
    const under = [this.root, ...this.roots].find((root) => isWithin(root, path));
    return under === undefined ? path : relative(under, path) || ".";
  }
}

function namedBy(kustomization: Kustomization): { path: string; folders: boolean }[] {
  const folders = [...(kustomization.bases ?? []), ...(kustomization.resources ?? [])];
  const generators = [...(kustomization.configMapGenerator ?? []), ...(kustomization.secretGenerator ?? [])];
  const files = [
    // A patch may also stand there itself, as text of several lines.
    ...(kustomization.patchesStrategicMerge ?? []).filter((patch) => !patch.includes("\n")),
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

/** Addresses as kustomize takes them: with a scheme, git's short form, or a host it knows. */
function isRemote(path: string): boolean {
  return /^([a-z][a-z0-9+.-]*:|git@|github\.com[/:]|gitlab\.com\/|bitbucket\.org\/)/i.test(path);
}
