import type { DockTab } from "../store/dock.ts";

export interface TerminalTabProps {
  tab: DockTab & { kind: "terminal" };
  /** It is on screen now. */
  active: boolean;
}

export function TerminalTab(_props: TerminalTabProps) {
  return null;
}
