import { at, list, text, textMap, texts } from "../values/index.ts";

/**
 * A LabelSelector (matchLabels, matchExpressions) as the API's query writes it; undefined for one that selects nothing
 * or everything. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selectorText(selector: unknown): string | undefined {
  const labels = Object.entries(textMap(at(selector, "matchLabels"))).map(([key, value]) => `${key}=${value}`);
  const expressions = list(at(selector, "matchExpressions")).map((expression) => {
    const key = text(at(expression, "key")) ?? "";
    const values = texts(at(expression, "values")).join(",");
    switch (text(at(expression, "operator"))) {
      case "In":
        return `${key} in (${values})`;
      case "NotIn":
        return `${key} notin (${values})`;
      case "Exists":
        return key;
      default:
        return `!${key}`;
    }
  });
  return [...labels, ...expressions].join(",") || undefined;
}

/** The same question asked of labels at hand. An empty selector matches everything, a missing one nothing. */
export function selects(selector: unknown, labels: Record<string, string>): boolean {
  if (typeof selector !== "object" || selector === null) return false;
  for (const [key, value] of Object.entries(textMap(at(selector, "matchLabels")))) {
    if (labels[key] !== value) return false;
  }
  return list(at(selector, "matchExpressions")).every((expression) => {
    const key = text(at(expression, "key")) ?? "";
    const value = labels[key];
    const values = texts(at(expression, "values"));
    switch (text(at(expression, "operator"))) {
      case "In":
        return value !== undefined && values.includes(value);
      case "NotIn":
        return value === undefined || !values.includes(value);
      case "Exists":
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}

/** A plain map of labels (a Service's selector) as a query; undefined when it is empty. */
export function labelsText(labels: Record<string, string>): string | undefined {
  return (
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(",") || undefined
  );
}
