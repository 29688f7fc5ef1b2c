import type { Condition } from "../../common/kube/index.ts";
import type { Cause } from "./said-cause.ts";

/** A condition that says what is wrong, in its own words. */
export function conditionCause(condition: Condition): Cause {
  const { type, status, reason, message } = condition;
  return {
    id: "condition",
    params: { type, reason: reason || status },
    level: status === "Unknown" ? "warn" : "bad",
    ...(message ? { words: message } : {}),
    help: ["events"],
  };
}
