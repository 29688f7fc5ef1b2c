import type { DockTab } from "../store/dock.ts";

export interface LogsTabProps {
  tab: DockTab & { kind: "logs" };
  /** It is on screen now. */
  active: boolean;
}

export function LogsTab(_props: LogsTabProps) {
  return null;
}
