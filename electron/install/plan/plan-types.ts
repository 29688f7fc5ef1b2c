import type { ObjectRef } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

/** In the order they are shown; a component's objects move through them on their own, not as one front. */
export const waveIds = [
  "namespaces",
  "definitions",
  "configuration",
  "foundations",
  "certificates",
  "custom-resources",
  "workloads",
  "webhooks",
  "profiles",
  "verification",
] as const;
export type WaveId = (typeof waveIds)[number];

/** Whose objects a gate that waits for "applied" is about. */
export type AppliedScope =
  | { of: "object" }
  /** What a component's pods read before they start. */
  | { of: "configuration"; component: string }
  /** What a webhook would be asked about. */
  | { of: "checked"; webhook: string }
  /** Of a KfDef's order: an application, whose objects those of the next one wait for. */
  | { of: "application"; application: string };

export type ServedScope =
  | { of: "kind"; apiVersion: string; kind: string }
  /** All that a component defines. */
  | { of: "component"; component: string };

/** Something that must be true in the cluster. */
export type Condition =
  /** The server has taken these nodes' objects. */
  | { type: "applied"; scope: AppliedScope; nodes: string[] }
  /** These definitions are Established and their kinds are in discovery. */
  | { type: "served"; scope: ServedScope; definitions: { node: string; apiVersion: string; kind: string }[] }
  /** This node's object is what its spec says, by the kstatus rules. */
  | { type: "ready"; node: string }
  /** A Service has an endpoint that is ready. */
  | { type: "endpoint"; namespace: string; service: string }
  /** An object that a controller makes is there. */
  | { type: "exists"; ref: ObjectRef }
  /** The server accepts this object in a dry run, so the webhook in between answers. */
  | { type: "accepts"; configuration: string; webhook: string; object: KubeObject };

export interface Gate {
  /** {@link gateId} of its condition: a key, and what the journal calls it. What the gate is says `condition`. */
  id: string;
  condition: Condition;
  title: Message;
  /** Nodes of the plan whose objects make it true. */
  basis: string[];
  /** Gates that must be open before this one is asked. */
  after: string[];
}

/** A name for a condition, the same in every run. Nothing is ever read out of it. */
export function gateId(condition: Condition): string {
  return `${condition.type}:${subjectOf(condition)}`;
}

function subjectOf(condition: Condition): string {
  switch (condition.type) {
    case "applied":
      return appliedSubject(condition.scope, condition.nodes);
    case "served": {
      const { scope } = condition;
      return scope.of === "kind" ? `${scope.apiVersion}/${scope.kind}` : `definitions of ${scope.component}`;
    }
    case "ready":
      return condition.node;
    case "endpoint":
      return `${condition.namespace}/${condition.service}`;
    case "exists":
      return `${condition.ref.kind}/${condition.ref.namespace ?? ""}/${condition.ref.name}`;
    case "accepts":
      return `${condition.configuration}/${condition.webhook}`;
  }
}

function appliedSubject(scope: AppliedScope, nodes: readonly string[]): string {
  switch (scope.of) {
    case "object":
      return nodes.join(", ");
    case "configuration":
      return `configuration of ${scope.component}`;
    case "checked":
      return `what ${scope.webhook} checks`;
    case "application":
      return `application ${scope.application}`;
  }
}

/** Of a KfDef's order: the application that the next one waits for at this gate. */
export function applicationOf({ condition }: Gate): string | undefined {
  return condition.type === "applied" && condition.scope.of === "application" ? condition.scope.application : undefined;
}

export interface PlanNode {
  /** The object's key ({@link keyOf}), unique in the plan. */
  id: string;
  component: string;
  ref: ObjectRef;
  /** What is applied: normalised, labelled. */
  object: KubeObject;
  wave: WaveId;
  /** Gates that must all be open before it is applied. */
  gates: string[];
  /** Higher goes first among those that may go: the longest chain of work that hangs on it. */
  priority: number;
  /** It was in the cluster before and is not ours: it is applied without our labels and stays when we go. */
  foreign: boolean;
  /** What is in the cluster now under its name; undefined where there is nothing. */
  live?: { uid: string; labels: Record<string, string>; annotations: Record<string, string> };
  /** Of a foreign object: the other installation whose label it has; with `adopt`, whose it was. */
  owner?: string;
  /** It was in the cluster before and not ours, and becomes ours. */
  taken?: true;
}

export interface Plan {
  /** Value of the inventory label. */
  installation: string;
  components: { id: string; title: string }[];
  nodes: PlanNode[];
  gates: Gate[];
  /** Gates that must be open for the installation to be complete. */
  outcomes: string[];
  /** Objects that more than one component has: applied once, as the last of them has it. */
  duplicates: { ref: ObjectRef; components: string[] }[];
  /** Objects of kinds that neither the cluster nor the plan defines, left out where that was asked for. */
  unserved: { ref: ObjectRef; component: string }[];
}

/** What the plan has to know about the cluster. */
export interface ClusterFacts {
  namespaces: ReadonlyMap<string, Record<string, string>>;
  /** How the server serves a kind now; undefined when it does not. */
  resource(apiVersion: string, kind: string): { plural: string; namespaced: boolean } | undefined;
  webhookConfigurations: readonly KubeObject[];
  /** Objects of the rendering that are there already, by key. */
  existing: ReadonlyMap<string, KubeObject>;
  /** Services that webhooks of the rendering call and that are there already, as namespace/name. */
  services: ReadonlySet<string>;
}

/** What an installation's own journal says of an object. */
export interface KnownObject {
  foreign: boolean;
  uid?: string;
}

export const installationLabel = "flowdeck.dev/installation";
export const componentLabel = "flowdeck.dev/component";
export const fieldManager = "flowdeck";

/**
 * For objects of others: applying without our labels as the manager that set them would take them away, and with them
 * what says whose the object is.
 */
export const sharedFieldManager = "flowdeck-shared";

/** Who writes pull secrets and registries after an installation. */
export const registryManager = "flowdeck-registries";

/** Managers whose fields are taken over without asking: ourselves, and people applying the same manifests by hand. */
export const forceOver = [fieldManager, sharedFieldManager, registryManager, "kubectl*", "before-first-apply"] as const;
