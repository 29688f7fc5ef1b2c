import type { StepId } from "../store/route.ts";
import { ClusterStep } from "./cluster/ClusterStep.tsx";
import { ComponentsStep } from "./components/ComponentsStep.tsx";
import { DoneStep } from "./done/DoneStep.tsx";
import { InstallStep } from "./install/InstallStep.tsx";
import { PlanStep } from "./plan/PlanStep.tsx";
import { StepList } from "./StepList.tsx";
import { SettingsStep } from "./settings/SettingsStep.tsx";
import "./Wizard.css";

const views: Record<StepId, () => React.ReactNode> = {
  cluster: ClusterStep,
  settings: SettingsStep,
  components: ComponentsStep,
  plan: PlanStep,
  install: InstallStep,
  done: DoneStep,
};

export function Wizard({ step }: { step: StepId }) {
  const Step = views[step];
  return (
    <div className="wizard">
      <StepList current={step} />
      <Step key={step} />
    </div>
  );
}
