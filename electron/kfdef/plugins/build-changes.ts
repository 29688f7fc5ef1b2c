import { createHash } from "node:crypto";
import { type AppError, FlowdeckError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KfApplication, KfDef, KfPlugin } from "../types.ts";
import { awsChanges } from "./aws-changes.ts";
import { awsSpec } from "./aws-spec.ts";
import type { Changes, ParameterChange } from "./changes.ts";
import { gcpChanges } from "./gcp-changes.ts";
import { gcpSpec } from "./gcp-spec.ts";

/** What a KfDef's plugins make of it before it is built. */
export interface PluggedKfDef {
  kfdef: KfDef;
  /** The same parameters as in `kfdef`, for a file that uses stacks. */
  parameters: ParameterChange[];
  /** Of Google Cloud; empty without. */
  project: string;
  warnings: AppError[];
}

/**
 * The KfDef as its plugins change it before it is built. `name`: the installation's. `seed`: what is the same at every
 * build of one installation, and at no other's. No cloud is asked, no secret is in what comes of it.
 */
export function withPlugins(kfdef: KfDef, name: string, seed: string): PluggedKfDef {
  let plugged = kfdef;
  let project = "";
  const parameters: ParameterChange[] = [];
  const warnings: AppError[] = [];
  for (const plugin of kfdef.spec.plugins) {
    const changes = changesOf(plugin, kfdef, name);
    if (changes === undefined) continue;
    // Anonymous usage reports of an installation on a cloud go under a number of its own.
    changes.parameters.push({ application: "spartakus", name: "usageId", value: usageId(seed) });
    warnings.push(new FlowdeckError("kfdef-invalid", message("plugin.cloudNotAsked", { kind: plugin.kind })).toJSON());
    plugged = { ...plugged, spec: { ...plugged.spec, applications: applied(plugged.spec.applications, changes) } };
    parameters.push(...changes.parameters);
    project ||= changes.project ?? "";
  }
  return { kfdef: plugged, parameters, project, warnings };
}

function changesOf(plugin: KfPlugin, kfdef: KfDef, name: string): Changes | undefined {
  if (plugin.kind === awsSpec.kind) return awsChanges(plugin, kfdef, name);
  return plugin.kind === gcpSpec.kind ? gcpChanges(plugin, kfdef, name) : undefined;
}

function applied(applications: readonly KfApplication[], changes: Changes): KfApplication[] {
  return applications
    .filter(({ name }) => !changes.without.includes(name))
    .map((application) => {
      const own = <T extends { application: string }>(list: readonly T[]) =>
        list.filter((one) => one.application === application.name);
      let { overlays, parameters } = application;
      for (const { add, remove } of own(changes.overlays)) {
        overlays = overlays.filter((overlay) => overlay !== remove);
        if (add !== undefined && !overlays.includes(add)) overlays = [...overlays, add];
      }
      for (const { name, value } of own(changes.parameters)) {
        parameters = parameters.some((one) => one.name === name)
          ? parameters.map((one) => (one.name === name ? { name, value } : one))
          : [...parameters, { name, value }];
      }
      return { ...application, overlays, parameters };
    });
}

/** A positive number of 63 bits, as kfctl draws one. */
function usageId(seed: string): string {
  const digest = createHash("sha256").update(`usageId\0${seed}`).digest();
  return String(digest.readBigUInt64BE() & 0x7fff_ffff_ffff_ffffn);
}
