import { FlowdeckError, type ObjectRef } from "../../../common/contract/index.ts";
import { text, textMap } from "../../../common/json/index.ts";
import { atDefinition, atService, groupOf, isKind, selects } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, keyOfObject, refOf } from "../objects.ts";
import { scaledKeys, withoutOwnedLater } from "./normalise.ts";
import { type ClusterFacts, componentLabel, installationLabel, type KnownObject, type PlanNode } from "./plan-types.ts";
import { isDefinition, isProfile, servedVersions, waveOf } from "./waves.ts";
import type { Reviewed } from "./webhooks.ts";
import { podTemplateOf } from "./workloads.ts";

interface Definition {
  node: string;
  plural: string;
  namespaced: boolean;
  versions: string[];
}

export interface IndexInput {
  rendered: readonly { id: string; objects: readonly KubeObject[] }[];
  installation: string;
  facts: ClusterFacts;
  /** Where namespaced objects go that name no namespace; kubectl's "default" when it is left out. */
  namespace?: string | undefined;
  /** Leave out objects of kinds that nobody serves, instead of refusing them. */
  leaveOutUnserved?: boolean | undefined;
  /** What the journal says of objects, by key. */
  known?: ReadonlyMap<string, KnownObject> | undefined;
  /** Take over objects of other installations. */
  adopt?: boolean | undefined;
  /** Take what is there under the names of objects, and nobody's installation's, as this installation's. */
  takeOver?: boolean | undefined;
}

/**
 * What the profile controller labels a namespace with (kubeflow/dashboard: profile-controller, namespace-labels.yaml, and
 * istio-injection in its code).
 */
const labelsOfProfile = {
  "istio-injection": "enabled",
  "app.kubernetes.io/part-of": "kubeflow-profile",
  "katib.kubeflow.org/metrics-collector-injection": "enabled",
  "pipelines.kubeflow.org/enabled": "true",
  "serving.kubeflow.org/inferenceservice": "enabled",
};

/** The rendering as nodes without gates, and the questions the rules ask about them. */
export class PlanIndex {
  readonly nodes = new Map<string, PlanNode>();
  readonly unserved: { ref: ObjectRef; component: string }[] = [];
  readonly #owners = new Map<string, string[]>();
  readonly #definitions = new Map<string, Definition>();
  readonly #facts: ClusterFacts;
  readonly #input: Pick<IndexInput, "installation" | "known" | "adopt" | "takeOver">;

  /** @throws FlowdeckError `plan-invalid` for a kind that neither the cluster nor the plan defines. */
  constructor(input: IndexInput) {
    const { rendered, facts, namespace = "default", leaveOutUnserved = false } = input;
    this.#facts = facts;
    this.#input = input;
    const all = rendered.flatMap((component) => component.objects);
    for (const object of all) if (isDefinition(object)) this.#learn(object);
    const scaled = scaledKeys(all);
    for (const component of rendered) {
      for (const object of component.objects) {
        const resource = this.resource(object.apiVersion, object.kind);
        if (!resource) {
          this.unserved.push({ ref: refOf(object), component: component.id });
          continue;
        }
        const scoped = inScope(object, resource.namespaced, namespace);
        this.#add(component.id, withoutOwnedLater(scoped, scaled));
      }
    }
    if (this.unserved.length > 0 && !leaveOutUnserved) {
      throw notServed(this.unserved, message("plan.chooseDefiner"));
    }
  }

