import { draftFrom } from "../../state/draft.ts";
import { openInstallation, useInstall } from "../../state/install.ts";
import { goStep, type StepId } from "../../state/route.ts";

/** Puts an installation of this computer on screen in the wizard, with its settings. */
export function open(kfDir: string, step: StepId): void {
  const settings = useInstall.getState().known?.find((entry) => entry.kfDir === kfDir)?.settings;
  openInstallation(kfDir);
  if (settings) draftFrom(settings);
  goStep(step);
}
