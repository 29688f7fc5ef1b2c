import { at, list, own, text, texts } from "../../../common/json/index.ts";
import { atAutoscaler, atBudget, atQuota } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { quantities } from "./containers.ts";
import {
  conditionTable,
  created,
  type Describer,
  eventTable,
  head,
  labelsLine,
  selectorWords,
  sorted,
  word,
  wordOr,
} from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";

export const describeNamespace: Describer = (sheet, namespace, look) => {
  head(sheet, namespace, { namespace: false });
  sheet.pair("Status", word(namespace, "status", "phase"));
  conditionTable(sheet, namespace, ["Type", "Status", "LastTransitionTime", "Reason", "Message"]);
  const { name } = namespace.metadata;
  const quotas = look.list({ apiVersion: "v1", kind: "ResourceQuota", namespace: name }).objects;
  sheet.text("");
  if (quotas.length === 0) sheet.text("No resource quota.");
  else sheet.text("Resource Quotas");
  for (const quota of quotas) {
    sheet.pair("Name", quota.metadata.name, 1);
    quotaLines(sheet, quota, 1);
  }
  const ranges = look.list({ apiVersion: "v1", kind: "LimitRange", namespace: name }).objects;
  sheet.text("");
  if (ranges.length === 0) sheet.text("No LimitRange resource.");
  else {
    sheet.text("Resource Limits");
    rangeTable(sheet, ranges, 1);
  }
};

const scopeHelp: Record<string, string> = {
  Terminating:
    "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.",
  NotTerminating:
    "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.",
  BestEffort:
    "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
  NotBestEffort:
    "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.",
};

function quotaLines(sheet: Sheet, quota: KubeObject, level: number): void {
  const scopes = texts(atQuota(quota, "spec", "scopes")).toSorted();
  sheet.pair("Scopes", scopes.join(", ") || undefined, level);
  for (const scope of scopes) if (scopeHelp[scope]) sheet.text(` * ${scopeHelp[scope]}`, level);
  const used = quantities(atQuota(quota, "status", "used"));
  sheet.table(
    ["Resource", "Used", "Hard"],
    sorted(quantities(atQuota(quota, "status", "hard"))).map(([name, hard]) => [name, own(used, name) ?? "0", hard]),
    level,
  );
}

export const describeQuota: Describer = (sheet, quota) => {
  sheet.pair("Name", quota.metadata.name).pair("Namespace", quota.metadata.namespace ?? "");
  quotaLines(sheet, quota, 0);
};

export const describeLimitRange: Describer = (sheet, range) => {
  sheet.pair("Name", range.metadata.name).pair("Namespace", range.metadata.namespace ?? "");
  rangeTable(sheet, [range], 0);
};

function rangeTable(sheet: Sheet, ranges: readonly KubeObject[], level: number): void {
  const columns = ["min", "max", "defaultRequest", "default", "maxLimitRequestRatio"];
  const rows = ranges
    .flatMap((range) => list(at(range, "spec", "limits")))
    .flatMap((item) => {
      const amounts = columns.map((column) => quantities(at(item, column)));
      const names = [...new Set(amounts.flatMap((amount) => Object.keys(amount)))].toSorted();
      return names.map((name) => [
        wordOr("", item, "type"),
        name,
        ...amounts.map((amount) => own(amount, name) ?? "-"),
      ]);
    });
  const titles = ["Type", "Resource", "Min", "Max", "Default Request", "Default Limit", "Max Limit/Request Ratio"];
  sheet.table(titles, rows, level);
}

export const describeBudget: Describer = (sheet, budget, look) => {
  sheet.pair("Name", budget.metadata.name).pair("Namespace", budget.metadata.namespace ?? "");
  const least = word(budget, "spec", "minAvailable");
  if (least === undefined) sheet.pair("Max unavailable", word(budget, "spec", "maxUnavailable"));
  else sheet.pair("Min available", least);
  const selector = atBudget(budget, "spec", "selector");
  sheet.pair("Selector", selector === undefined ? "<unset>" : selectorWords(selector));
  sheet.heading("Status");
  for (const [label, field] of [
    ["Allowed disruptions", "disruptionsAllowed"],
    ["Current", "currentHealthy"],
    ["Desired", "desiredHealthy"],
    ["Total", "expectedPods"],
  ] as const) {
    sheet.pair(label, wordOr("0", budget, "status", field), 2);
  }
  eventTable(sheet, budget, look);
};

