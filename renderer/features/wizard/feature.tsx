import type { Feature } from "../../state/contributions.tsx";
import { formatRoute, useRoute } from "../../state/route.ts";
import { Download } from "../../ui/icons.ts";
import { fixAction } from "./fixes.ts";
import { goCommands } from "./go-commands.ts";
import { StepNote } from "./StepNote.tsx";
import { Stepper } from "./Stepper.tsx";
import { Wizard } from "./Wizard.tsx";

export const wizard: Feature = {
  routes: { install: ({ route }) => <Wizard step={route.step} /> },
  placeNotes: { install: ({ route }) => <StepNote step={route.step} /> },
  rail: [
    {
      places: ["install"],
      order: 20,
      icon: <Download aria-hidden />,
      label: (t) => t("frame.install"),
      href: () => formatRoute({ place: "install", step: useRoute.getState().lastStep }),
    },
  ],
  commands: [goCommands],
  fix: fixAction,
  parts: { installSteps: Stepper },
};
