import type { ComponentType } from "react";
import type { ObjectTarget } from "../../electron/contract/index.ts";
import { YamlTab } from "../yaml/YamlTab.tsx";
import { EventsTab } from "./EventsTab.tsx";
import { OverviewTab } from "./OverviewTab.tsx";

export interface ObjectTabProps {
  target: ObjectTarget;
}

/** A tab of an object's pane. */
export interface ObjectTab {
  id: "overview" | "yaml" | "events";
  Content: ComponentType<ObjectTabProps>;
  /** Absent: for every kind. */
  when?: (target: ObjectTarget) => boolean;
}

export const objectTabs: readonly ObjectTab[] = [
  { id: "overview", Content: OverviewTab },
  { id: "yaml", Content: YamlTab },
  { id: "events", Content: EventsTab },
];
