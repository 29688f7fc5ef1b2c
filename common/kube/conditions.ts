import { at, fields, text } from "../json/index.ts";

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
