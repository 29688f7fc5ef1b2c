import { at, list, number, text, textMap } from "../../../common/json/index.ts";
import { atPod, atPodTemplate } from "../../../common/kube/index.ts";
import { containerLines, resources } from "./containers.ts";
import {
  age,
  annotationLines,
  controller,
  type Describer,
  date,
  eventTable,
  labelLines,
  selectorWords,
  sorted,
  word,
  wordOr,
} from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";
import { volumeLines } from "./volumes.ts";

export const describePod: Describer = (sheet, pod, look) => {
  const { name, namespace, labels, annotations, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  sheet.pair("Priority", word(pod, "spec", "priority"));
  sheet.pair("Priority Class Name", word(pod, "spec", "priorityClassName") || undefined);
  sheet.pair("Runtime Class Name", word(pod, "spec", "runtimeClassName"));
  sheet.pair("Service Account", word(pod, "spec", "serviceAccountName") || undefined);
  const node = text(atPod(pod, "spec", "nodeName"));
  sheet.pair("Node", node ? `${node}/${wordOr("", pod, "status", "hostIP")}` : "<none>");
  if (atPod(pod, "status", "startTime") !== undefined)
    sheet.pair("Start Time", date(atPod(pod, "status", "startTime")));
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  if (deletionTimestamp) {
    sheet.pair("Status", `Terminating (lasts ${age(look, deletionTimestamp)})`);
    sheet.pair("Termination Grace Period", `${word(deletionGracePeriodSeconds) ?? "0"}s`);
  } else sheet.pair("Status", wordOr("", pod, "status", "phase"));
  sheet.pair("Reason", word(pod, "status", "reason") || undefined);
  sheet.pair("Message", word(pod, "status", "message") || undefined);
  sheet.pair("SeccompProfile", word(pod, "spec", "securityContext", "seccompProfile", "type"));
  sheet.pair("IP", wordOr("", pod, "status", "podIP"));
  const addresses = list(atPod(pod, "status", "podIPs"));
  if (addresses.length === 0) sheet.pair("IPs", "<none>");
  else sheet.heading("IPs");
  for (const address of addresses) sheet.pair("IP", word(address, "ip"), 1);
  controller(sheet, pod);
  sheet.pair("NominatedNodeName", word(pod, "status", "nominatedNodeName") || undefined);
  if (atPod(pod, "spec", "resources") !== undefined) {
    sheet.heading("Resources");
    resources(sheet, atPod(pod, "spec", "resources"), 1);
  }
  podContainers(sheet, pod);
  podConditions(sheet, pod);
  volumeLines(sheet, list(atPod(pod, "spec", "volumes")), 0);
  sheet.pair("QoS Class", word(pod, "status", "qosClass"));
  labelLines(sheet, "Node-Selectors", atPod(pod, "spec", "nodeSelector"));
  tolerations(sheet, atPod(pod, "spec", "tolerations"), 0);
  spread(sheet, atPod(pod, "spec", "topologySpreadConstraints"), 0);
  eventTable(sheet, pod, look);
};

function podContainers(sheet: Sheet, pod: unknown): void {
  const of = (field: string) => list(at(pod, "spec", field));
  const statuses = (field: string) => list(at(pod, "status", field));
  const inits = of("initContainers");
  if (inits.length > 0) containerLines(sheet, "Init Containers", inits, statuses("initContainerStatuses"), 0, pod);
  containerLines(sheet, "Containers", of("containers"), statuses("containerStatuses"), 0, pod);
  const temporary = of("ephemeralContainers");
  if (temporary.length > 0) {
    containerLines(sheet, "Ephemeral Containers", temporary, statuses("ephemeralContainerStatuses"), 0, pod);
  }
}

function podConditions(sheet: Sheet, pod: unknown): void {
  const conditions = list(atPod(pod, "status", "conditions"));
  const gates = list(atPod(pod, "spec", "readinessGates"));
  const statusOf = (type: unknown) => conditions.find((condition) => at(condition, "type") === type);
  if (gates.length > 0) {
    sheet.heading("Readiness Gates");
    sheet.table(
      ["Type", "Status"],
      gates.map((gate) => [
        wordOr("", gate, "conditionType"),
        wordOr("<none>", statusOf(at(gate, "conditionType")), "status"),
      ]),
    );
  }
  if (conditions.length === 0) return;
  sheet.heading("Conditions");
  sheet.table(
    ["Type", "Status"],
    conditions.map((condition) => [wordOr("", condition, "type"), wordOr("", condition, "status")]),
  );
}

export function tolerations(sheet: Sheet, value: unknown, level: number): void {
  const words = list(value)
    .toSorted((one, other) => (wordOr("", one, "key") < wordOr("", other, "key") ? -1 : 1))
    .map((toleration) => {
      const key = wordOr("", toleration, "key");
      const own = wordOr("", toleration, "value");
      const effect = wordOr("", toleration, "effect");
      const seconds = number(at(toleration, "tolerationSeconds"));
      const start = `${key}${own ? `=${own}` : ""}${effect ? `:${effect}` : ""}`;
      const exists = at(toleration, "operator") === "Exists" && !own ? "op=Exists" : "";
      return [start, exists, seconds === undefined ? "" : `for ${seconds}s`].filter(Boolean).join(" ");
    });
  sheet.values("Tolerations", words, level);
}

function spread(sheet: Sheet, value: unknown, level: number): void {
  const constraints = list(value);
  if (constraints.length === 0) return;
  const words = constraints
    .toSorted((one, other) => (wordOr("", one, "topologyKey") < wordOr("", other, "topologyKey") ? -1 : 1))
    .map((constraint) => {
      const selector = at(constraint, "labelSelector");
      const whom = selector === undefined ? "" : ` for selector ${selectorWords(selector)}`;
      return `${wordOr("", constraint, "topologyKey")}:${wordOr("", constraint, "whenUnsatisfiable")} when max skew ${wordOr("1", constraint, "maxSkew")} is exceeded${whom}`;
    });
  sheet.values("Topology Spread Constraints", words, level);
}

/** A workload's pod template. */
export function templateLines(sheet: Sheet, template: unknown): void {
  sheet.heading("Pod Template");
  labelLines(sheet, "Labels", atPodTemplate(template, "metadata", "labels"), 1);
  const annotations = atPodTemplate(template, "metadata", "annotations");
  if (Object.keys(textMap(annotations)).length > 0) annotationLines(sheet, annotations, "Annotations", 1);
  sheet.pair("Service Account", word(template, "spec", "serviceAccountName") || undefined, 1);
  const inits = list(atPodTemplate(template, "spec", "initContainers"));
  if (inits.length > 0) containerLines(sheet, "Init Containers", inits, [], 1);
  containerLines(sheet, "Containers", list(atPodTemplate(template, "spec", "containers")), [], 1);
  volumeLines(sheet, list(atPodTemplate(template, "spec", "volumes")), 1);
  spread(sheet, atPodTemplate(template, "spec", "topologySpreadConstraints"), 1);
  sheet.pair("Priority Class Name", word(template, "spec", "priorityClassName") || undefined, 1);
  const selector = sorted(textMap(atPodTemplate(template, "spec", "nodeSelector"))).map(
    ([key, value]) => `${key}=${value}`,
  );
  sheet.values("Node-Selectors", selector, 1);
  tolerations(sheet, atPodTemplate(template, "spec", "tolerations"), 1);
}
