import type { TFunction } from "i18next";
import { setPreferences, useApp } from "../state/app.ts";
import { type Command, registeredCommands } from "../state/command-registry.ts";
import { featureCommands } from "../state/contributions.tsx";
import { useKeySheet } from "../state/keys.ts";
import { closePalette, openPalette, usePalette } from "../state/palette.ts";
import { moveRegion } from "./regions.ts";

/** Every command as things stand now, each once: what two places bring is the same command. */
export function commands(t: TFunction): Command[] {
  const all = [...keyboardCommands(t), ...featureCommands(t), ...lookCommands(t), ...registeredCommands(t)];
  const known = new Set<string>();
  return all.filter(({ id }) => !known.has(id) && known.add(id));
}

/** The palette, the keys, the way back, and going round the window. */
function keyboardCommands(t: TFunction): Command[] {
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
    command("go:back", t("browse.command.goBack"), () => window.history.back(), "["),
    command("go:forward", t("browse.command.goForward"), () => window.history.forward(), "]"),
    command("region:next", t("browse.command.region"), () => moveRegion(1), "F6"),
    command("region:previous", t("browse.command.regionBack"), () => moveRegion(-1), "Shift+F6"),
    command("keys:sheet", t("browse.keys.title"), () => useKeySheet.setState({ open: "read" }), "?", "look"),
    command("keys:change", t("browse.keys.change"), () => useKeySheet.setState({ open: "change" }), undefined, "look"),
  ];
}

function togglePalette(): void {
  if (usePalette.getState().open) closePalette();
  else openPalette();
}

function lookCommands(t: TFunction): Command[] {
  const { preferences } = useApp.getState();
  return [
    ...(["light", "dark", "system"] as const).map(
      (theme): Command => ({
        id: `theme.${theme}`,
        title: t("command.theme", { theme: t(`frame.${theme}`) }),
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
