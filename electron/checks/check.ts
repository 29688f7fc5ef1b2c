import type { CheckFix, CheckId, CheckLevel, ObjectRef } from "../../common/contract/index.ts";
import type { Message } from "../../common/words/index.ts";
import type { PlannedInstallation } from "../install/index.ts";
import type { World } from "./world.ts";

/** What a check looked at, and what came of it. */
export type Finding =
  | { state: "passed"; said: Message }
  | {
      state: "failed";
      /** Where it is not the check's own. */
      level?: CheckLevel;
      said: Message;
      evidence?: readonly Message[];
      /** Somebody else's words. */
      detail?: string;
      objects?: readonly ObjectRef[];
      fix?: Fix;
    };

/** A fix with its hands, where it has some. */
export interface Fix extends Omit<CheckFix, "run"> {
  run?(world: World): Promise<void>;
}

interface About {
  id: CheckId;
  level: CheckLevel;
  name: Message;
}

/**
 * One thing that can keep an installation from working; side by side with the others, and without changing anything. `run`
 * gives undefined where there is nothing to be looked at (no claims, no EKS), and throws what keeps it from looking.
 */
export type Check = About &
  (
    | { of: "cluster"; run(world: World): Promise<Finding | undefined> }
    | { of: "plan"; run(world: World, planned: PlannedInstallation): Promise<Finding | undefined> }
  );

export const passed = (said: Message): Finding => ({ state: "passed", said });

export function failed(said: Message, more: Omit<Finding & { state: "failed" }, "state" | "said"> = {}): Finding {
  return { state: "failed", said, ...more };
}
