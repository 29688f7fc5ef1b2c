import type { ReleaseCapabilities } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { Tools } from "../../tools/index.ts";
import { manifestLines } from "../commands.ts";
import { customise } from "../render/customise.ts";
import { releaseOn } from "../render/platform.ts";
import { prepare } from "../render/prepare.ts";
import type { CatalogueRelease } from "../types.ts";
import type { DriverInput, ReleaseDriver, Rendered } from "./release-driver.ts";

export interface ManifestsParts {
  tools: Tools;
  dataDir: string;
  assetsDir: string;
  mirror?: string | undefined;
}

/** Releases that are folders of manifests, of which people choose components. */
export function manifestsDriver(parts: ManifestsParts): ReleaseDriver {
  return {
    drives: ({ shape }) => shape !== "kfdef",
    capabilities,
    settings: (_release, settings) => settings,
    configFile: () => undefined,
    render: (input) => render(parts, input),
    commands: manifestLines,
    beforeApply: async () => [],
    refuseRemoval: async () => undefined,
    narrator: () => undefined,
  };
}

function capabilities({ signIn }: CatalogueRelease): ReleaseCapabilities {
  return { components: "chosen", signIn: signIn ? "password" : "none" };
}

async function render(parts: ManifestsParts, input: DriverInput): Promise<Rendered> {
  const { settings, secrets, platform, built, signal, onProgress } = input;
  const { release, changes } = releaseOn(input.release, platform);
  const prepared = await prepare({ settings, release, built, ...parts }, { signal, onProgress });
  signal.throwIfAborted();
  onProgress("plan", 0, message("progress.settings"));
  const titles = new Map(release.components.map(({ id, title }) => [id, title.en]));
  const { components, adjustments } = customise(prepared, settings, secrets, platform);
  return {
    title: release.title.en,
    built: { key: prepared.key, components: prepared.components },
    components: components.map((component) => ({ ...component, title: titles.get(component.id) ?? component.id })),
    inOrder: false,
    namespace: undefined,
    unservedAdvice: undefined,
    platformChanges: changes
      .filter(({ component }) => components.some(({ id }) => id === component))
      .map(({ said }) => said),
    adjustments,
    ...{ warnings: [], conversions: [], goneImages: [], hidden: [] },
  };
}