export const describePriorityClass: Describer = (sheet, priority, look) => {
  sheet.pair("Name", priority.metadata.name).pair("Value", word(priority, "value"));
  sheet.pair("GlobalDefault", wordOr("false", priority, "globalDefault"));
  sheet.pair("PreemptionPolicy", word(priority, "preemptionPolicy"));
  sheet.pair("Description", wordOr("", priority, "description"));
  sheet.pair("Annotations", labelsLine(priority.metadata.annotations ?? {}));
  eventTable(sheet, priority, look);
};

export const describeScaler: Describer = (sheet, scaler, look) => {
  head(sheet, scaler);
  created(sheet, scaler);
  const target = atAutoscaler(scaler, "spec", "scaleTargetRef");
  sheet.pair("Reference", `${wordOr("", target, "kind")}/${wordOr("", target, "name")}`);
  sheet.pair("Metrics", "( current / target )");
  const current = list(atAutoscaler(scaler, "status", "currentMetrics"));
  for (const [index, metric] of list(atAutoscaler(scaler, "spec", "metrics")).entries()) {
    const { label, value } = metricWords(metric, current[index]);
    sheet.pair(label, value, 1);
  }
  sheet.pair("Min replicas", wordOr("<unset>", scaler, "spec", "minReplicas"));
  sheet.pair("Max replicas", word(scaler, "spec", "maxReplicas"));
  const behavior = atAutoscaler(scaler, "spec", "behavior");
  if (behavior !== undefined) {
    sheet.heading("Behavior");
    scaling(sheet, "Scale Up", at(behavior, "scaleUp"));
    scaling(sheet, "Scale Down", at(behavior, "scaleDown"));
  }
  sheet.pair(
    `${wordOr("", target, "kind")} pods`,
    `${wordOr("0", scaler, "status", "currentReplicas")} current / ${wordOr("0", scaler, "status", "desiredReplicas")} desired`,
  );
  conditionTable(sheet, scaler, ["Type", "Status", "Reason", "Message"]);
  eventTable(sheet, scaler, look);
};

function metricWords(metric: unknown, status: unknown): { label: string; value: string } {
  const type = wordOr("", metric, "type");
  const field = type.slice(0, 1).toLowerCase() + type.slice(1);
  const wanted = at(metric, field);
  const now = at(status, field, "current");
  const name = wordOr("", wanted, "metric", "name");
  const average = word(wanted, "target", "averageValue");
  const plain = (which: string) => `${wordOr("<unknown>", now, which)} / ${wordOr("", wanted, "target", which)}`;
  if (type === "External" || type === "Object") {
    const described = at(wanted, "describedObject");
    const on = described === undefined ? "" : ` on ${wordOr("", described, "kind")}/${wordOr("", described, "name")}`;
    return average === undefined
      ? { label: `"${name}"${on} (target value)`, value: plain("value") }
      : { label: `"${name}"${on} (target average value)`, value: plain("averageValue") };
  }
  if (type === "Pods") return { label: `"${name}" on pods`, value: plain("averageValue") };
  const container = text(at(wanted, "container"));
  const label = `resource ${wordOr("", wanted, "name")}${container ? ` of container "${container}"` : ""} on pods`;
  if (average !== undefined) return { label, value: plain("averageValue") };
  const used = word(now, "averageUtilization");
  const target = word(wanted, "target", "averageUtilization");
  const shown = used === undefined ? "<unknown>" : `${used}% (${wordOr("", now, "averageValue")})`;
  return {
    label: `${label}  (as a percentage of request)`,
    value: `${shown} / ${target === undefined ? "<auto>" : `${target}%`}`,
  };
}

function scaling(sheet: Sheet, title: string, rules: unknown): void {
  if (rules === undefined) return;
  sheet.heading(title, 1);
  const seconds = word(rules, "stabilizationWindowSeconds");
  if (seconds !== undefined) sheet.pair("Stabilization Window", `${seconds} seconds`, 2);
  const policies = list(at(rules, "policies"));
  if (policies.length === 0) return;
  sheet.pair("Select Policy", wordOr("Max", rules, "selectPolicy"), 2);
  sheet.heading("Policies", 2);
  for (const policy of policies) {
    sheet.text(
      `- Type: ${wordOr("", policy, "type")}  Value: ${wordOr("", policy, "value")}  Period: ${wordOr("", policy, "periodSeconds")} seconds`,
      3,
    );
  }
}
