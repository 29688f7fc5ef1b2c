import type { Feature } from "../../state/contributions.tsx";
import { ShellTab } from "./ShellTab.tsx";
import { TerminalTab } from "./TerminalTab.tsx";

export const terminal: Feature = {
  dockTabs: { shell: ShellTab, terminal: TerminalTab },
};
