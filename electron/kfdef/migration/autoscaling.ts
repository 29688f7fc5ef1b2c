import { message } from "../../../common/words/index.ts";
import { type Fields, inside, items, move } from "./json.ts";
import type { Convert, Note } from "./types.ts";

/**
 * HorizontalPodAutoscaler of v2beta1 and v2beta2 as v2, where a metric's name and its target are objects of their own.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#horizontalpodautoscaler-v126
 */
export const convertAutoscaler: Convert = (object, from, note) => {
  const spec = inside(object, "spec");
  if (from === "autoscaling/v2beta1") for (const metric of items(spec?.metrics)) convertMetric(metric, note);
  const target = inside(spec, "scaleTargetRef");
  if (target !== undefined && /^(extensions|apps)\/v1beta[12]$/.test(String(target.apiVersion))) {
    note(
      message("conversion.became", {
        from: `spec.scaleTargetRef.apiVersion ${String(target.apiVersion)}`,
        to: "apps/v1",
      }),
    );
    target.apiVersion = "apps/v1";
  }
  if (object.status !== undefined) delete object.status;
  return object;
};

function convertMetric(metric: Fields, note: Note): void {
  const source = inside(metric, sourceFields.get(String(metric.type)) ?? "");
  if (source === undefined) return;
  if (metric.type === "Pods") withMetric(source, "selector", {}, note);
  else if (metric.type === "External") withMetric(source, "metricSelector", { value: "targetValue" }, note);
  else if (metric.type === "Object") {
    move(source, "target", source, "describedObject");
    withMetric(source, "selector", { value: "targetValue", average: "averageValue" }, note);
  } else withTarget(source, { utilization: "targetAverageUtilization" }, note);
}

/** Where a metric of each type says what it is about. */
const sourceFields = new Map([
  ["Resource", "resource"],
  ["ContainerResource", "containerResource"],
  ["Pods", "pods"],
  ["External", "external"],
  ["Object", "object"],
]);

function withMetric(source: Fields, selector: string, from: TargetFields, note: Note): void {
  const metric: Fields = {};
  move(source, "metricName", metric, "name");
  move(source, selector, metric, "selector");
  source.metric = metric;
  withTarget(source, from, note);
}

interface TargetFields {
  utilization?: string;
  value?: string;
  average?: string;
}

function withTarget(source: Fields, from: TargetFields, note: Note): void {
  const target: Fields = {};
  const average = from.average ?? "targetAverageValue";
  // An average was used where it was given, whatever stood beside it.
  if (from.utilization !== undefined && move(source, from.utilization, target, "averageUtilization"))
    target.type = "Utilization";
  else if (move(source, average, target, "averageValue")) target.type = "AverageValue";
  else if (from.value !== undefined && move(source, from.value, target, "value")) target.type = "Value";
  for (const old of [from.utilization, from.value, average]) if (old !== undefined) delete source[old];
  source.target = target;
  const shown = inside(source, "metric")?.name ?? source.name;
  note(message("conversion.metricsTarget", { name: String(shown) }));
}
