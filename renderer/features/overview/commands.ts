import type { TFunction } from "i18next";
import { type Command, registerCommands } from "../../shell/command-registry.ts";
import { useCluster } from "../../state/cluster.ts";
import { go } from "../../state/route.ts";

/** The way to the overview, from everywhere. */
export function pulseCommands(t: TFunction): Command[] {
  const { chosen } = useCluster.getState();
  return [
    {
      id: "go:pulse",
      title: t("pulse.open"),
      group: "go",
      unavailable: chosen === undefined ? t("browse.cluster.none") : undefined,
      run: () => go({ place: "pulse" }),
    },
  ];
}

registerCommands(pulseCommands);
