import type { InstallSettings, KfDefSettings } from "../../../common/contract/index.ts";
import type { CatalogueRelease } from "../types.ts";

/**
 * The KfDef that an installation is made from: the one the settings name, else the release's own for the chosen way to
 * sign in. Undefined where the release is no KfDef. Pure.
 */
export function kfDefOf(
  release: Pick<CatalogueRelease, "kfdef">,
  settings: Pick<InstallSettings, "kfdef" | "auth">,
): KfDefSettings | undefined {
  if (release.kfdef === undefined) return undefined;
  return settings.kfdef ?? { configUri: release.kfdef[settings.auth === "dex" ? "dex" : "standard"], modernise: true };
}

/**
 * What an installation from a KfDef is called: as the release, with the Kubeflow version that the file is for
 * (`v1.2.0` is "Kubeflow 1.2 – KfDef"). The release's own title where spec.version tells no number. Pure.
 */
export function kfDefTitle(releaseTitle: string, version: string): string {
  const number = /^v?(\d+\.\d+)(?!\d)/.exec(version.trim())?.[1];
  return number === undefined ? releaseTitle : releaseTitle.replace(/\d+(\.\d+)+/, number);
}
