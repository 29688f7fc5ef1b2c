import { list, text, textMap, texts } from "../json/read.ts";
import { atLabelSelector, atRequirement } from "./typed-at.ts";

/** Labels as one text, by their names; undefined where there are none. */
export function formatLabels(labels: Readonly<Record<string, string>>): string | undefined {
  return joined(Object.entries(labels).map(([key, value]) => [key, `${key}=${value}`]));
}

/**
 * A LabelSelector (matchLabels, matchExpressions) or a Service's plain map as the text that the API takes as labelSelector
 * and that kubectl shows: ordered by key, the values of a set ordered, too. Undefined when it narrows nothing down (an
 * empty or missing selector, as in a Service that leads elsewhere).
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function formatLabelSelector(selector: unknown): string | undefined {
  const structured =
    atLabelSelector(selector, "matchLabels") !== undefined ||
    atLabelSelector(selector, "matchExpressions") !== undefined;
  if (!structured) return formatLabels(textMap(selector));
  const labels = Object.entries(textMap(atLabelSelector(selector, "matchLabels"))).map(([key, value]) => [
    key,
    `${key}=${value}`,
  ]);
  const expressions = list(atLabelSelector(selector, "matchExpressions")).map((expression) => {
    const key = text(atRequirement(expression, "key")) ?? "";
    return [key, formatExpression(key, expression)];
  });
  return joined([...labels, ...expressions]);
}

function joined(parts: readonly string[][]): string | undefined {
  return (
    parts
      .toSorted(([one = ""], [other = ""]) => (one < other ? -1 : Number(one > other)))
      .map(([, part]) => part)
      .join(",") || undefined
  );
}

function formatExpression(key: string, expression: unknown): string {
  const values = texts(atRequirement(expression, "values")).toSorted().join(",");
  switch (atRequirement(expression, "operator")) {
    case "In":
      return `${key} in (${values})`;
    case "NotIn":
      return `${key} notin (${values})`;
    case "Exists":
      return key;
    default:
      return `!${key}`;
  }
}

/**
 * Does a LabelSelector select these labels? An empty one selects everything, a missing one nothing; one with an operator
 * that there is not selects nothing either. (Where the API takes a missing one for an empty one, as in webhooks, the
 * caller says `?? {}`.)
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  if (typeof selector !== "object" || selector === null) return false;
  for (const [key, value] of Object.entries(textMap(atLabelSelector(selector, "matchLabels")))) {
    if (labels[key] !== value) return false;
  }
  return list(atLabelSelector(selector, "matchExpressions")).every((expression) => holds(expression, labels));
}

function holds(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const key = text(atRequirement(expression, "key")) ?? "";
  const values = texts(atRequirement(expression, "values"));
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (atRequirement(expression, "operator")) {
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

/**
 * What a label selector in the text that the API takes selects (`app=web,tier in (a,b),!old`); undefined for a text that
 * is not of that form.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api
 */
export function labelsSelectedBy(
  selector: string,
): ((labels: Readonly<Record<string, string>>) => boolean) | undefined {
  const matchExpressions: { key: string; operator: string; values: string[] }[] = [];
  for (const term of selector.split(/,(?![^(]*\))/)) {
    const expression = parseTerm(term.trim());
    if (expression === undefined) return undefined;
    matchExpressions.push(expression);
  }
  return (labels) => selects({ matchExpressions }, labels);
}

function parseTerm(term: string): { key: string; operator: string; values: string[] } | undefined {
  const [, not, alone] = /^(!?)\s*([\w./-]+)$/.exec(term) ?? [];
  if (alone !== undefined) return { key: alone, operator: not === "!" ? "DoesNotExist" : "Exists", values: [] };
  const [, key, equals, value] = /^([\w./-]+)\s*(==?|!=)\s*([\w.-]*)$/.exec(term) ?? [];
  if (key !== undefined && value !== undefined) {
    return { key, operator: equals === "!=" ? "NotIn" : "In", values: [value] };
  }
  const [, name, set, values] = /^([\w./-]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(term) ?? [];
  if (name === undefined || values === undefined) return undefined;
  return { key: name, operator: set === "in" ? "In" : "NotIn", values: values.split(",").map((one) => one.trim()) };
}
