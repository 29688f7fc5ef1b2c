import type { ObjectRef, Words } from "../../../common/contract/index.ts";
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

/** Something that must be true in the cluster. */
export type Condition =
  /** The server has taken these nodes' objects. */
  | { type: "applied"; nodes: string[] }
  /** These definitions are Established and their kinds are in discovery. */
  | { type: "served"; definitions: { node: string; apiVersion: string; kind: string }[] }
  /** These nodes' objects are what their spec says, by the kstatus rules. */
  | { type: "ready"; nodes: string[] }
  /** A Service has an endpoint that is ready. */
  | { type: "endpoint"; namespace: string; service: string }
  /** An object that a controller makes is there. */
  | { type: "exists"; ref: ObjectRef }
  /** The server accepts this object in a dry run, so the webhook in between answers. */
  | { type: "accepts"; object: KubeObject; webhook: string };

export interface Gate {
  id: string;
  condition: Condition;
  title: Words;
  /** Nodes of the plan whose objects make it true. */
  basis: string[];
  /** Gates that must be open before this one is asked. */
  after: string[];
  /** Of a KfDef's order: the application whose objects those of the next one wait for. */
  application?: string;
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

/** Managers whose fields are taken over without asking: ourselves, and people applying the same manifests by hand. */
export const forceOver = [fieldManager, sharedFieldManager, "kubectl*", "before-first-apply"] as const;
