import type { ComponentType } from "react";
import type { ObjectTarget } from "../../common/contract/index.ts";

export interface ObjectTabProps {
  target: ObjectTarget;
}

/** A tab of an object's pane. */
export interface ObjectTab {
  /** Also the key of its words. */
  id: "overview" | "yaml" | "events" | "related" | "describe" | "logs" | "rules";
  /** Tabs stand from the lowest to the highest. */
  order: number;
  Content: ComponentType<ObjectTabProps>;
  /** Absent: for every kind. */
  when?: (target: ObjectTarget) => boolean;
}
