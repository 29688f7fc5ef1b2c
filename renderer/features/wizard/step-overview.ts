import type { TFunction } from "i18next";
import type { ReleaseInfo } from "../../../common/contract/index.ts";
import { currentChecks } from "../../state/checks.ts";
import { chosenContext, useCluster } from "../../state/cluster.ts";
import { useDraft } from "../../state/draft.ts";
import { useInstall } from "../../state/install.ts";
import { usePlan } from "../../state/plan.ts";
import { type StepId, stepIds, useRoute } from "../../state/route.ts";
import {
  currentComponents,
  currentDocument,
  currentKfDefProblem,
  currentProblems,
  currentRelease,
  currentSignIn,
} from "./current-step.ts";
import { stepStates } from "./steps.ts";

export interface StepLine {
  done: boolean;
  /** Why it can't be opened yet, in words. */
  locked: string | undefined;
  /** What was decided there, in a few words. */
  note: string | undefined;
}

/** The list of steps as it is now: read from the stores, so call it from a view that watches them. */
export function stepOverview(t: TFunction): Record<StepId, StepLine> {
  const cluster = useCluster.getState();
  const draft = useDraft.getState();
  const { progress } = usePlan.getState();
  const { status } = useInstall.getState();
  const release = currentRelease(draft);
  const context = chosenContext(cluster);
  const components = currentComponents(draft);
  const connected = cluster.state === "connected";
  const { password, ...problems } = currentProblems(draft);
  const { furthest } = useRoute.getState();
  // A plan of another release is still the last one that was made, but says nothing of this one.
  const planReady = progress?.state === "done" && progress.summary?.release === draft.release;
  const checks = currentChecks(context?.id);
  const states = stepStates({
    connected,
    settingsValid: Object.keys(problems).length === 0,
    componentCount: components.length,
    kfdefProblem: currentKfDefProblem(draft) !== undefined,
    checksFailed: checks?.must,
    planReady,
    furthest: password === undefined ? furthest : Math.min(furthest, 1),
    install: status?.state,
  });
  const totals = progress?.summary?.totals;
  const notes: Record<StepId, string | undefined> = {
    cluster: context && [context.name, connected ? cluster.info?.version : undefined].filter(Boolean).join(", "),
    settings:
      furthest < 1 ? undefined : [draft.name, currentSignIn(draft) ? "Dex" : undefined].filter(Boolean).join(", "),
    components: release && furthest >= 2 ? componentsNote(t, release, components.length) : undefined,
    checks:
      checks && (checks.must > 0 ? t("checks.toFix", { count: checks.must }) : t("checks.passedOf", { ...checks })),
    plan: planReady && totals ? t("plan.short", { objects: totals.objects, images: totals.images }) : undefined,
    install: status && status.state !== "none" ? t(`install.state.${status.state}`) : undefined,
    done: undefined,
  };
  return Object.fromEntries(
    stepIds.map((id) => {
      const { done, locked } = states[id];
      const why = locked && (locked === "kfdef" ? t("kfdef.locked") : t(`steps.locked.${locked}`));
      return [id, { done, locked: why, note: notes[id] }];
    }),
  ) as Record<StepId, StepLine>;
}

function componentsNote(t: TFunction, release: ReleaseInfo, count: number): string | undefined {
  if (release.capabilities.components === "chosen")
    return t("components.count", { chosen: count, total: release.components.length });
  return currentDocument() && t("kfdef.applications", { count });
}
