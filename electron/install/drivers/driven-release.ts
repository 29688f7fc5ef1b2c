import type { InstallSettings } from "../../../common/contract/index.ts";
import type { Catalogue } from "../release/catalogue.ts";
import type { CatalogueRelease } from "../types.ts";
import { driverOf, type ReleaseDriver } from "./release-driver.ts";

export interface Releases {
  catalogue: Catalogue;
  drivers: readonly ReleaseDriver[];
}

/** A release, what drives it, and the settings made whole with what the release says. */
export interface DrivenRelease {
  release: CatalogueRelease;
  driver: ReleaseDriver;
  settings: InstallSettings;
}

/** Throws `release-unknown` for settings that name no release of the catalogue. */
export async function drivenRelease(
  { catalogue, drivers }: Releases,
  settings: InstallSettings,
): Promise<DrivenRelease> {
  const release = await catalogue.get(settings.release);
  const driver = driverOf(drivers, release);
  return { release, driver, settings: driver.settings(release, settings) };
}
