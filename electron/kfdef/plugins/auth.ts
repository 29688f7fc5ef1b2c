import type { KfDefAuth } from "../../../common/contract/index.ts";
import { at } from "../../../common/json/index.ts";
import type { KfDef, KfPlugin } from "../types.ts";
import { awsSpec } from "./aws-spec.ts";
import { gcpSpec } from "./gcp-spec.ts";
import type { PluginSpec } from "./spec.ts";

/** The spec of a plugin that changes what is built; undefined for any other. */
export function specOf(kind: string): PluginSpec | undefined {
  return [awsSpec, gcpSpec].find((spec) => spec.kind === kind);
}

/** What a plugin signs people in with; undefined where it does not say. */
export function pluginAuth(plugin: KfPlugin, kfdef: KfDef): KfDefAuth | undefined {
  const spec = specOf(plugin.kind);
  const stated = spec?.auths.find(({ part }) => isThere(at(plugin.spec, ...part.split("."))))?.auth;
  if (stated !== undefined || spec !== gcpSpec) return stated;
  // kfctl fills it in for Google Cloud by whether the applications of basic auth are among those of the file.
  return usesBasicAuth(kfdef) ? "basic-auth" : "iap";
}

const isThere = (value: unknown) => value !== undefined && value !== null;

export function usesBasicAuth(kfdef: KfDef): boolean {
  return kfdef.spec.applications.some(({ repoRef }) => repoRef.path === "common/basic-auth");
}

/** What an installation of this file signs people in with. */
export function authOf(kfdef: KfDef): KfDefAuth {
  for (const plugin of kfdef.spec.plugins) {
    const auth = pluginAuth(plugin, kfdef);
    if (auth !== undefined) return auth;
  }
  const dex = kfdef.spec.applications.some(
    ({ name, repoRef }) => name === "dex" || /(^|\/)dex-(auth|crds)/.test(repoRef.path),
  );
  return dex ? "dex" : "standard";
}
