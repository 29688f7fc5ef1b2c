import type { Feature } from "../../state/contributions.tsx";
import { overviewCommands } from "./commands.ts";
import { Overview } from "./Overview.tsx";

export const overview: Feature = {
  routes: { overview: Overview },
  commands: [overviewCommands],
};
