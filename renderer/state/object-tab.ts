import type { ComponentType } from "react";
import type { ObjectTarget } from "../../common/contract/index.ts";

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
