import type { KfDefPipeline } from "../types.ts";
import { kfDefDriver } from "./kfdef-driver.ts";
import { type ManifestsParts, manifestsDriver } from "./manifests-driver.ts";
import type { ReleaseDriver } from "./release-driver.ts";

/** The drivers of all kinds of releases that the catalogue has; `more` come before them. */
export function releaseDrivers(
  parts: ManifestsParts & { kfdef?: KfDefPipeline | undefined },
  more: readonly ReleaseDriver[] = [],
): readonly ReleaseDriver[] {
  return [...more, kfDefDriver(parts.kfdef), manifestsDriver(parts)];
}
