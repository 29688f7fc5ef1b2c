import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KfApplication } from "../types.ts";
import { cannotBuild } from "./cannot-build.ts";
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
): Promise<Message[]> {
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
function ignored({ overlays, parameters }: KfApplication): Message[] {
  if (overlays.length > 0 && parameters.length > 0) return [message("kfBuild.noBaseBoth")];
  if (overlays.length > 0) return [message("kfBuild.noBaseOverlays")];
  return parameters.length > 0 ? [message("kfBuild.noBaseParameters")] : [];
}

async function mergeAll(
  folder: string,
  application: KfApplication,
  base: Kustomization | undefined,
  defaults: Defaults,
): Promise<{ kustomization: Kustomization; left: Message[] }> {
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
      merge.left.push(await noOverlay(folder, overlay));
      continue;
    }
    const kustomization = await readFolder(folder, below, application.name);
    if (kustomization === undefined)
      throw new FlowdeckError(
        "build-failed",
        cannotBuild(application.name, message("kfBuild.overlayEmpty", { folder: below, file: kustomizationFile })),
      );
    await add(below, kustomization);
    found += 1;
  }
  if (found === 0)
    throw new FlowdeckError(
      "build-failed",
      cannotBuild(
        application.name,
        message("kfBuild.nothingToBuild", { path: application.repoRef.path, file: kustomizationFile }),
      ),
      {
        advice: message("kfdef.correctPath", { application: application.name }),
      },
    );
  const patches = joinJsonPatches(merge.result.patchesJson6902 ?? []);
  if (patches.length > 0) merge.result.patchesJson6902 = await writePatches(folder, application, patches);
  return { kustomization: merge.result, left: merge.left };
}

async function noOverlay(folder: string, name: string): Promise<Message> {
  const names = await overlaysIn(folder);
  return names.length === 0
    ? message("kfBuild.noOverlayAtAll", { name })
    : message("kfBuild.noOverlay", { name, names: names.join(", ") });
}

async function writePatches(folder: string, { name }: KfApplication, patches: ReturnType<typeof joinJsonPatches>) {
  const broken = (why: Message) => new FlowdeckError("build-failed", cannotBuild(name, why));
  for (const { patch, from } of patches) {
    const target = patch.path ?? "";
    if (/[/\\]/.test(target)) throw broken(message("kfBuild.patchPath", { name: patch.target?.name ?? "" }));
    const texts = [(await readIfThere(join(folder, target))) ?? ""];
    for (const file of from) {
      const text = await readIfThere(join(folder, file));
      if (text === undefined) throw broken(message("kfBuild.patchMissing", { file }));
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
