import { FlowdeckError, type ObjectRef } from "../../../common/contract/index.ts";
import { at, text } from "../../../common/json/index.ts";
import { atDefinition, atPodSpec, isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, keyOf } from "../objects.ts";
import { applicationOrder } from "./application-order.ts";
import { isAwaited } from "./awaited.ts";
import { GateSet } from "./gates.ts";
import { PlanIndex } from "./plan-index.ts";
import { prioritise, refuseCycles } from "./plan-order.ts";
import type { ClusterFacts, KnownObject, Plan, PlanNode } from "./plan-types.ts";
import { isCertificateKind, isProfile, servedVersions } from "./waves.ts";
import { webhookRules } from "./webhook-gates.ts";
import { isWorkload, podInputs, podTemplateOf } from "./workloads.ts";

export interface PlanInput {
  installation: string;
  components: readonly { id: string; title: string }[];
  rendered: readonly { id: string; objects: readonly KubeObject[] }[];
  facts: ClusterFacts;
  /** Apply the components one after another, in the order they are given: a KfDef's applications. */
  inOrder?: boolean;
  /** Where namespaced objects go that name no namespace. */
  namespace?: string;
  /** Plan what can be applied, and list the objects of kinds that nobody serves, instead of refusing them. */
  leaveOutUnserved?: boolean;
  /** What the installation's journal says of objects, by key. */
  known?: ReadonlyMap<string, KnownObject> | undefined;
  /** Take over objects of other installations instead of leaving them theirs. */
  adopt?: boolean;
  /** Take over what nobody's installation has. */
  takeOver?: boolean;
}

/**
 * Rendered objects → what is applied and what each waits for. Pure: the same input gives the same plan.
 * @throws FlowdeckError `plan-invalid` when an object could never be applied, or objects wait for each other.
 */
export function makePlan(input: PlanInput): Plan {
  const index = new PlanIndex(input);
  const gates = new GateSet();
  const planned = [...index.nodes.values()];

  for (const node of planned) namespaceRule(node, index, gates, input.facts);
  for (const node of planned) definitionRule(node, index, gates);
  for (const node of planned) if (isWorkload(node.ref)) workloadRule(node, planned, index, gates);
  for (const node of planned) if (isCertificateKind(node.ref)) issuerRule(node, index, gates);
  webhookRules(index, gates, input.facts, input.inOrder ? input.components.map(({ id }) => id) : undefined);

  const outcomes = planned.flatMap((node) => outcomesOf(node, planned, index, gates));
  refuseCycles(index.nodes, gates.gates);
  if (input.inOrder) applicationOrder(input.components, index.nodes, gates);
  prioritise(index.nodes, gates.gates);
  markFoundations(planned, gates);
  return {
    installation: input.installation,
    components: input.components.map(({ id, title }) => ({ id, title })),
    nodes: planned.sort((a, b) => b.priority - a.priority),
    gates: [...gates.gates.values()],
    outcomes,
    duplicates: index.duplicates(),
    unserved: index.unserved,
  };
}

/** A namespaced object waits for its namespace: the plan's, the cluster's, or the one its Profile will make. */
function namespaceRule(node: PlanNode, index: PlanIndex, gates: GateSet, facts: ClusterFacts): void {
  const namespace = node.ref.namespace;
  if (!namespace) return;
  const planned = index.nodes.get(`/Namespace//${namespace}`);
  if (planned) {
    node.gates.push(gates.applied(planned));
    return;
  }
  if (facts.namespaces.has(namespace)) return;
  const profile = index.profileOf(namespace);
  if (!profile) {
    throw new FlowdeckError("plan-invalid", message("plan.noNamespace", { object: describe(node.ref), namespace }), {
      advice: message("plan.chooseNamespace"),
    });
  }
  node.gates.push(gates.exists({ apiVersion: "v1", kind: "Namespace", name: namespace }, [profile]));
}

/** A custom resource waits until its kind is served. */
function definitionRule(node: PlanNode, index: PlanIndex, gates: GateSet): void {
  const { apiVersion, kind } = node.ref;
  const definition = index.definitionOf(apiVersion, kind);
  const definedBy = definition && index.nodes.get(definition.node);
  if (!definedBy) return;
  node.gates.push(
    gates.served(
      { of: "kind", apiVersion, kind },
      [{ node: definedBy, apiVersion, kind }],
      message("gate.kindServed", { kind, version: apiVersion }),
    ),
  );
}

/**
 * A workload waits for what its pods cannot start without: the configuration and definitions of its component, the
 * objects its pods name wherever they come from, Secrets that a Certificate makes, and istiod's root certificate.
 */
