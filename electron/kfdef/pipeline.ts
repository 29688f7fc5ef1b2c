import { stat } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { Catalogue, type KfDefInput, openMirror, type PreparedKfDef, scratchFolder } from "../install/index.ts";
import type { Tools } from "../tools/index.ts";
import { type BuiltTree, buildTree, type RepoSources } from "./build/index.ts";
import { configFileName } from "./config/index.ts";
import { defaultNamespace } from "./document.ts";
import { takeOutLiterals, textOf } from "./edit/index.ts";
import { askServed, modernise } from "./modernise/index.ts";
import { ownText } from "./own-text.ts";
import { parseKfDef } from "./parse/index.ts";
import { renderApplications } from "./render/index.ts";
import type { KfDef } from "./types.ts";

export interface PipelineOptions {
  tools: Tools;
  dataDir: string;
  assetsDir: string;
  mirror?: string | undefined;
  /** What CONFIG_URI leads to. */
  fetch: (configUri: string, signal: AbortSignal) => Promise<string>;
}

/** Share of the build step that writing kustomize/ takes; the rest is kustomize's own work. */
const treeShare = 0.2;

/**
 * A KfDef made ready for a cluster: read, built as kfctl builds it (into KF_DIR, or aside when planning), rendered, and
 * converted to what the cluster serves. Throws `kfdef-invalid` and what fetching, building and rendering throw.
 */
export async function prepareKfDef(options: PipelineOptions, input: KfDefInput): Promise<PreparedKfDef> {
  const { settings, client, signal, onProgress } = input;
  const scratch = await scratchFolder(options.dataDir);
  try {
    const { kfdef, applications, warnings } = await builtKfDef(options, input, join(scratch.path, "kf"));
    const rendered = await renderApplications({
      folders: applications.map(({ name, folder }) => ({ name, path: folder })),
      tools: options.tools,
      scratch: scratch.path,
      signal,
      onBuilt: (name, done) =>
        onProgress("build", treeShare + ((1 - treeShare) * done) / applications.length, `${name} is rendered`),
      onProgress: (message) => onProgress("build", treeShare, message),
    });
    onProgress("build", 1, `${applications.length} applications are built`);
    const components = rendered.map((component) => ({ ...component, title: component.id }));
    const fit =
      settings.kfdef?.modernise === false
        ? { components, changes: [] }
        : modernise(components, await askServed(client, components, signal));
    return {
      namespace: kfdef.metadata.namespace ?? defaultNamespace,
      components: fit.components,
      changes: fit.changes,
      goneImages: [],
      warnings,
    };
  } finally {
    await scratch.remove();
  }
}

/** KF_DIR built, or what it would be in `aside` where KF_DIR is not built yet and has to stay as it is. */
async function builtKfDef(
  options: PipelineOptions,
  input: KfDefInput,
  aside: string,
): Promise<BuiltTree & { kfdef: KfDef }> {
  const { kfDir, planning, signal, onProgress, onMessage } = input;
  const { configUri = "", text: edited } = input.settings.kfdef ?? {};
  const fileName = configFileName(configUri);
  const own = await ownText(kfDir, fileName);
  onProgress("sources", 0, "Reading the KfDef");
  const written = edited ?? own ?? (await options.fetch(configUri, signal));
  const { kfdef, document } = parseKfDef(written, own === undefined || edited !== undefined ? configUri : fileName);
  const text = takeOutLiterals(document) === undefined ? written : textOf(document, written);
  const again = edited !== undefined && own !== undefined && !saysTheSame(kfdef, own, fileName);
  const isThere = own !== undefined && !again && (await isFolder(join(kfDir, "kustomize")));
  const target = planning && !isThere ? aside : kfDir;
  if (again && !planning) onMessage("The KfDef was changed: kustomize/ is made anew");
  // Written before anything is fetched: whoever goes on after an interruption goes on with this text.
  if (!planning && (own === undefined || again)) await writeFileAtomic(join(kfDir, fileName), text);
  const built = await buildTree({
    ...{ kfdef, text, fileName, target, kfDir, again, signal },
    sources: await sourcesOf(options),
    onProgress: (step, fraction, message) => {
      if (step === "sources") return onProgress("sources", fraction, message);
      if (fraction < 1) onMessage(message);
      onProgress("build", treeShare * fraction, message);
    },
  });
  return { ...built, kfdef };
}

/** What repos are fetched with, and what the catalogue says of their content. */
export async function sourcesOf(options: Omit<PipelineOptions, "fetch" | "tools">): Promise<RepoSources> {
  const { dataDir, assetsDir, mirror } = options;
  const releases = await new Catalogue(assetsDir).all();
  return {
    dataDir,
    assetsDir,
    mirror: mirror === undefined ? undefined : await openMirror(mirror),
    pinned: releases.flatMap((release) => release.sources),
  };
}

/** Do two KfDefs ask for the same? What applying wrote into the one on the disk does not count. */
function saysTheSame(kfdef: KfDef, own: string, fileName: string): boolean {
  const meaning = ({ metadata: { clusterName: _cluster, ...metadata }, spec }: KfDef) =>
    JSON.stringify([metadata, spec]);
  return meaning(kfdef) === meaning(parseKfDef(own, fileName).kfdef);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
