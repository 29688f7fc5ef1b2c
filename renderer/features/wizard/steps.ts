import type { InstallState } from "../../../common/contract/index.ts";
import type { StepId } from "../../state/route.ts";

/** Where the wizard stands, in facts. */
export interface WizardFacts {
  connected: boolean;
  settingsValid: boolean;
  componentCount: number;
  /** The KfDef that is to be installed can't be built as it stands (or was not read yet). */
  kfdefProblem?: boolean;
  /** How many checks that have to pass did not; undefined until they have ended. */
  checksFailed?: number | undefined;
  planReady: boolean;
  /** Index of the furthest step that was opened. */
  furthest: number;
  /** Of the installation on screen, if there is one. */
  install: InstallState | undefined;
}

export interface StepState {
  done: boolean;
  /** Why the step can't be opened yet (a key under `steps.locked`), or undefined when it can. */
  locked: "cluster" | "settings" | "components" | "kfdef" | "install" | "done" | undefined;
}

/** Which steps are done and which can be opened. A step that was left can always be come back to. */
export function stepStates(facts: WizardFacts): Record<StepId, StepState> {
  const {
    connected,
    settingsValid,
    componentCount,
    kfdefProblem = false,
    checksFailed,
    planReady,
    furthest,
    install,
  } = facts;
  const begun = install !== undefined && install !== "none" && install !== "planned";
  const finished = install === "installed" || install === "removed";
  const beforePlan = !connected
    ? "cluster"
    : !settingsValid
      ? "settings"
      : kfdefProblem
        ? "kfdef"
        : componentCount === 0
          ? "components"
          : undefined;
  return {
    cluster: { done: connected, locked: undefined },
    settings: { done: begun || (connected && settingsValid && furthest > 1), locked: undefined },
    components: { done: begun || (connected && settingsValid && furthest > 2), locked: undefined },
    checks: { done: begun || (beforePlan === undefined && checksFailed === 0), locked: beforePlan },
    plan: { done: planReady || begun, locked: beforePlan },
    install: { done: finished, locked: begun ? undefined : "install" },
    done: { done: false, locked: finished ? undefined : "done" },
  };
}