function workloadRule(node: PlanNode, planned: readonly PlanNode[], index: PlanIndex, gates: GateSet): void {
  const own = planned.filter((other) => other.component === node.component);
  const configuration = own.filter(
    (other) =>
      (other.wave === "configuration" || other.wave === "namespaces") &&
      (!other.ref.namespace ||
        index.nodes.has(`/Namespace//${other.ref.namespace}`) ||
        !index.profileOf(other.ref.namespace)),
  );
  if (configuration.length > 0) {
    node.gates.push(gates.configuration(node.component, configuration));
  }
  const definitions = own.filter((other) => other.wave === "definitions").flatMap((other) => servedKinds(other));
  if (definitions.length > 0) {
    const { component } = node;
    const title = message("gate.definitionsServed", { component });
    node.gates.push(gates.served({ of: "component", component }, definitions, title));
  }
  const spec = podTemplateOf(node.object)?.spec;
  const namespace = node.ref.namespace;
  const inPlan = (ref: ObjectRef) => {
    const other = index.nodes.get(keyOf(ref));
    if (other && other.component !== node.component) node.gates.push(gates.applied(other));
    return other !== undefined;
  };
  const priorityClass = text(atPodSpec(spec, "priorityClassName"));
  if (priorityClass) inPlan({ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", name: priorityClass });
  for (const input of podInputs(spec)) {
    const there = inPlan({ apiVersion: "v1", kind: input.kind, namespace, name: input.name });
    if (input.optional) continue;
    if (input.kind === "Secret") {
      const maker = planned.find((other) => makesSecret(other, namespace, input.name));
      if (maker) node.gates.push(gates.ready(maker, controllersOf(maker, planned, index)));
    } else if (input.kind === "ConfigMap" && !there && input.name === "istio-ca-root-cert") {
      // istiod writes it into every namespace; kubelet's back-off makes a pod that came too early late.
      const istiod = planned.find((other) => isKind(other.ref, "apps/Deployment") && labelled(other, "app", "istiod"));
      if (istiod) node.gates.push(gates.ready(istiod));
    }
  }
  node.gates = [...new Set(node.gates)];
}

function labelled(node: PlanNode, label: string, value: string): boolean {
  return node.object.metadata.labels?.[label] === value;
}

function makesSecret(node: PlanNode, namespace: string | undefined, secret: string): boolean {
  return (
    isKind(node.ref, "cert-manager.io/Certificate") &&
    isCertificateKind(node.ref) &&
    node.ref.namespace === namespace &&
    at(node.object, "spec", "secretName") === secret
  );
}

/** cert-manager backs off when a Certificate comes before its issuer. */
function issuerRule(node: PlanNode, index: PlanIndex, gates: GateSet): void {
  const name = text(at(node.object, "spec", "issuerRef", "name"));
  if (!name) return;
  const kind = text(at(node.object, "spec", "issuerRef", "kind")) ?? "Issuer";
  const namespace = kind === "ClusterIssuer" ? undefined : node.ref.namespace;
  const issuer = index.nodes.get(keyOf({ apiVersion: node.ref.apiVersion, kind, namespace, name }));
  if (issuer) node.gates.push(gates.applied(issuer));
}

/** The kinds that a CustomResourceDefinition makes the server serve. */
function servedKinds(node: PlanNode): { node: PlanNode; apiVersion: string; kind: string }[] {
  const group = text(atDefinition(node.object, "spec", "group"));
  const kind = text(atDefinition(node.object, "spec", "names", "kind"));
  const [name] = servedVersions(node.object);
  if (!group || !kind) return [];
  return name ? [{ node, apiVersion: `${group}/${name}`, kind }] : [];
}

/** What must hold in the end, beside every object having been applied. */
function outcomesOf(node: PlanNode, planned: readonly PlanNode[], index: PlanIndex, gates: GateSet): string[] {
  if (isWorkload(node.ref) || isKind(node.ref, "apiregistration.k8s.io/APIService")) return [gates.ready(node)];
  if (isCertificateKind(node.ref))
    return isAwaited(node.object) ? [gates.ready(node, controllersOf(node, planned, index))] : [];
  if (!isProfile(node.ref)) return [];
  const namespace = node.ref.name;
  const makers = [node, ...controllersOf(node, planned, index)];
  return [
    gates.exists({ apiVersion: "v1", kind: "Namespace", name: namespace }, makers),
    gates.exists({ apiVersion: "v1", kind: "ServiceAccount", namespace, name: "default-editor" }, makers),
  ];
}

/** Workloads that act on a custom resource: those of the component that defines its kind. */
function controllersOf(node: PlanNode, planned: readonly PlanNode[], index: PlanIndex): PlanNode[] {
  const definition = index.definitionOf(node.ref.apiVersion, node.ref.kind);
  const component = definition && index.nodes.get(definition.node)?.component;
  return planned.filter((other) => other.component === component && isWorkload(other.ref));
}

/** Workloads that objects of the plan (not only webhook configurations) wait for are shown as a wave of their own. */
function markFoundations(nodes: readonly PlanNode[], gates: GateSet): void {
  const waited = new Set<string>();
  const follow = (id: string) => {
    const gate = gates.gates.get(id);
    if (!gate || waited.has(id)) return;
    waited.add(id);
    gate.after.forEach(follow);
    if (gate.condition.type === "applied") return;
    for (const key of gate.basis) {
      const node = nodes.find((candidate) => candidate.id === key);
      if (node?.wave === "workloads") node.wave = "foundations";
    }
  };
  for (const node of nodes) if (node.wave !== "webhooks") node.gates.forEach(follow);
}
