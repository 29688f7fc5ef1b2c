import { join } from "node:path";
import { FlowdeckError, fixOf } from "../../common/contract/index.ts";
import { stringifyJson } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import {
  Catalogue,
  type KfDefInput,
  openMirror,
  type PreparedKfDef,
  type RenderedComponent,
  scratchFolder,
} from "../install/index.ts";
import { KfDir } from "../kf-dir/index.ts";
import type { Tools } from "../tools/index.ts";
import { type BuiltTree, buildTree, type RepoSources } from "./build/index.ts";
import { configFileName } from "./config/index.ts";
import { defaultNamespace } from "./document.ts";
import { ownText } from "./local-config-copy.ts";
import { askServed, goneImages, migrate } from "./migration/index.ts";
import { parseKfDef } from "./parse/index.ts";
import { parseWithoutLiterals } from "./parse-without-literals.ts";
import { fillSecretValues, needsSecretValues, pluginObjects } from "./plugins/index.ts";
import { renderApplications } from "./render/index.ts";
import type { KfDef } from "./types.ts";

export interface PipelineOptions {
  tools: Tools;
  dataDir: string;
  assetsDir: string;
  mirror?: string | undefined;
  /** Values of literal secrets that a KF_DIR's file had, by KF_DIR. In memory only. */
  literals: Map<string, Record<string, string>>;
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
    const { kfdef, applications, cloudFiles, warnings, values } = await builtKfDef(
      options,
      input,
      join(scratch.path, "kf"),
    );
    const built = await renderApplications({
      built: input.built,
      folders: applications.map(({ name, folder }) => ({ name, path: folder })),
      tools: options.tools,
      scratch: scratch.path,
      signal,
      onBuilt: (name, done) =>
        onProgress(
          "build",
          treeShare + ((1 - treeShare) * done) / applications.length,
          message("kfBuild.rendered", { name }),
        ),
      onProgress: (said) => onProgress("build", treeShare, said),
    });
    onProgress("build", 1, message("kfBuild.allBuilt", { count: applications.length }));
    const key = input.secrets.digestKey;
    const ofPlugins = pluginObjects(kfdef);
    const components = await Promise.all(
      built.components.map(async ({ id, objects }) => ({
        id,
        title: id,
        objects: await fillSecretValues(
          [...ofPlugins.filter(({ application }) => application === id).map(({ object }) => object), ...objects],
          { values, key },
        ),
      })),
    );
    const missing = missingValues(kfdef, components, values);
    if (missing && !input.planning) throw missing;
    const fit =
      settings.kfdef?.modernise === false
        ? { components, changes: [] }
        : migrate(components, await askServed(client, components, signal));
    return {
      version: kfdef.spec.version,
      namespace: kfdef.metadata.namespace ?? defaultNamespace,
      built,
      components: fit.components,
      changes: fit.changes,
      goneImages: goneImages(components),
      cloudFiles,
      warnings: missing ? [...warnings, missing.toJSON()] : warnings,
      hidden: Object.values(values),
    };
  } finally {
    await scratch.remove();
  }
}

interface ReadKfDef extends BuiltTree {
  kfdef: KfDef;
  /** Of its secrets, by name: given ones, those the text had, those of the environment. In memory only. */
  values: Record<string, string>;
}

/** KF_DIR built, or what it would be in `aside` where KF_DIR is not built yet and has to stay as it is. */
async function builtKfDef(options: PipelineOptions, input: KfDefInput, aside: string): Promise<ReadKfDef> {
  const { kfDir, planning, signal, onProgress, onMessage } = input;
  const { configUri = "", text: edited } = input.settings.kfdef ?? {};
  const fileName = configFileName(configUri);
  const own = await ownText(kfDir, fileName);
  onProgress("sources", 0, message("kfBuild.reading"));
  const written = edited ?? own ?? (await options.fetch(configUri, signal));
  const where = own === undefined || edited !== undefined ? configUri : fileName;
  const { text, kfdef, values: taken } = parseWithoutLiterals(written, where);
  const again = edited !== undefined && own !== undefined && !saysTheSame(kfdef, own, fileName);
  const folder = new KfDir(kfDir);
  const isThere = own !== undefined && !again && (await folder.kind("kustomize")) === "folder";
  const target = planning && !isThere ? aside : kfDir;
  if (again && !planning) onMessage(message("kfBuild.changed"));
  // Written before anything is fetched: whoever goes on after an interruption goes on with this text.
  if (!planning && (own === undefined || again)) await folder.write(fileName, text);
  const built = await buildTree({
    ...{ kfdef, text, fileName, target, kfDir, again, signal },
    sources: await sourcesOf(options),
    onProgress: (step, fraction, said) => {
      if (step === "sources") return onProgress("sources", fraction, said);
      if (fraction < 1) onMessage(said);
      onProgress("build", treeShare * fraction, said);
    },
  });
  // The file keeps no literals: who goes on later in this process still has them.
  const literals = { ...options.literals.get(kfDir), ...taken };
  options.literals.set(kfDir, literals);
  const values = { ...environmentValues(kfdef, options.tools.environment()), ...literals, ...input.values };
  return { ...built, kfdef, values };
}

function environmentValues(kfdef: KfDef, environment: NodeJS.ProcessEnv): Record<string, string> {
  const found = kfdef.spec.secrets.map(({ name, source }) => [name, "env" in source ? environment[source.env] : ""]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== ""));
}

/** What to say when objects still have something that stands for a secret's value. */
function missingValues(
  kfdef: KfDef,
  components: readonly RenderedComponent[],
  values: Readonly<Record<string, string>>,
): FlowdeckError | undefined {
  const waiting = components.filter(({ objects }) => objects.some(needsSecretValues)).map(({ id }) => id);
  if (waiting.length === 0) return undefined;
  const secrets = kfdef.spec.secrets.filter(({ name }) => values[name] === undefined);
  const names = secrets.map(({ name }) => name).join(", ");
  const variables = secrets.map(({ source }) => ("env" in source ? source.env : "")).join(", ");
  return new FlowdeckError("settings-invalid", message("kfdef.secretsWaiting", { names }), {
    advice: message("kfdef.secretsWaitingAdvice", { applications: waiting.join(", "), variables }),
    fix: fixOf("give-secrets", message("fix.giveSecrets")),
  });
}

/** What repos are fetched with, and what the catalogue says of their content. */
export async function sourcesOf(
  options: Pick<PipelineOptions, "dataDir" | "assetsDir" | "mirror">,
): Promise<RepoSources> {
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
    stringifyJson([metadata, spec]);
  return meaning(kfdef) === meaning(parseKfDef(own, fileName).kfdef);
}
