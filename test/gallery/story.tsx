import type { ComponentType, ReactNode } from "react";
import { features } from "../../renderer/features.ts";
import type { Route } from "../../renderer/state/route.ts";

export interface Story {
  /** Part of its address. */
  id: string;
  /** Fills the stores before it is drawn; views only. */
  given?: () => void;
  draw: () => ReactNode;
}

/** The view of a place, as the shell draws it. */
export function place(route: Route): ReactNode {
  type View = ComponentType<{ route: Route }>;
  const Content = features.find(({ routes }) => routes?.[route.place])?.routes?.[route.place] as View | undefined;
  return Content === undefined ? null : <Content route={route} />;
}
