import { at, list, text, textMap, texts } from "../values/index.ts";

/**
 * A LabelSelector (matchLabels, matchExpressions) or a Service's plain map as the text that the API takes as labelSelector;
 * undefined when it selects nothing at all (an empty or missing selector, as in a Service that leads elsewhere).
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function formatLabelSelector(selector: unknown): string | undefined {
  const structured = at(selector, "matchLabels") !== undefined || at(selector, "matchExpressions") !== undefined;
  const labels = Object.entries(textMap(structured ? at(selector, "matchLabels") : selector));
  const parts = labels.map(([key, value]) => `${key}=${value}`);
  for (const expression of list(at(selector, "matchExpressions"))) {
    const key = text(at(expression, "key")) ?? "";
    const values = texts(at(expression, "values")).join(",");
    const operator = text(at(expression, "operator"));
    if (operator === "In") parts.push(`${key} in (${values})`);
    else if (operator === "NotIn") parts.push(`${key} notin (${values})`);
    else if (operator === "Exists") parts.push(key);
    else if (operator === "DoesNotExist") parts.push(`!${key}`);
  }
  return parts.length === 0 ? undefined : parts.join(",");
}
