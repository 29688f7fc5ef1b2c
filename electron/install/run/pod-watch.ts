import { FlowdeckError, type PodView } from "../../../common/contract/index.ts";
import { list, text } from "../../../common/json/index.ts";
import { atOwner, atPod, health, isKind, workloadBehind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import {
  bindingEvent,
  causeOf,
  claimsOf,
  type KubeEvent,
  type OpenClaim,
  type PodBeside,
  type PodCause,
  readEvent,
} from "../../objects/index.ts";
import type { PodSeen, RunEvent } from "../engine/run-types.ts";
import { describe, keyOf, keyOfObject, refOf } from "../objects.ts";
import type { Plan, PlanNode } from "../plan/plan-types.ts";
import { isProfile } from "../plan/waves.ts";
import { isWorkload } from "../plan/workloads.ts";
import type { LiveObjects } from "./object-cache.ts";

export type PodEvent = Extract<RunEvent, { type: "pod" | "problem" | "cured" }>;

export interface PodWatchOptions {
  plan: Plan;
  live: LiveObjects;
  /** Hears what comes of watching them. */
  emit: (event: PodEvent) => void;
}

/** How long each kind of trouble has to last before it is called a problem: some pass by themselves. */
const patienceMs: Record<NonNullable<PodCause["trouble"]>, number> = {
  image: 3_000,
  crash: 3_000,
  failed: 3_000,
  unschedulable: 10_000,
  volume: 15_000,
  "missing-input": 30_000,
  start: 3_000,
  // A node that is restarted answers again within moments.
  node: 30_000,
};

/** Of the events that are no warnings, those that causes read. */
const telling = new Set(["Pulling", "Pulled", "Killing"]);
const eventsKept = 20;

interface Known {
  pod: KubeObject;
  owner: PlanNode | undefined;
  cause: PodCause;
  /** Keys of the volume claims it uses. */
  claims: ReadonlySet<string>;
  /** Since when it has this trouble. */
  troubled?: { kind: PodCause["trouble"]; timer: NodeJS.Timeout };
}

/** Follows the pods of an installation: which component each belongs to, and why it does not run yet. */
export class PodWatch {
  readonly #options: PodWatchOptions;
  readonly #nodes: ReadonlyMap<string, PlanNode>;
  readonly #ownNamespaces: ReadonlySet<string>;
  readonly #pods = new Map<string, Known>();
  /** Newest last, by the key of what they are about. */
  readonly #events = new Map<string, KubeEvent[]>();

  constructor(options: PodWatchOptions) {
    this.#options = options;
    this.#nodes = new Map(options.plan.nodes.map((node) => [node.id, node]));
    this.#ownNamespaces = new Set(
      options.plan.nodes
        .filter((node) => (isKind(node.ref, "/Namespace") && !node.foreign) || isProfile(node.ref))
        .map((node) => node.ref.name),
    );
  }

  /** Begins to watch; resolves when the first lists are in. */
  async start(): Promise<void> {
    const { plan, live } = this.#options;
    // Only told of a pod whose node does not answer: nobody has to wait for it.
    live.watch("v1", "Node").catch(() => undefined);
    const namespaces = new Set(this.#ownNamespaces);
    for (const node of plan.nodes) if (isWorkload(node.ref) && node.ref.namespace) namespaces.add(node.ref.namespace);
    await Promise.all(
      [...namespaces].flatMap((namespace) => [
        live.watch("v1", "Pod", { namespace }),
        live.watch("v1", "Event", { namespace, fieldSelector: "involvedObject.kind=Pod" }),
        live.watch("v1", "PersistentVolumeClaim", { namespace }),
        live.watch("v1", "Event", { namespace, fieldSelector: "involvedObject.kind=PersistentVolumeClaim" }),
      ]),
    );
  }

  /** Tells it of every change in the cluster; others than of pods and what stands beside them are ignored. */
  changed(key: string, object: KubeObject | undefined): void {
    if (key.startsWith("/Pod/")) this.#podChanged(key, object);
    else if (key.startsWith("/Event/")) this.#eventCame(object);
    else if (key.startsWith("/PersistentVolumeClaim/")) this.#lookAgain(({ claims }) => claims.has(key));
    else if (key.startsWith("/Node/")) this.#lookAgain(({ pod }) => nodeKeyOf(pod) === key);
  }

  close(): void {
    for (const known of this.#pods.values()) clearTimeout(known.troubled?.timer);
  }

  #podChanged(key: string, pod: KubeObject | undefined): void {
    const before = this.#pods.get(key);
    if (!pod) {
      this.#pods.delete(key);
      this.#options.emit({ type: "pod", key, pod: undefined });
      if (before) this.#calm(before);
      return;
    }
    const owner = this.#ownerOf(pod);
    if (!owner && !this.#ownNamespaces.has(pod.metadata.namespace ?? "")) return;
    const cause = causeOf(pod, this.#besideOf(key, pod));
    const claims = new Set(claimsOf(pod).map((name) => claimKey(pod, name)));
    const known: Known = { pod, owner, cause, claims, ...(before?.troubled ? { troubled: before.troubled } : {}) };
    this.#pods.set(key, known);
    this.#options.emit({ type: "pod", key, pod: seen(known) });
    if (!cause.trouble || pod.metadata.deletionTimestamp) this.#calm(known);
    else if (known.troubled?.kind !== cause.trouble) {
      clearTimeout(known.troubled?.timer);
      const timer = setTimeout(() => this.#lasted(key), patienceMs[cause.trouble]);
      known.troubled = { kind: cause.trouble, timer };
    }
  }

  #eventCame(object: KubeObject | undefined): void {
    const event = object && readEvent(object);
    if (!event || event.message === "" || !(event.warning || telling.has(event.reason) || isAboutClaim(event))) return;
    const { about } = event;
    const key = keyOf({ ...about, apiVersion: "v1", namespace: about.namespace ?? "" });
    const others = (this.#events.get(key) ?? []).filter((one) => one.key !== event.key);
    this.#events.set(key, [...others, event].slice(-eventsKept));
    const known = this.#pods.get(key);
    if (known) this.#podChanged(key, known.pod);
    else if (isAboutClaim(event)) this.#lookAgain(({ claims }) => claims.has(key));
  }

  /** What stands beside some pods is other than before. */
  #lookAgain(concerns: (known: Known) => boolean): void {
    for (const [key, known] of [...this.#pods]) {
      const isSettled = known.cause.state === "running" || known.cause.state === "completed";
      if (!isSettled && concerns(known)) this.#podChanged(key, known.pod);
    }
  }

  #besideOf(key: string, pod: KubeObject): PodBeside {
    const node = this.#options.live.byKey(nodeKeyOf(pod));
    return { events: this.#eventsAbout(key, pod), node, claims: this.#openClaims(pod) };
  }

  /** Not those about an earlier object of the same name. */
  #eventsAbout(key: string, { metadata }: KubeObject): KubeEvent[] {
    return (this.#events.get(key) ?? []).filter(({ about }) => !about.uid || about.uid === metadata.uid);
  }

  #openClaims(pod: KubeObject): OpenClaim[] {
    return claimsOf(pod).flatMap((name) => {
      const key = claimKey(pod, name);
      const claim = this.#options.live.byKey(key);
      // One that is not there may only not be seen yet; the scheduler says it, too.
      if (claim === undefined || health(claim).reason !== "claimNotBound") return [];
      const event = bindingEvent(this.#eventsAbout(key, claim).toReversed());
      return [{ name, missing: false, words: event?.message, refused: event?.warning === true }];
    });
  }

  #lasted(key: string): void {
    const known = this.#pods.get(key);
    if (!known?.cause.trouble) return;
    const { owner, cause, pod } = known;
    const ref = owner?.ref ?? refOf(pod);
    const why = cause.reason ?? message("pod.noReason");
    const error = new FlowdeckError("workload-failed", message("pod.doesNotStart", { object: describe(ref), why }), {
      advice: message("pod.restGoesOn"),
      ...(cause.words ? { detail: cause.words } : {}),
      ...(cause.fix ? { fix: cause.fix } : {}),
    });
    const problem = { ...error.toJSON(), ...(owner ? { component: owner.component } : {}), object: ref };
    this.#options.emit({ type: "problem", id: problemId(known), problem });
  }

  #calm(known: Known): void {
    if (!known.troubled) return;
    clearTimeout(known.troubled.timer);
    delete known.troubled;
    const id = problemId(known);
    const others = [...this.#pods.values()].some(
      (other) => other !== known && other.troubled && problemId(other) === id,
    );
    const said = message("pod.wellAgain", { object: describe(known.owner?.ref ?? refOf(known.pod)) });
    if (!others) this.#options.emit({ type: "cured", id, said });
  }

  /** The node a pod belongs to: its controller, or the Deployment behind its ReplicaSet. */
  #ownerOf(pod: KubeObject): PlanNode | undefined {
    for (const owner of list(pod.metadata.ownerReferences)) {
      const kind = text(atOwner(owner, "kind")) ?? "";
      const apiVersion = text(atOwner(owner, "apiVersion")) ?? "";
      const name = text(atOwner(owner, "name")) ?? "";
      const namespace = pod.metadata.namespace;
      const hash = pod.metadata.labels?.["pod-template-hash"];
      const node = this.#nodes.get(keyOf({ apiVersion, namespace, ...workloadBehind({ kind, name }, hash) }));
      if (node) return node;
    }
    return this.#nodes.get(keyOfObject(pod));
  }
}

/** One problem per workload, not one per pod of it. */
function problemId({ owner, pod }: Known): string {
  return `pods of ${owner?.id ?? keyOfObject(pod)}`;
}

function nodeKeyOf(pod: KubeObject): string {
  return keyOf({ apiVersion: "v1", kind: "Node", name: text(atPod(pod, "spec", "nodeName")) ?? "" });
}

function claimKey({ metadata }: KubeObject, name: string): string {
  return keyOf({ apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: metadata.namespace ?? "", name });
}

function isAboutClaim({ about }: KubeEvent): boolean {
  return about.kind === "PersistentVolumeClaim";
}

function seen({ pod, owner, cause }: Known): PodSeen {
  const view: PodView = {
    namespace: pod.metadata.namespace ?? "",
    name: pod.metadata.name,
    ...(owner ? { component: owner.component } : {}),
    state: cause.state,
    ...(cause.reason ? { reason: cause.reason } : {}),
  };
  return { view, owner: owner?.id, ending: pod.metadata.deletionTimestamp !== undefined };
}
