import type { DockTab } from "../../state/dock.ts";
import { LogsView } from "./LogsView.tsx";

export interface LogsTabProps {
  tab: DockTab & { kind: "logs" };
  /** It is on screen now. */
  active: boolean;
}

/** Logs in the dock; the tab's id is the log's name, so that a reload of the page finds it as it was. */
export function LogsTab({ tab, active }: LogsTabProps) {
  return (
    <LogsView
      name={tab.id}
      target={tab.target}
      more={tab.more}
      container={tab.container}
      previous={tab.previous}
      active={active}
    />
  );
}
