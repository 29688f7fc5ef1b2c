import type { TFunction } from "i18next";
import { useAliasDialog } from "../features/browse/alias/aliases.ts";
import { browseCommands } from "../features/browse/commands.ts";
import { stepOverview } from "../features/wizard/overview.ts";
import { setPreferences, useApp } from "../state/app.ts";
import { useCluster } from "../state/cluster.ts";
import { useKeySheet } from "../state/keys.ts";
import { startPractice, stopPractice, usePractice } from "../state/practice.ts";
import { go, goStep, stepIds, useRoute } from "../state/route.ts";
import { type Command, registeredCommands } from "./command-registry.ts";
import { closePalette, openPalette, usePalette } from "./palette-state.ts";
import { placeToBrowse } from "./place-to-browse.ts";
import { moveRegion } from "./regions.ts";

/** Every command as things stand now, each once: what two places bring is the same command. */
export function commands(t: TFunction): Command[] {
  const all = [...keyboardCommands(t), ...browseCommands(t), ...shellCommands(t), ...registeredCommands(t)];
  const known = new Set<string>();
  return all.filter(({ id }) => !known.has(id) && known.add(id));
}

/** The palette, the keys, the way back, and going round the window. */
function keyboardCommands(t: TFunction): Command[] {
  const { lastBrowse } = useRoute.getState();
  const { chosen } = useCluster.getState();
  const command = (
    id: string,
    title: string,
    run: () => void,
    keys?: string,
    group: Command["group"] = "go",
  ): Command => ({
    ...{ id, title, group, unavailable: undefined, run },
    ...(keys === undefined ? {} : { keys }),
  });
  return [
    command("palette:open", t("palette.open"), togglePalette, "Mod+K"),
    command("palette:line", t("browse.command.line"), () => openPalette(":"), ":"),
    command("go:browse", t("browse.command.browse"), () => go(placeToBrowse(lastBrowse, chosen))),
    command("go:back", t("browse.command.goBack"), () => window.history.back(), "["),
    command("go:forward", t("browse.command.goForward"), () => window.history.forward(), "]"),
    command("region:next", t("browse.command.region"), () => moveRegion(1), "F6"),
    command("region:previous", t("browse.command.regionBack"), () => moveRegion(-1), "Shift+F6"),
    command("keys:sheet", t("browse.keys.title"), () => useKeySheet.setState({ open: "read" }), "?", "look"),
    command("aliases:edit", t("browse.alias.open"), () => useAliasDialog.setState({ open: true }), undefined, "look"),
    command("keys:change", t("browse.keys.change"), () => useKeySheet.setState({ open: "change" }), undefined, "look"),
  ];
}

function togglePalette(): void {
  if (usePalette.getState().open) closePalette();
  else openPalette();
}

function shellCommands(t: TFunction): Command[] {
  const { preferences } = useApp.getState();
  const practice = usePractice.getState().status?.state;
  const overview = stepOverview(t);
  const up = practice === "running" || practice === "starting";
  return [
    { id: "go.home", title: t("command.home"), group: "go", unavailable: undefined, run: () => go({ place: "home" }) },
    ...stepIds.map(
      (step): Command => ({
        id: `go.${step}`,
        title: t("command.step", { step: t(`steps.${step}`) }),
        group: "go",
        unavailable: overview[step].locked,
        run: () => goStep(step),
      }),
    ),
    {
      id: "go:forwards",
      title: t("forwards.list"),
      group: "go",
      unavailable: undefined,
      run: () => go({ place: "forwards" }),
    },
    {
      id: "go:access",
      title: t("access.title"),
      group: "go",
      unavailable: undefined,
      run: () => go({ place: "access" }),
    },
    {
      id: "practice.start",
      title: t("command.startPractice"),
      group: "cluster",
      unavailable: up ? t("command.practiceRuns") : undefined,
      run: () => {
        goStep("cluster");
        void startPractice();
      },
    },
    {
      id: "practice.stop",
      title: t("command.stopPractice"),
      group: "cluster",
      unavailable: practice === "running" ? undefined : t("command.practiceStopped"),
      run: () => {
        goStep("cluster");
        void stopPractice();
      },
    },
    ...(["light", "dark", "system"] as const).map(
      (theme): Command => ({
        id: `theme.${theme}`,
        title: t("command.theme", { theme: t(`shell.${theme}`) }),
        group: "look",
        unavailable: preferences.theme === theme ? t("command.isOn") : undefined,
        run: () => void setPreferences({ theme }),
      }),
    ),
    ...(["en", "ko"] as const).map(
      (language): Command => ({
        id: `language.${language}`,
        title: language === "en" ? "Language: English" : "언어: 한국어",
        group: "look",
        unavailable: undefined,
        run: () => void setPreferences({ language }),
      }),
    ),
  ];
}
