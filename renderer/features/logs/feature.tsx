import type { Feature } from "../../state/contributions.tsx";
import { logCommands } from "./commands.ts";
import { hasLogs } from "./kinds.ts";
import { LogsObjectTab } from "./LogsObjectTab.tsx";
import { LogsTab } from "./LogsTab.tsx";

export const logs: Feature = {
  commands: [logCommands],
  objectTabs: [{ id: "logs", order: 60, Content: LogsObjectTab, when: hasLogs }],
  dockTabs: { logs: LogsTab },
};
