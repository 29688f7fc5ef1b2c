import type { TFunction } from "i18next";
import { i18n } from "../../i18n/index.ts";
import { languageOf } from "../../i18n/use-language.ts";
import { chosenContext, useCluster } from "../../state/cluster.ts";
import type { Command } from "../../state/command-registry.ts";
import { closeCluster, openEntries, switchCluster, useOpenClusters } from "../../state/open-clusters.ts";
import { go } from "../../state/route.ts";
import { errorWordsIn } from "../../ui/use-error-words.ts";
import { setContextOptions } from "./edits.ts";

/** Going to a cluster, and what can be done about the one on screen. */
export function contextCommands(t: TFunction): Command[] {
  const cluster = useCluster.getState();
  const contexts = cluster.list?.contexts ?? [];
  const open = openEntries(cluster.list, useOpenClusters.getState().open);
  const chosen = chosenContext(cluster);
  const readOnly = chosen?.options.readOnly ?? false;
  return [
    {
      id: "clusters:all",
      title: t("contexts.all"),
      group: "go",
      unavailable: undefined,
      run: () => go({ place: "clusters" }),
    },
    ...contexts.map((context): Command => {
      const place = open.indexOf(context);
      const marks = [
        context.options.readOnly ? t("contexts.readOnly") : "",
        context.actsAs ? t("contexts.as", { user: context.actsAs.user }) : "",
      ].filter(Boolean);
      return {
        id: `clusters:switch:${context.id}`,
        title: t("contexts.switchTo", { name: context.name }),
        group: "cluster",
        unavailable:
          (context.error && errorWordsIn(context.error, languageOf(i18n.language)).title) ??
          (context.id === chosen?.id ? t("contexts.onScreen") : undefined),
        run: () => switchCluster(context.id),
        // Keys go by place: the first tab is 1.
        ...(place >= 0 && place < 9 ? { keys: `Mod+${place + 1}` } : {}),
        ...(marks.length > 0 ? { note: marks.join(", ") } : {}),
      };
    }),
    {
      id: "clusters:close",
      title: chosen ? t("contexts.close", { name: chosen.name }) : t("contexts.closeIt"),
      group: "cluster",
      unavailable: chosen ? undefined : t("frame.noCluster"),
      run: () => chosen && closeCluster(chosen.id),
    },
    {
      id: "clusters:readOnly",
      title: readOnly ? t("contexts.allowChanges") : t("contexts.forbidChanges"),
      group: "cluster",
      unavailable: chosen ? undefined : t("frame.noCluster"),
      run: () => chosen && void setContextOptions(chosen.id, { readOnly: !readOnly }),
    },
  ];
}
