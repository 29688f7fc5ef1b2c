import type { DockTab } from "../store/dock.ts";

export interface ShellTabProps {
  tab: DockTab & { kind: "shell" };
  /** It is on screen now. */
  active: boolean;
}

export function ShellTab(_props: ShellTabProps) {
  return null;
}
