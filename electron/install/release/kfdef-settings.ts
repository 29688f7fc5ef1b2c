import type { InstallSettings, KfDefSettings } from "../../contract/index.ts";
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
  return settings.kfdef ?? { configUri: release.kfdef[settings.auth], modernise: true };
}
