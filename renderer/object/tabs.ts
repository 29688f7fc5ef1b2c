import type { ComponentType } from "react";
import type { ObjectTarget } from "../../electron/contract/index.ts";
import { YamlTab } from "../yaml/YamlTab.tsx";

export interface ObjectTabProps {
  target: ObjectTarget;
}

/** A tab of an object's pane. */
export interface ObjectTab {
  id: string;
  Content: ComponentType<ObjectTabProps>;
  /** Absent: for every kind. */
  when?: (target: ObjectTarget) => boolean;
}

export const objectTabs: readonly ObjectTab[] = [{ id: "yaml", Content: YamlTab }];
