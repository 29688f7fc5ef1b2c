import { randomBytes } from "node:crypto";
import { mkdir, symlink } from "node:fs/promises";
import { basename, join, posix, resolve } from "node:path";
import { type AppError, type CloudFile, type ErrorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { KfDir } from "../../kf-dir/index.ts";
import { kfName } from "../config/index.ts";
import { cloudConfigs, withPlugins } from "../plugins/index.ts";
import type { KfApplication, KfDef } from "../types.ts";
import { generateApplication } from "./application.ts";
import { keptFiles, stageCloudFiles } from "./cloud-files.ts";
import { configFileText } from "./config-file.ts";
import { copyTree, isFolder } from "./files.ts";
import { checkReferences } from "./references.ts";
import { cachedFolder, placeRepo, type RepoSources } from "./repos.ts";
import { generateStack, setStackParameter, usesStacks } from "./stacks.ts";

export interface BuildTreeInput {
  /** What `text` says, without errors. */
  kfdef: KfDef;
  text: string;
  /** CONFIG_FILE's name. */
  fileName: string;
  /** Where it is written: KF_DIR, or another folder when KF_DIR is to stay as it is. */
  target: string;
  /** The name of this folder is the installation's where the file says none. */
  kfDir: string;
  sources: RepoSources;
  /** Build `kustomize` though it is there already; kfctl never does. */
  again?: boolean;
  signal?: AbortSignal | undefined;
  onProgress?: ((step: "sources" | "build", fraction: number, said: Message) => void) | undefined;
}

export interface BuiltTree {
  /** In file order, with the folder of each under `target`. */
  applications: { name: string; folder: string }[];
  /** `kustomize` was there, so nothing was built. */
  skipped: boolean;
  /** What plugins make for their clouds' own tools. */
  cloudFiles: CloudFile[];
  warnings: AppError[];
}

/**
 * What `kfctl build` does: the repos in `.cache`, a kustomization for each application in `kustomize`, and CONFIG_FILE
 * with the place of the cache in its status. Where `kustomize` is there it is left as it is, but for files that use
 * stacks. Everything is made in a folder beside and then put into its place, so that what stops it leaves nothing half
 * done; nothing is written outside `target`. Folders for clouds (`gcp_config`, `aws_config`) are made where they are not there. Throws `kfdef-invalid`, `build-failed`, `archive-unsafe`,
 * `folder-unusable`, and what downloading throws.
 */
export async function buildTree(input: BuildTreeInput): Promise<BuiltTree> {
  const { kfdef, signal } = input;
  signal?.throwIfAborted();
  const target = new KfDir(input.target);
  for (const name of [".cache", input.fileName]) await target.kind(name);
  const there = (await target.kind("kustomize")) === "folder";
  const stacks = usesStacks(kfdef);
  if (there && !stacks && input.again !== true) return skip(input, target);
  const work = `.flowdeck-build-${randomBytes(6).toString("hex")}`;
  await target.makeFolder(work);
  try {
    return await build(input, join(input.target, work), { stacks, keep: there && input.again !== true });
  } finally {
    await target.removeTree(work);
  }
}

async function skip(input: BuildTreeInput, target: KfDir): Promise<BuiltTree> {
  const kustomize = join(target.path, "kustomize");
  const { applications } = withPlugins(input.kfdef, kfName(input.kfdef.metadata.name, input.kfDir), input.kfDir).kfdef
    .spec;
  const there = new Set((await target.list("kustomize")).map(({ name }) => name));
  const missing = applications.filter(({ name }) => !there.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw new FlowdeckError(
      "kfdef-invalid",
      message("kfBuild.builtWithout", { folder: kustomize, names: missing.join(", ") }),
      {
        advice: message("kfBuild.builtWithoutAdvice"),
      },
    );
  input.onProgress?.("build", 1, message("kfBuild.folderLeft", { folder: kustomize }));
  // It may be somebody else's work: what was checked when it was built here is checked again.
  const errors: Message[] = [];
  for (const { name } of applications) {
    input.signal?.throwIfAborted();
    const references = await checkReferences(join(kustomize, name), target.path, [target.path]);
    errors.push(...references.map((what) => message("kfBuild.ofApplication", { application: name, what })));
  }
  refuse(errors);
  const configs = cloudConfigs(input.kfdef, kfName(input.kfdef.metadata.name, input.kfDir));
  const kept = await Promise.all(configs.map((config) => keptFiles(config, input.kfDir)));
  return {
    applications: applications.map(({ name }) => ({ name, folder: join(kustomize, name) })),
    skipped: true,
    cloudFiles: kept.flatMap((files) => files ?? []),
    warnings: [],
  };
}

function refuse(errors: readonly Message[]): void {
  const [what] = errors;
  if (what === undefined) return;
  throw new FlowdeckError(
    "build-failed",
    errors.length === 1
      ? message("kfBuild.sentence", { what })
      : message("kfBuild.sentenceMore", { what, count: errors.length - 1 }),
    { advice: errors },
  );
}

interface Mode {
  stacks: boolean;
  /** What is in `kustomize` stays; for stacks. */
  keep: boolean;
}

async function build(input: BuildTreeInput, work: string, mode: Mode): Promise<BuiltTree> {
  const { target, signal } = input;
  const warnings: AppError[] = [];
  const name = kfName(input.kfdef.metadata.name, input.kfDir);
  const effective = withPlugins(input.kfdef, name, input.kfDir);
  warnings.push(...effective.warnings);
  const { kfdef } = effective;
  const repos = await provideRepos(input, work, warnings);
  await checkPaths(kfdef.spec.applications, repos);
  const kustomize = join(work, "kustomize");
  if (mode.keep) await copyTree(join(target, "kustomize"), kustomize, { root: join(target, "kustomize"), signal });
  await mkdir(kustomize, { recursive: true });
  const defaults = {
    name,
    namespace: kfdef.metadata.namespace ?? "kubeflow",
    project: effective.project,
    seed: input.kfDir,
  };
  if (mode.stacks)
    for (const set of effective.parameters) await setStackParameter(kustomize, set.application, set.name, set.value);
  const errors: Message[] = [];
  for (const [index, application] of kfdef.spec.applications.entries()) {
    signal?.throwIfAborted();
    input.onProgress?.(
      "build",
      index / kfdef.spec.applications.length,
      message("kfBuild.processing", { name: application.name }),
    );
    const repo = repos.get(application.repoRef.name);
    if (repo === undefined) continue; // told by checkPaths
    const folder = join(kustomize, application.name);
    if (mode.stacks) {
      await generateStack(folder, posix.join(repo.place, application.repoRef.path));
      if (hasOwnChoices(input.kfdef, application.name))
        warnings.push(warningOf("build-failed", message("kfBuild.stacksChoices", { application: application.name })));
    } else {
      await copyTree(join(repo.folder, application.repoRef.path), folder, { root: repo.folder, signal });
      const left = await generateApplication(folder, application, defaults);
      if (left.length > 0) warnings.push(leftOut(application.name, left));
    }
    const roots = mode.stacks ? [kustomize, ...[...repos.values()].map((one) => one.folder)] : [folder];
    const references = await checkReferences(folder, work, roots);
    errors.push(...references.map((what) => message("kfBuild.ofApplication", { application: application.name, what })));
  }
  refuse(errors);
  signal?.throwIfAborted();
  const cloud = await stageCloudFiles({ configs: cloudConfigs(input.kfdef, name), kfDir: input.kfDir, work, repos });
  warnings.push(...cloud.warnings);
  await putInPlace(input, work, repos, cloud.folders);
  input.onProgress?.("build", 1, message("kfBuild.built"));
  return {
    applications: kfdef.spec.applications.map((application) => ({
      name: application.name,
      folder: join(target, "kustomize", application.name),
    })),
    skipped: false,
    cloudFiles: cloud.files,
    warnings,
  };
}

/** As the file has it: what plugins set counts in stacks, too. */
function hasOwnChoices(kfdef: KfDef, name: string): boolean {
  const own = kfdef.spec.applications.find((application) => application.name === name);
  return own !== undefined && (own.overlays.length > 0 || own.parameters.length > 0);
}

function leftOut(application: string, notes: readonly Message[]): AppError {
  const all = notes.reduce((first, second) => message("kfBuild.and", { first, second }));
  return warningOf("build-failed", message("kfBuild.leftOut", { application, notes: all }));
}

function warningOf(code: ErrorCode, said: Message): AppError {
  return new FlowdeckError(code, said).toJSON();
}

interface PlacedRepo {
  /** Where its files are now. */
  folder: string;
  /** Where they are going to be, seen from `target`. */
  place: string;
  /** It was there before. */
  kept: boolean;
}

async function provideRepos(
  input: BuildTreeInput,
  work: string,
  warnings: AppError[],
): Promise<Map<string, PlacedRepo>> {
  const { kfdef, target, sources, signal } = input;
  const found = new Map<string, PlacedRepo>();
  await mkdir(join(work, ".cache"));
  const used = new Set([
    ...kfdef.spec.applications.map(({ repoRef }) => repoRef.name),
    ...cloudConfigs(kfdef, "").map(({ repo }) => repo),
  ]);
  for (const repo of kfdef.spec.repos) {
    signal?.throwIfAborted();
    const cache = join(target, ".cache", repo.name);
    const known = kfdef.reposCache.findLast(({ name }) => name === repo.name)?.localPath ?? "";
    const staged = join(work, ".cache", repo.name);
    const below = known !== "" && (await isFolder(cache)) ? await cachedFolder(cache, repo, known) : undefined;
    if (below !== undefined) {
      // So that paths into it lead there from the folder of work, too.
      await symlink(resolve(cache), staged);
      found.set(repo.name, { folder: join(cache, below), place: posix.join(".cache", repo.name, below), kept: true });
      continue;
    }
    if (!used.has(repo.name) && kfdef.spec.repos.length > 1) {
      warnings.push(warningOf("kfdef-invalid", message("kfBuild.repoUnused", { name: repo.name })));
      continue;
    }
    input.onProgress?.("sources", 0, message("kfBuild.fetching", { uri: repo.uri }));
    await mkdir(staged);
    const { folder, warning } = await placeRepo(repo, staged, {
      ...sources,
      from: input.kfDir,
      signal,
      onProgress: (fraction, said) => input.onProgress?.("sources", fraction, said),
    });
    if (warning !== undefined) warnings.push(warning);
    found.set(repo.name, { folder: join(staged, folder), place: posix.join(".cache", repo.name, folder), kept: false });
    input.onProgress?.("sources", 1, message("kfBuild.fetched", { uri: repo.uri }));
  }
  return found;
}

async function checkPaths(
  applications: readonly KfApplication[],
  repos: ReadonlyMap<string, PlacedRepo>,
): Promise<void> {
  const there = await Promise.all(
    applications.map(({ repoRef }) => {
      const repo = repos.get(repoRef.name);
      return repo !== undefined && isFolder(join(repo.folder, repoRef.path));
    }),
  );
  const missing = applications.filter((_, index) => !there[index]);
  const lines = missing.map(({ name, repoRef }) =>
    repos.has(repoRef.name)
      ? message("kfBuild.repoNoFolder", { application: name, repo: repoRef.name, path: repoRef.path })
      : message("kfBuild.noRepo", { application: name, repo: repoRef.name }),
  );
  const [what] = lines;
  if (what === undefined) return;
  throw new FlowdeckError(
    "kfdef-invalid",
    lines.length === 1 ? what : message("kfdef.more", { what, count: lines.length - 1 }),
    { advice: lines },
  );
}

/** Only renames from here on; CONFIG_FILE comes last, so that its status never speaks of what is not there. */
async function putInPlace(
  input: BuildTreeInput,
  work: string,
  repos: ReadonlyMap<string, PlacedRepo>,
  cloudFolders: readonly string[],
): Promise<void> {
  const { fileName } = input;
  const target = new KfDir(input.target);
  const own = basename(work);
  await target.makeFolder(".cache");
  for (const [name, { kept }] of repos) {
    if (kept) continue;
    await moveAway(target, `.cache/${name}`, `${own}/old-cache-${name}`);
    await target.rename(`${own}/.cache/${name}`, `.cache/${name}`);
  }
  await moveAway(target, "kustomize", `${own}/old-kustomize`);
  await target.rename(`${own}/kustomize`, "kustomize");
  for (const folder of cloudFolders) await target.rename(`${own}/${folder}`, folder);
  const text = configFileText(
    input.text,
    [...repos].map(([name, { place }]) => ({ name, localPath: place })),
  );
  if ((await target.readText(fileName)) !== text) await target.write(fileName, text);
}

async function moveAway(target: KfDir, from: string, to: string): Promise<void> {
  if ((await target.kind(from)) !== undefined) await target.rename(from, to);
}
