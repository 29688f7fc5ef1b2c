import { at, fields, text } from "../json/index.ts";
import { atCondition } from "./typed-at.ts";

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** `status.conditions` of an object; some controllers keep them as a map by type instead of a list. */
export function conditionsOf(object: unknown): Condition[] {
  const conditions = at(object, "status", "conditions");
  const items = Array.isArray(conditions) ? conditions : Object.values(fields(conditions));
  return items.map((item) => {
    const reason = text(atCondition(item, "reason"));
    const message = text(atCondition(item, "message"));
    return {
      type: text(atCondition(item, "type")) ?? "",
      status: text(atCondition(item, "status")) ?? "",
      ...(reason ? { reason } : {}),
      ...(message ? { message } : {}),
    };
  });
}

export function conditionOf(object: unknown, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}

/** When a condition became what it is, in milliseconds since the epoch; undefined where the object does not say. */
export function conditionSince(object: unknown, type: string): number | undefined {
  const conditions = at(object, "status", "conditions");
  const items = Array.isArray(conditions) ? conditions : Object.values(fields(conditions));
  const condition = items.find((item) => atCondition(item, "type") === type);
  const time = Date.parse(text(atCondition(condition, "lastTransitionTime")) ?? "");
  return Number.isNaN(time) ? undefined : time;
}
