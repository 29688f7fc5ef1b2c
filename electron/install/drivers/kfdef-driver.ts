import { FlowdeckError, type InstallSettings, type ReleaseCapabilities } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { kfDefLines } from "../commands.ts";
import { refuseOtherName } from "../installation-dir/cluster-guard.ts";
import { ApplicationWords } from "../run/application-words.ts";
import type { CatalogueRelease, KfDefPipeline } from "../types.ts";
import { kfDefOf, kfDefTitle } from "./kfdef-settings.ts";
import type { DriverInput, Installed, ReleaseDriver, Rendered } from "./release-driver.ts";
import { renderKfDef } from "./render-kfdef.ts";

/** Releases that are KfDef files: their components are the file's applications, applied in its order. */
export function kfDefDriver(pipeline: KfDefPipeline | undefined): ReleaseDriver {
  return {
    drives: ({ shape }) => shape === "kfdef",
    capabilities,
    settings: whole,
    configFile: ({ kfdef }) => kfdef && pipeline?.fileName(kfdef.configUri),
    render: (input) => render(pipeline, input),
    commands: (step, input) => kfDefLines(step, { ...input, settings: whole(input.release, input.settings) }),
    async beforeApply({ settings: { kfdef }, kfDir, clusterName }) {
      if (kfdef === undefined) return [];
      await pipeline?.setClusterName(kfDir, kfdef.configUri, clusterName);
      return [message("installLog.clusterName", { name: clusterName })];
    },
    // kfctl's guard before a delete
    async refuseRemoval({ settings: { kfdef }, kfDir, clusterName }: Installed) {
      if (kfdef) refuseOtherName(await pipeline?.clusterName(kfDir, kfdef.configUri), clusterName);
    },
    narrator: (plan, log) => new ApplicationWords(plan, log),
  };
}

function capabilities({ kfdef }: CatalogueRelease): ReleaseCapabilities {
  return { components: "file", signIn: "dex", ...(kfdef ? { files: kfdef } : {}) };
}

function whole(release: CatalogueRelease, settings: InstallSettings): InstallSettings {
  const kfdef = kfDefOf(release, settings);
  return kfdef ? { ...settings, kfdef } : settings;
}

async function render(pipeline: KfDefPipeline | undefined, input: DriverInput): Promise<Rendered> {
  if (pipeline === undefined) throw new FlowdeckError("release-unknown", message("render.noKfDef"));
  const { release, settings, signal } = input;
  if (settings.access !== undefined && settings.access.way !== "forward")
    throw new FlowdeckError("settings-invalid", message("wayIn.kfDefFixed"), {
      advice: message("wayIn.kfDefFixedWay"),
    });
  const kfdef = await renderKfDef(pipeline, input);
  signal.throwIfAborted();
  return {
    title: kfDefTitle(release.title.en, kfdef.version),
    built: kfdef.built,
    components: kfdef.components,
    inOrder: true,
    namespace: kfdef.namespace,
    unservedAdvice: settings.kfdef?.modernise === false ? message("plan.letConvert") : message("plan.dropApplication"),
    warnings: kfdef.warnings,
    platformChanges: [],
    conversions: kfdef.changes,
    goneImages: kfdef.goneImages,
    cloudFiles: kfdef.cloudFiles,
    adjustments: [],
    hidden: kfdef.hidden,
  };
}
