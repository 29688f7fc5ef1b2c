import type { TFunction } from "i18next";
import type { Command } from "../../state/command-registry.ts";
import { startPractice, stopPractice, usePractice } from "../../state/practice.ts";
import { goStep, stepIds } from "../../state/route.ts";
import { stepOverview } from "./step-overview.ts";

/** The way to each step, and the practice cluster's start and stop. */
export function goCommands(t: TFunction): Command[] {
  const practice = usePractice.getState().status?.state;
  const overview = stepOverview(t);
  const up = practice === "running" || practice === "starting";
  return [
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
  ];
}