  /** Objects that were in more than one component. */
  duplicates(): { ref: ObjectRef; components: string[] }[] {
    return [...this.#owners]
      .filter(([, components]) => components.length > 1)
      .map(([id, components]) => ({ ref: this.#node(id).ref, components }));
  }

  resource(apiVersion: string, kind: string): { plural: string; namespaced: boolean } | undefined {
    const definition = this.definitionOf(apiVersion, kind);
    return definition ?? this.#facts.resource(apiVersion, kind);
  }

  /** The plan's own definition of a kind, in that version. */
  definitionOf(apiVersion: string, kind: string): Definition | undefined {
    const definition = this.#definitions.get(`${groupOf(apiVersion)}/${kind}`);
    const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
    return definition?.versions.includes(version) ? definition : undefined;
  }

  /** Labels of a namespace as they will be, or undefined when neither plan nor cluster has it or a Profile that makes it. */
  namespaceLabels(name: string): Record<string, string> | undefined {
    const planned = this.nodes.get(`/Namespace//${name}`);
    const live = this.#facts.namespaces.get(name);
    if (!planned && !live) return this.profileOf(name) && { ...labelsOfProfile, "kubernetes.io/metadata.name": name };
    return { ...live, ...textMap(planned?.object.metadata.labels), "kubernetes.io/metadata.name": name };
  }

  /** How webhooks see the creation of a node's object. */
  reviewed(node: PlanNode): Reviewed {
    const { ref, object } = node;
    const resource = this.resource(ref.apiVersion, ref.kind);
    return {
      group: groupOf(ref.apiVersion),
      version: ref.apiVersion.slice(ref.apiVersion.indexOf("/") + 1),
      resource: resource?.plural ?? "",
      namespaced: resource?.namespaced ?? false,
      labels: object.metadata.labels ?? {},
      namespaceLabels: ref.namespace
        ? (this.namespaceLabels(ref.namespace) ?? {})
        : isKind(ref, "/Namespace")
          ? this.namespaceLabels(ref.name)
          : undefined,
    };
  }

  /** How webhooks see the pods of a workload; undefined when the node makes no pods. */
  reviewedPods(node: PlanNode): Reviewed | undefined {
    const template = podTemplateOf(node.object);
    if (!template || !node.ref.namespace) return undefined;
    return {
      group: "",
      version: "v1",
      resource: "pods",
      namespaced: true,
      labels: template.labels,
      namespaceLabels: this.namespaceLabels(node.ref.namespace) ?? {},
    };
  }

  /** Workloads of the plan whose pods a Service selects. */
  backing(namespace: string, service: string): PlanNode[] {
    const node = this.nodes.get(`/Service/${namespace}/${service}`);
    const selector = textMap(atService(node?.object, "spec", "selector"));
    if (Object.keys(selector).length === 0) return [];
    return [...this.nodes.values()].filter((candidate) => {
      if (candidate.ref.namespace !== namespace) return false;
      const template = podTemplateOf(candidate.object);
      return template !== undefined && selects({ matchLabels: selector }, template.labels);
    });
  }

  /** The Profile of the plan whose controller makes this namespace. */
  profileOf(namespace: string): PlanNode | undefined {
    return [...this.nodes.values()].find((node) => isProfile(node.ref) && node.ref.name === namespace);
  }

  #node(id: string): PlanNode {
    const node = this.nodes.get(id);
    if (node === undefined) throw new Error(`no node ${id} in the plan`);
    return node;
  }

  #learn(object: KubeObject): void {
    const group = text(atDefinition(object, "spec", "group"));
    const kind = text(atDefinition(object, "spec", "names", "kind"));
    const plural = text(atDefinition(object, "spec", "names", "plural"));
    if (group === undefined || !kind || !plural) return;
    const versions = servedVersions(object);
    this.#definitions.set(`${group}/${kind}`, {
      node: keyOfObject(object),
      plural,
      namespaced: atDefinition(object, "spec", "scope") === "Namespaced",
      versions,
    });
  }

  /** The same object in two components is applied once, as the later one has it (as `kubectl apply` would leave it). */
  #add(component: string, object: KubeObject): void {
    const id = keyOfObject(object);
    this.#owners.set(id, [...(this.#owners.get(id) ?? []), component]);
    const { installation, known, adopt, takeOver } = this.#input;
    const live = this.#facts.existing.get(id);
    const standing = live ? standingOf(live, installation, known?.get(id)) : {};
    const taken = standing.owner === undefined ? takeOver : adopt;
    const foreign = live !== undefined && !standing.ours && !taken;
    const labels = { ...object.metadata.labels, [installationLabel]: installation, [componentLabel]: component };
    this.nodes.set(id, {
      id,
      component: this.nodes.get(id)?.component ?? component,
      ref: refOf(object),
      object: foreign ? object : { ...object, metadata: { ...object.metadata, labels } },
      wave: waveOf(object),
      gates: [],
      priority: 0,
      foreign,
      ...(live ? { live: stateOf(live) } : {}),
      ...(standing.owner === undefined ? {} : { owner: standing.owner }),
      ...(live !== undefined && !standing.ours && taken ? { taken: true } : {}),
    });
  }
}

/** Whose an object in the cluster is: ours by its label unless the journal knows better, or another installation's. */
function standingOf(
  live: KubeObject,
  installation: string,
  known: KnownObject | undefined,
): { ours?: boolean; owner?: string } {
  const label = live.metadata.labels?.[installationLabel];
  if (label !== undefined && label !== installation) return { owner: label };
  const isSame = known?.uid === undefined || known.uid === live.metadata.uid;
  return { ours: label === installation && known?.foreign !== true && isSame };
}

function stateOf({ metadata }: KubeObject): NonNullable<PlanNode["live"]> {
  return { uid: metadata.uid ?? "", labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {} };
}

/** Cluster-scoped objects lose a stray namespace; namespaced ones without one go to `fallback`. */
function inScope(object: KubeObject, namespaced: boolean, fallback: string): KubeObject {
  const { namespace, ...metadata } = object.metadata;
  if (!namespaced) return { ...object, metadata };
  return { ...object, metadata: { ...object.metadata, namespace: namespace || fallback } };
}

/** `plan-invalid` for objects of kinds that nobody serves. There is at least one. */
export function notServed(unserved: readonly { ref: ObjectRef }[], whatToDo: Message): FlowdeckError {
  const kinds = new Map(unserved.map(({ ref }) => [`${ref.kind} (${ref.apiVersion})`, describe(ref)]));
  const [kind, example] = [...kinds][0] ?? ["", ""];
  return new FlowdeckError("plan-invalid", message("plan.unserved", { kind, object: example }), {
    advice: [
      ...(kinds.size === 1 ? [] : [message("plan.unservedKinds", { kinds: [...kinds.keys()].join(", ") })]),
      whatToDo,
    ],
  });
}
