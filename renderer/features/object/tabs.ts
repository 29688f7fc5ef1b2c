import type { ComponentType } from "react";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import { hasRules, RulesTab } from "../access/RulesTab.tsx";
import { hasLogs } from "../logs/kinds.ts";
import { LogsObjectTab } from "../logs/LogsObjectTab.tsx";
import { YamlTab } from "../yaml/YamlTab.tsx";
import { DescribeTab } from "./DescribeTab.tsx";
import { EventsTab } from "./EventsTab.tsx";
import { OverviewTab } from "./OverviewTab.tsx";
import { RelatedTab } from "./RelatedTab.tsx";

export interface ObjectTabProps {
  target: ObjectTarget;
}

/** A tab of an object's pane. */
export interface ObjectTab {
  id: "overview" | "yaml" | "events" | "related" | "describe" | "logs" | "rules";
  Content: ComponentType<ObjectTabProps>;
  /** Absent: for every kind. */
  when?: (target: ObjectTarget) => boolean;
}

export const objectTabs: readonly ObjectTab[] = [
  { id: "overview", Content: OverviewTab },
  { id: "yaml", Content: YamlTab },
  { id: "events", Content: EventsTab },
  { id: "related", Content: RelatedTab },
  { id: "describe", Content: DescribeTab },
  { id: "logs", Content: LogsObjectTab, when: hasLogs },
  { id: "rules", Content: RulesTab, when: hasRules },
];
