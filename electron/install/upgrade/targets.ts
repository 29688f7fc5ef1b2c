import { FlowdeckError, type InstallSettings, type UpgradeTarget } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { FolderSettings } from "../installation-dir/flowdeck-file.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { stateOf } from "../installation-dir/stored-status.ts";
import { resolveComponents } from "../release/resolve.ts";
import type { CatalogueRelease } from "../types.ts";
import type { FormerState } from "./kept-state.ts";

/** The release that is in the cluster, as far as the journal knows; undefined where there is nothing of one. Pure. */
export function installedRelease(state: JournalState | undefined): string | undefined {
  if (state?.install === undefined || state.objects.size === 0 || stateOf(state) === "removed") return undefined;
  return state.install.release;
}

/**
 * What can be changed: an installation, and to a release of its kind.
 * @throws FlowdeckError `not-found` where nothing is installed, `not-allowed` where the kinds of releases differ.
 */
export function refuseUpgrade(
  kfDir: string,
  known: FolderSettings | undefined,
  from: CatalogueRelease | undefined,
  to: CatalogueRelease,
): asserts known is FolderSettings {
  if (known === undefined || from === undefined)
    throw new FlowdeckError("not-found", message("upgrade.notInstalled", { folder: kfDir }), {
      advice: message("upgrade.notInstalledWay"),
    });
  if (from.shape === to.shape && (to.shape !== "kfdef" || from.id === to.id)) return;
  throw new FlowdeckError("not-allowed", message("upgrade.otherKind", { from: from.title, to: to.title }), {
    advice: message("upgrade.otherKindWay", { from: from.title }),
  });
}

/**
 * The releases an installation can be changed to, its own first, each with the components it would have: those from before
 * where it was installed before; all where all are installed; else the same as now. Pure.
 */
export function targetsOf(
  releases: readonly CatalogueRelease[],
  current: InstallSettings,
  from: CatalogueRelease,
  former: readonly FormerState[],
): UpgradeTarget[] {
  const others = releases.filter(({ id, shape }) => id !== from.id && shape === from.shape && shape !== "kfdef");
  return [
    { settings: { ...current, release: from.id } },
    ...others.map((release): UpgradeTarget => {
      const before = former.find(({ settings }) => settings.release === release.id);
      const components = before?.settings.components ?? componentsFor(release, from, current.components);
      const settings = { ...current, release: release.id, components };
      return { settings, ...(before ? { saved: before.saved } : {}) };
    }),
  ];
}

function componentsFor(to: CatalogueRelease, from: CatalogueRelease, chosen: readonly string[]): string[] {
  const ids = (release: CatalogueRelease) => release.components.map(({ id }) => id);
  const { components } = resolveComponents(from, chosen);
  if (components.length === from.components.length) return ids(to);
  const there = new Set(ids(to));
  return chosen.filter((id) => there.has(id));
}
