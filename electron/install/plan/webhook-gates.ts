import { FlowdeckError } from "../../../common/contract/index.ts";
import { at, text } from "../../../common/json/index.ts";
import { groupOf, isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { keyOfObject } from "../objects.ts";
import type { GateSet } from "./gates.ts";
import type { PlanIndex } from "./plan-index.ts";
import { reaches } from "./plan-order.ts";
import type { ClusterFacts, Condition, PlanNode } from "./plan-types.ts";
import { probePod } from "./probe-pod.ts";
import { isCertificateKind } from "./waves.ts";
import { intercepts, isWebhookConfiguration, type Webhook, webhooksOf } from "./webhooks.ts";
import { isWorkload } from "./workloads.ts";

interface Reach {
  configuration: PlanNode;
  live: boolean;
  webhooks: Webhook[];
  /** Workloads whose pods a webhook of it is asked about. */
  pods: Map<Webhook, PlanNode[]>;
  /** Other nodes that a webhook of it is asked about and would refuse while it does not answer. */
  objects: Map<Webhook, PlanNode[]>;
}

/**
 * Orders webhook configurations and what they intercept (install-engine rules b, c):
 * - one that changes pods of the plan (a sidecar injector) comes early, and those workloads wait until it answers;
 * - one that checks objects whose readiness others wait for (certificates) comes when its Service answers, and those
 *   objects wait until a dry run passes;
 * - any other comes last: after the objects it checks, when its Service has an endpoint;
 * - one that is in the cluster already is probed before what it checks.
 * Where components are applied in an `order`, one that changes pods and comes now is waited for by the components after
 * it only, and only where its absence would refuse them: it may never run, and they did without it before.
 * @throws FlowdeckError `plan-invalid` when a webhook's Service is nowhere.
 */
export function webhookRules(
  index: PlanIndex,
  gates: GateSet,
  facts: ClusterFacts,
  order?: readonly string[] | undefined,
): void {
  const planned = [...index.nodes.values()];
  const reachOf = planned
    .filter((node) => isWebhookConfiguration(node.ref))
    .map((node) => reach(node, planned, index, facts, order));
  for (const node of planned) {
    if (!isKind(node.ref, "apiregistration.k8s.io/APIService")) continue;
    const service = at(node.object, "spec", "service");
    const namespace = text(at(service, "namespace"));
    const name = text(at(service, "name"));
    if (namespace && name) node.gates.push(endpointGate(node, namespace, name, index, gates, facts));
  }
  const injectors: string[] = [];
  for (const one of reachOf) injectors.push(...injectorRule(one, planned, index, gates, facts));
  for (const one of reachOf) {
    // In order, a webhook that would refuse nothing of the plan comes with its application, whether it runs or not.
    if (one.pods.size > 0 || (order !== undefined && one.objects.size === 0)) continue;
    checkerRule(one, planned, index, gates, facts);
  }
  // Pods in a namespace that a Profile makes should find the injector answering.
  for (const node of planned) if (node.wave === "profiles") node.gates.push(...injectors);
  for (const node of planned) node.gates = [...new Set(node.gates)];
}

function reach(
  configuration: PlanNode,
  planned: readonly PlanNode[],
  index: PlanIndex,
  facts: ClusterFacts,
  order: readonly string[] | undefined,
): Reach {
  const live = facts.webhookConfigurations.find((object) => keyOfObject(object) === configuration.id);
  const webhooks = [...webhooksOf(configuration.object), ...(live ? webhooksOf(live) : [])];
  const pods = new Map<Webhook, PlanNode[]>();
  const objects = new Map<Webhook, PlanNode[]>();
  const place = (node: PlanNode) => order?.indexOf(node.component) ?? 0;
  const concerned = live ? planned : planned.filter((node) => place(node) >= place(configuration));
  for (const webhook of webhooks) {
    const counts = webhook.fails || (webhook.mutating && order === undefined);
    const workloads = concerned.filter((node) => {
      const reviewed = index.reviewedPods(node);
      return counts && reviewed !== undefined && intercepts(webhook, reviewed);
    });
    if (workloads.length > 0) pods.set(webhook, workloads);
    const others = planned.filter((node) => webhook.fails && intercepts(webhook, index.reviewed(node)));
    if (others.length > 0) objects.set(webhook, others);
  }
  return { configuration, live: live !== undefined, webhooks, pods, objects };
}

/** Gives the gates that say "pods get through". */
function injectorRule(
  one: Reach,
  planned: readonly PlanNode[],
  index: PlanIndex,
  gates: GateSet,
  facts: ClusterFacts,
): string[] {
  if (one.pods.size === 0) return [];
  const opened: string[] = [];
  const self = [...one.pods].some(([webhook, workloads]) =>
    backing(webhook, index).some((workload) => workloads.includes(workload)),
  );
  const late = [...one.webhooks].flatMap((webhook) => answerGates(one, webhook, index, gates, facts));
  if (self && !one.live) one.configuration.gates.push(...late);
  // Node agents of the injector's component (a CNI plug-in) prepare each node for the pods that it changes.
  const agents = planned.filter(
    (node) => node.component === one.configuration.component && isKind(node.ref, "apps/DaemonSet"),
  );
  for (const [webhook, workloads] of one.pods) {
    const first = workloads.find((node) => !isMadeByProfile(node.ref.namespace, index, facts)) ?? workloads[0];
    if (!first?.ref.namespace) continue;
    const answers = [
      gates.applied(one.configuration),
      ...answerGates(one, webhook, index, gates, facts),
      ...agents.filter((agent) => !workloads.includes(agent)).map((agent) => gates.ready(agent)),
    ];
    const after = [...answers, ...first.gates.filter((id) => waitsForNamespace(gates.conditionOf(id), index))];
    const gate = gates.accepts(one.configuration.ref.name, webhook.name, probePod(first), after);
    // Nothing can be tried in a namespace that a Profile has yet to make, so the Profile can't wait for that.
    if (isMadeByProfile(first.ref.namespace, index, facts)) opened.push(...answers);
    else opened.push(gate);
    for (const workload of workloads) {
      if (!reaches(after, workload.id, index.nodes, gates.gates)) workload.gates.push(gate);
    }
  }
  return opened;
}

function checkerRule(
  one: Reach,
  planned: readonly PlanNode[],
  index: PlanIndex,
  gates: GateSet,
  facts: ClusterFacts,
): void {
  const waitedFor = (node: PlanNode) =>
    isCertificateKind(node.ref) &&
    planned.some(
      (other) => isWorkload(other.ref) && other.gates.some((id) => isReadinessOf(gates.conditionOf(id), node)),
    );
  const guarded = one.live || [...one.objects.values()].some((targets) => targets.some(waitedFor));
  for (const webhook of one.webhooks) {
    one.configuration.gates.push(...answerGates(one, webhook, index, gates, facts));
  }
  for (const [webhook, targets] of one.objects) {
    if (!guarded) {
      one.configuration.gates.push(gates.checkedBy(webhook.name, targets));
      continue;
    }
    const there = targets.filter((node) => !isMadeByProfile(node.ref.namespace, index, facts));
    const probed = there.find((node) => /Issuer$/.test(node.ref.kind)) ?? there[0] ?? targets[0];
    if (!probed) continue;
    const after = [
      ...(one.live ? [] : [gates.applied(one.configuration)]),
      ...answerGates(one, webhook, index, gates, facts),
      ...probed.gates.filter((id) => {
        const condition = gates.conditionOf(id);
        return condition?.type === "served" || waitsForNamespace(condition, index);
      }),
    ];
    const free = targets.filter((target) => !reaches(after, target.id, index.nodes, gates.gates));
    if (free.length === 0) continue;
    const gate = gates.accepts(one.configuration.ref.name, webhook.name, dryRunOf(probed), after);
    for (const target of free) target.gates.push(gate);
  }
}

/** Is this a namespace that neither the plan nor the cluster has, because the controller of a Profile makes it? */
function isMadeByProfile(namespace: string | undefined, index: PlanIndex, facts: ClusterFacts): boolean {
  if (namespace === undefined || facts.namespaces.has(namespace)) return false;
  return !index.nodes.has(`/Namespace//${namespace}`) && index.profileOf(namespace) !== undefined;
}

/** Is it for its namespace that an object waits, whoever makes that? */
function waitsForNamespace(condition: Condition | undefined, index: PlanIndex): boolean {
  if (condition?.type === "exists") return isKind(condition.ref, "/Namespace");
  if (condition?.type !== "applied" || condition.scope.of !== "object") return false;
  return condition.nodes.some((id) => isKind(index.nodes.get(id)?.ref ?? noKind, "/Namespace"));
}

const noKind = { apiVersion: "", kind: "" };

function isReadinessOf(condition: Condition | undefined, node: PlanNode): boolean {
  return condition?.type === "ready" && condition.node === node.id;
}

/** What has to be there so that a webhook is answered: pods behind its Service, or the API that it goes through. */
function answerGates(one: Reach, webhook: Webhook, index: PlanIndex, gates: GateSet, facts: ClusterFacts): string[] {
  const { service, through } = webhook;
  if (service) return [endpointGate(one.configuration, service.namespace, service.name, index, gates, facts)];
  const api = through && index.nodes.get(`apiregistration.k8s.io/APIService//${through.version}.${through.group}`);
  return api ? [gates.ready(api)] : [];
}

function endpointGate(
  node: PlanNode,
  namespace: string,
  name: string,
  index: PlanIndex,
  gates: GateSet,
  facts: ClusterFacts,
): string {
  const basis = index.backing(namespace, name);
  if (basis.length === 0 && !facts.services.has(`${namespace}/${name}`)) {
    const isPlanned = index.nodes.has(`/Service/${namespace}/${name}`);
    const what = { caller: `${node.ref.kind} ${node.ref.name}`, service: `${namespace}/${name}` };
    throw new FlowdeckError("plan-invalid", message(isPlanned ? "plan.noPodsBehind" : "plan.noService", what), {
      advice: message("plan.chooseService"),
    });
  }
  return gates.endpoint(namespace, name, basis);
}

function backing(webhook: Webhook, index: PlanIndex): PlanNode[] {
  return webhook.service ? index.backing(webhook.service.namespace, webhook.service.name) : [];
}

/** A probe must not be stored under a name that could already mean something else: dry runs store nothing. */
function dryRunOf(node: PlanNode): KubeObject {
  const { labels: _labels, ...metadata } = node.object.metadata;
  return groupOf(node.ref.apiVersion) === "" ? node.object : { ...node.object, metadata };
}
