import { at, list, text, textMap, texts } from "../../values/index.ts";

/**
 * Does a LabelSelector select these labels? An absent or empty selector selects everything, as in webhooks.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selects(selector: unknown, labels: Record<string, string>): boolean {
  for (const [key, value] of Object.entries(textMap(at(selector, "matchLabels")))) {
    if (labels[key] !== value) return false;
  }
  return list(at(selector, "matchExpressions")).every((expression) => holds(expression, labels));
}

function holds(expression: unknown, labels: Record<string, string>): boolean {
  const key = text(at(expression, "key")) ?? "";
  const values = texts(at(expression, "values"));
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (at(expression, "operator")) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}
