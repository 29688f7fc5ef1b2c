import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FlowdeckError } from "../../../common/contract/index.ts";
import type { KfApplication } from "../types.ts";
import { overlaysIn } from "./choices.ts";
import { isFolder, readIfThere, writeFresh } from "./files.ts";
import { formatKustomization, type Kustomization, kustomizationFile, readKustomization } from "./kustomization.ts";
import { joinJsonPatches, Merge } from "./merge.ts";
import { type Defaults, editParamsEnv } from "./params-env.ts";

/**
 * Makes the kustomization.yaml of an application that was copied to `folder`, and fills its params.env files in. Gives
 * what was left out of account, in words. Throws `build-failed`.
 */
export async function generateApplication(
  folder: string,
  application: KfApplication,
  defaults: Defaults,
): Promise<string[]> {
  const base = await readFolder(folder, "base", application.name);
  const own = base === undefined ? await readFolder(folder, "", application.name) : undefined;
  const { kustomization, left } =
    own === undefined
      ? await mergeAll(folder, application, base, defaults)
      : { kustomization: own, left: ignored(application) };
  if ((kustomization.namespace ?? "") === "") kustomization.namespace = defaults.namespace;
  await writeFresh(join(folder, kustomizationFile), formatKustomization(kustomization));
  return left;
}

/** Where an application has no base, kfctl takes its own kustomization as it is. */
function ignored({ overlays, parameters }: KfApplication): string[] {
  const what = [...(overlays.length > 0 ? ["overlays"] : []), ...(parameters.length > 0 ? ["parameters"] : [])];
  return what.length === 0 ? [] : [`it has no folder "base", so its ${what.join(" and ")} don't count`];
}

async function mergeAll(
  folder: string,
  application: KfApplication,
  base: Kustomization | undefined,
  defaults: Defaults,
): Promise<{ kustomization: Kustomization; left: string[] }> {
  const parameters = new Map(application.parameters.map(({ name, value }) => [name, value]));
  const merge = new Merge(application.name);
  const add = async (below: string, kustomization: Kustomization) => {
    await fillParams(join(folder, below), parameters, defaults);
    merge.add(below, kustomization);
  };
  if (base !== undefined) await add("base", base);
  const namespace = parameters.get("namespace");
  if (namespace !== undefined) merge.result.namespace = namespace;
  let found = base === undefined ? 0 : 1;
  for (const overlay of application.overlays) {
    const below = `overlays/${overlay}`;
    if (!(await isFolder(join(folder, below)))) {
      merge.left.push(`there is no overlay "${overlay}" (${await overlayNames(folder)})`);
      continue;
    }
    const kustomization = await readFolder(folder, below, application.name);
    if (kustomization === undefined)
      throw new FlowdeckError(
        "build-failed",
        `The application ${application.name} can't be built: its ${below} has no ${kustomizationFile}.`,
      );
    await add(below, kustomization);
    found += 1;
  }
  if (found === 0)
    throw new FlowdeckError(
      "build-failed",
      `The application ${application.name} can't be built: ${application.repoRef.path} has no ${kustomizationFile}, neither of its own nor in a folder "base".`,
      {
        detail: `Correct repoRef.path of ${application.name} in the KfDef.`,
      },
    );
  const patches = joinJsonPatches(merge.result.patchesJson6902 ?? []);
  if (patches.length > 0) merge.result.patchesJson6902 = await writePatches(folder, application, patches);
  return { kustomization: merge.result, left: merge.left };
}

async function overlayNames(folder: string): Promise<string> {
  const names = await overlaysIn(folder);
  return names.length === 0 ? "there are none" : `there is ${names.join(", ")}`;
}

async function writePatches(folder: string, { name }: KfApplication, patches: ReturnType<typeof joinJsonPatches>) {
  const broken = (why: string) => new FlowdeckError("build-failed", `The application ${name} can't be built: ${why}.`);
  for (const { patch, from } of patches) {
    const target = patch.path ?? "";
    if (/[/\\]/.test(target)) throw broken(`a patch is for an object with the name "${patch.target?.name ?? ""}"`);
    const texts = [(await readIfThere(join(folder, target))) ?? ""];
    for (const file of from) {
      const text = await readIfThere(join(folder, file));
      if (text === undefined) throw broken(`its patch ${file} is not there`);
      texts.push(text);
    }
    await writeFresh(join(folder, target), texts.join(""));
  }
  return patches.map(({ patch }) => patch);
}

async function readFolder(folder: string, below: string, application: string): Promise<Kustomization | undefined> {
  const text = await readIfThere(join(folder, below, kustomizationFile));
  return text === undefined ? undefined : readKustomization(text, `${application}: ${join(below, kustomizationFile)}`);
}

async function fillParams(folder: string, parameters: ReadonlyMap<string, string>, defaults: Defaults): Promise<void> {
  const file = join(folder, "params.env");
  if ((await readIfThere(file)) === undefined) return;
  const text = await readFile(file, "utf8");
  await writeFresh(file, editParamsEnv(text, parameters, defaults));
}
