import type { TFunction } from "i18next";
import { setPreferences, useApp } from "../store/app.ts";
import { startPractice, stopPractice, usePractice } from "../store/practice.ts";
import { go, goStep, stepIds } from "../store/route.ts";
import { stepOverview } from "../wizard/overview.ts";
import { type Command, registeredCommands } from "./commandRegistry.ts";

/** Every command as things stand now. */
export function commands(t: TFunction): Command[] {
  return [...shellCommands(t), ...registeredCommands(t)];
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
