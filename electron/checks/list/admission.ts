import { FlowdeckError, type ObjectRef } from "../../../common/contract/index.ts";
import { canonicalJson, fields, isRecord, list } from "../../../common/json/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, type PlanNode, podTemplateOf } from "../../install/index.ts";
import { type Check, failed, passed } from "../check.ts";
import type { World } from "../world.ts";
import { someNames } from "./refs.ts";

const enforced = "pod-security.kubernetes.io/enforce";
const mostPods = 24;

/**
 * Pods as the plan's workloads will make them, in a dry run: Pod Security, policy engines and every other webhook of the
 * cluster say what they will say. Where a namespace is not there yet, the pod is tried in `default`, which shows what counts
 * everywhere.
 */
export const admission: Check = {
  id: "admission",
  level: "must",
  name: message("checks.admission"),
  of: "plan",
  async run(world, { nodes }) {
    const namespaces = (await world.all("v1", "Namespace")) ?? [];
    const there = new Map(namespaces.map((one) => [one.metadata.name, one.metadata.labels ?? {}]));
    // What is meant for `default` alone says nothing of other namespaces.
    const standIn = there.get("default")?.[enforced] === undefined ? "default" : undefined;
    const pods = podsOf(nodes, (name) => (there.has(name) ? name : standIn));
    if (pods.length === 0) return undefined;
    const refused = (await Promise.all(pods.map((pod) => refusalOf(world, pod)))).flat();
    const [first] = refused;
    if (first === undefined) return passed(message("checks.admissionOk", { count: pods.length }));
    const isSilent = first.error.code === "webhook-failed";
    const names = someNames(refused.map(({ node }) => describe(node.ref)));
    return failed(message(isSilent ? "checks.webhookUnreached" : "checks.admissionRefused", { names }), {
      evidence: [message(isSilent ? "checks.webhookUnreachedWay" : "checks.admissionWay")],
      detail: first.error.detail ?? first.error.message,
      objects: namespacesOf(
        refused.map(({ node }) => node),
        there,
      ),
    });
  },
};

interface TriedPod {
  node: PlanNode;
  object: KubeObject;
}

/** One pod for each shape of permissions in each namespace, the most demanding namespaces first. */
function podsOf(nodes: readonly PlanNode[], placeOf: (namespace: string) => string | undefined): TriedPod[] {
  const pods = new Map<string, TriedPod>();
  for (const node of nodes) {
    const template = podTemplateOf(node.object);
    const namespace = node.ref.namespace === undefined ? undefined : placeOf(node.ref.namespace);
    if (template === undefined || namespace === undefined || isKind(node.ref, "/Pod")) continue;
    const spec = triedSpec(template.spec);
    const shape = `${namespace} ${canonicalJson(shapeOf(spec))}`;
    if (pods.has(shape) || pods.size >= mostPods) continue;
    const { labels, annotations } = template;
    const metadata = { name: "flowdeck-check", namespace, labels, annotations };
    pods.set(shape, { node, object: { apiVersion: "v1", kind: "Pod", metadata, spec } });
  }
  return [...pods.values()];
}

/** Without what is not there yet and would be asked for first: the service account, the priority class. */
function triedSpec(spec: unknown): Record<string, unknown> {
  const {
    serviceAccountName: _name,
    serviceAccount: _account,
    priorityClassName: _class,
    ...rest
  } = isRecord(spec) ? spec : {};
  return { ...rest, automountServiceAccountToken: false };
}

const looked = ["hostNetwork", "hostPID", "hostIPC", "hostUsers", "securityContext", "runtimeClassName", "tolerations"];

function shapeOf(spec: Record<string, unknown>): unknown {
  const containers = [...list(spec.initContainers), ...list(spec.containers)].map((one) =>
    isRecord(one)
      ? [one.securityContext, list(one.ports).map((port) => (isRecord(port) ? port.hostPort : undefined))]
      : [],
  );
  const volumes = list(spec.volumes).map((one) => Object.keys(fields(one)).filter((key) => key !== "name"));
  return [looked.map((key) => spec[key]), containers, volumes.map((kinds) => kinds.join()).toSorted()];
}

async function refusalOf({ client, signal }: World, { node, object }: TriedPod) {
  try {
    await client.create(object, { dryRun: true, signal });
    return [];
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    // A quota is a check of its own; whether one may create pods at all, too.
    if (/exceeded quota/.test(error.detail ?? "") || /cannot create resource/.test(error.detail ?? "")) return [];
    return [{ node, error }];
  }
}

function namespacesOf(nodes: readonly PlanNode[], there: ReadonlyMap<string, unknown>): ObjectRef[] {
  const names = new Set(nodes.flatMap(({ ref }) => ref.namespace ?? []).filter((name) => there.has(name)));
  return [...names].map((name) => ({ apiVersion: "v1", kind: "Namespace", name }));
}
