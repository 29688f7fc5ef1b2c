import type { TFunction } from "i18next";
import { useCluster } from "../../state/cluster.ts";
import type { Command } from "../../state/command-registry.ts";
import { go } from "../../state/route.ts";

/** The way to the overview, from everywhere. */
export function overviewCommands(t: TFunction): Command[] {
  const { chosen } = useCluster.getState();
  return [
    {
      id: "go:overview",
      title: t("overview.open"),
      group: "go",
      unavailable: chosen === undefined ? t("browse.cluster.none") : undefined,
      run: () => go({ place: "overview" }),
    },
  ];
}
