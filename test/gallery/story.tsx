import type { ReactNode } from "react";

export interface Story {
  /** Part of its address. */
  id: string;
  /** Fills the stores before it is drawn; views only. */
  given?: () => void;
  draw: () => ReactNode;
}
