import type { TFunction } from "i18next";
import { contextId, type Fix } from "../../../common/contract/index.ts";
import { approveAndConnect } from "../../state/cluster.ts";
import { setAccessDraft, setDraft } from "../../state/draft.ts";
import { continueInstall, isActive, takeInstallError, useInstall } from "../../state/install.ts";
import { preparePlan } from "../../state/plan.ts";
import { go, goStep } from "../../state/route.ts";
import type { FixAction } from "../../ui/fix-context.ts";
import { currentRequest, installationContext } from "./current-step.ts";

/** The fixes that the wizard can carry out itself; for the others the error's own words say what to do. */
export function fixAction(t: TFunction, fix: Fix): FixAction | undefined {
  switch (fix.id) {
    case "continue":
      return continueAction(t);
    case "plan-again":
      return { label: t("fix.planAgain"), run: () => planAgain() };
    case "adopt":
      return { label: t("fix.adopt"), run: () => planAgain({ adopt: true }) };
    case "node-port":
      return portAction(t, fix);
    case "published-passwords":
      return { label: t("fix.publishedPasswords"), run: keepPublishedPasswords };
    case "choose-password":
      return { label: t("fix.choosePassword"), run: () => goStep("settings") };
    case "give-secrets":
      return { label: t("kfdef.giveSecrets"), run: () => goStep("components") };
    case "open-dashboard":
      return { label: t("fix.openDashboard"), run: () => goStep("done") };
    case "open-clusters":
      return { label: t("contexts.all"), run: () => go({ place: "clusters" }) };
    case "approve-exec":
      return approvalAction(t, fix);
    default:
      return undefined;
  }
}

/** The error's detail shows the command that would run. */
function approvalAction(t: TFunction, { params }: Fix): FixAction | undefined {
  const context = contextId.safeParse(params?.context);
  if (!context.success || params?.command === undefined) return undefined;
  const command: unknown = JSON.parse(params.command);
  if (!Array.isArray(command) || !command.every((word) => typeof word === "string")) return undefined;
  return { label: t("cluster.approve.run"), run: () => void approveAndConnect(context.data, command) };
}

function portAction(t: TFunction, { params }: Fix): FixAction | undefined {
  const port = Number(params?.port);
  if (!Number.isInteger(port)) return undefined;
  return {
    label: t("fix.nodePort", { port: String(port) }),
    run: () => {
      setAccessDraft({ nodePort: port });
      planAgain();
    },
  };
}

function continueAction(t: TFunction): FixAction | undefined {
  const { kfDir, status } = useInstall.getState();
  const context = installationContext().id;
  if (kfDir === undefined || context === undefined || isActive(status)) return undefined;
  return { label: t("fix.continue"), run: () => void continueInstall(kfDir, context) };
}

function keepPublishedPasswords(): void {
  setDraft({ storagePasswords: "published" });
  planAgain();
}

function planAgain(more: { adopt?: boolean } = {}): void {
  const request = currentRequest();
  // it was about the plan that this one takes the place of
  takeInstallError();
  goStep("plan");
  if (request) void preparePlan(request, { again: true, ...more });
}
