import type { ReactNode } from "react";
import type { ObjectJson, ObjectTarget } from "../../common/contract/index.ts";

/** Something that can be done to one object or to several of one kind: in the pane, the menu of a row, the palette, by key. */
export interface ObjectAction {
  /** With a colon, such as `object:restart`: ids are no words. */
  id: string;
  title: string;
  icon?: ReactNode;
  /** Such as `R` or `Mod+D`, as commands write keys. A single letter acts while the grid or the pane has the focus. */
  keys?: string;
  /** Among the first buttons of the pane; the others are in its menu. */
  primary?: boolean;
  danger?: boolean;
  /** Why it can't be done now; it is shown disabled with this. */
  unavailable?: string;
  run: () => void;
}

/** What the feature that acts on objects offers to the others. */
export interface ObjectActionsService {
  /** A hook: what can be done to all of `targets` (one or more objects of the same kind). */
  useObjectActions(targets: readonly ObjectTarget[]): ObjectAction[];
  /** Opens what asks for a new image, for a cause whose help that is. */
  changeImage(target: ObjectTarget, object: ObjectJson | undefined): void;
}
