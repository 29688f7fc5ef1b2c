import type { ObjectTab } from "../../state/object-tab.ts";
import { hasRules, RulesTab } from "../access/RulesTab.tsx";
import { hasLogs } from "../logs/kinds.ts";
import { LogsObjectTab } from "../logs/LogsObjectTab.tsx";
import { YamlTab } from "../yaml/YamlTab.tsx";
import { DescribeTab } from "./DescribeTab.tsx";
import { EventsTab } from "./EventsTab.tsx";
import { OverviewTab } from "./OverviewTab.tsx";
import { RelatedTab } from "./RelatedTab.tsx";

export const objectTabs: readonly ObjectTab[] = [
  { id: "overview", Content: OverviewTab },
  { id: "yaml", Content: YamlTab },
  { id: "events", Content: EventsTab },
  { id: "related", Content: RelatedTab },
  { id: "describe", Content: DescribeTab },
  { id: "logs", Content: LogsObjectTab, when: hasLogs },
  { id: "rules", Content: RulesTab, when: hasRules },
];
