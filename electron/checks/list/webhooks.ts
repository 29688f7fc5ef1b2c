import type { ObjectRef } from "../../../common/contract/index.ts";
import { list, text, textMap } from "../../../common/json/index.ts";
import { atEndpoint, atEndpointSlice, groupOf, isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { intercepts, type PlanNode, podTemplateOf, type Reviewed, refOf, webhooksOf } from "../../install/index.ts";
import { type Check, failed, passed } from "../check.ts";
import { kindsOf, type ServedKind } from "../kinds.ts";
import type { World } from "../world.ts";
import { someNames } from "./refs.ts";

const api = "admissionregistration.k8s.io/v1";

interface Silent {
  configuration: ObjectRef;
  service: string;
  /** What of the plan it would refuse. */
  refuses: number;
}

/** A webhook left by something that is gone, or whose pods are down, refuses every object it is asked about. */
export const webhooks: Check = {
  id: "webhooks",
  level: "must",
  name: message("checks.webhooks"),
  of: "plan",
  async run(world, { nodes }) {
    const lists = await Promise.all(
      ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"].map((kind) => world.all(api, kind)),
    );
    const planned = new Set(nodes.map(({ ref }) => `${ref.kind}/${ref.name}`));
    // What the plan brings itself answers once it is installed; the engine waits for that.
    const all = lists.flatMap((found) => found ?? []).filter((one) => !planned.has(`${one.kind}/${one.metadata.name}`));
    if (lists.every((found) => found === undefined)) return undefined;
    const silent = await silentOnes(world, nodes, all);
    const [first] = silent;
    if (first === undefined) return passed(message("checks.webhooksOk", { count: all.length }));
    const names = someNames(silent.map(({ configuration }) => configuration.name));
    return failed(message("checks.webhooksSilent", { count: silent.length, names }), {
      evidence: [message("checks.webhookService", { service: first.service, count: first.refuses })],
      objects: silent.map(({ configuration }) => configuration),
      fix: {
        title: message("checks.webhookRemove"),
        about: [message("checks.webhookRepair"), message("checks.webhookLeftover")],
        lines: silent.map(({ configuration: { kind, name } }) => `kubectl delete ${kind.toLowerCase()} ${name}`),
      },
    });
  },
};

async function silentOnes(world: World, nodes: readonly PlanNode[], all: readonly KubeObject[]): Promise<Silent[]> {
  const reviewed = await reviewedOf(world, nodes);
  const slices = (await world.all("discovery.k8s.io/v1", "EndpointSlice")) ?? [];
  const answering = new Set(
    slices
      .filter((slice) =>
        list(atEndpointSlice(slice, "endpoints")).some((one) => atEndpoint(one, "conditions", "ready") !== false),
      )
      .map(({ metadata }) => `${metadata.namespace}/${metadata.labels?.["kubernetes.io/service-name"]}`),
  );
  return all.flatMap((configuration) => {
    const dead = webhooksOf(configuration).filter(
      ({ fails, service }) => fails && service !== undefined && !answering.has(`${service.namespace}/${service.name}`),
    );
    const asked = reviewed.filter((one) => dead.some((webhook) => intercepts(webhook, one)));
    const service = dead[0]?.service;
    if (service === undefined || asked.length === 0) return [];
    const found = { service: `${service.namespace}/${service.name}`, refuses: asked.length };
    return [{ configuration: refOf(configuration), ...found }];
  });
}

/** How webhooks will see the plan's objects, and the pods of its workloads. */
async function reviewedOf(world: World, nodes: readonly PlanNode[]): Promise<Reviewed[]> {
  const served = await kindsOf(world, nodes);
  const live = (await world.all("v1", "Namespace")) ?? [];
  const labels = new Map(live.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  for (const { object } of nodes)
    if (isKind(object, "/Namespace")) {
      const { name } = object.metadata;
      labels.set(name, { ...labels.get(name), ...textMap(object.metadata.labels) });
    }
  const within = (name: string) => ({ ...labels.get(name), "kubernetes.io/metadata.name": name });
  return nodes.flatMap(({ object, ref }) => {
    const kind = served(ref);
    if (kind === undefined) return [];
    const namespaceLabels = ref.namespace === undefined ? namespaceOwn(ref, within) : within(ref.namespace);
    const template = podTemplateOf(object);
    return [
      seen(kind, groupOf(ref.apiVersion), ref.apiVersion, textMap(object.metadata.labels), namespaceLabels),
      ...(template ? [seen(pods, "", "v1", template.labels, namespaceLabels)] : []),
    ];
  });
}

const pods: ServedKind = { group: "", plural: "pods", namespaced: true };

function namespaceOwn(ref: ObjectRef, within: (name: string) => Record<string, string>) {
  return isKind(ref, "/Namespace") ? within(ref.name) : undefined;
}

function seen(
  { plural, namespaced }: ServedKind,
  group: string,
  apiVersion: string,
  labels: Record<string, string>,
  namespaceLabels: Record<string, string> | undefined,
): Reviewed {
  const version = text(apiVersion.split("/").at(-1)) ?? "v1";
  return { group, version, resource: plural, namespaced, labels, namespaceLabels };
}
