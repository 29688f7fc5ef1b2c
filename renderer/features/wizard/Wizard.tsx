import { useEffect } from "react";
import { inspectKfDir, useDraft } from "../../state/draft.ts";
import { openKfDef } from "../../state/kfdef.ts";
import type { StepId } from "../../state/route.ts";
import { ChecksStep } from "./checks/ChecksStep.tsx";
import { ComponentsStep } from "./components/ComponentsStep.tsx";
import { currentConfigUri, currentKfDefCopy } from "./current-step.ts";
import { DoneStep } from "./done/DoneStep.tsx";
import { InstallStep } from "./install/InstallStep.tsx";
import { PlanStep } from "./plan/PlanStep.tsx";
import { PlatformStep } from "./platform/PlatformStep.tsx";
import { StepList } from "./StepList.tsx";
import { SettingsStep } from "./settings/SettingsStep.tsx";
import "./Wizard.css";

const views: Record<StepId, () => React.ReactNode> = {
  cluster: PlatformStep,
  settings: SettingsStep,
  components: ComponentsStep,
  checks: ChecksStep,
  plan: PlanStep,
  install: InstallStep,
  done: DoneStep,
};

export function Wizard({ step }: { step: StepId }) {
  const Step = views[step];
  useOpenKfDef();
  return (
    <div className="wizard">
      <StepList current={step} />
      <Step key={step} />
    </div>
  );
}

/** Keeps the KfDef that is asked for open, whichever step is looked at; a file's address is read once typing pauses. */
function useOpenKfDef(): void {
  const configUri = useDraft((draft) => currentConfigUri(draft));
  const copy = useDraft((draft) => currentKfDefCopy(draft));
  const own = useDraft((draft) => draft.kfdef.file === "own");
  const asked = configUri !== undefined;
  // whether KF_DIR has its own copy is to be known in every step, also after a reload
  useEffect(() => {
    if (asked && useDraft.getState().folder === undefined) void inspectKfDir();
  }, [asked]);
  useEffect(() => {
    if (configUri === undefined || configUri === "") return;
    const timer = setTimeout(
      () => {
        const { edited } = useDraft.getState().kfdef;
        void openKfDef(configUri, { edited: edited?.configUri === configUri ? edited.text : undefined, copy });
      },
      own ? 500 : 0,
    );
    return () => clearTimeout(timer);
  }, [configUri, copy, own]);
}
