import { at, list, text } from "../../common/json/index.ts";

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** `status.conditions` of an object. */
export function conditionsOf(object: unknown): Condition[] {
  return list(at(object, "status", "conditions")).map((item) => {
    const reason = text(at(item, "reason"));
    const message = text(at(item, "message"));
    return {
      type: text(at(item, "type")) ?? "",
      status: text(at(item, "status")) ?? "",
      ...(reason ? { reason } : {}),
      ...(message ? { message } : {}),
    };
  });
}

export function conditionOf(object: unknown, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}
