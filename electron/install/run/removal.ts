import type { ObjectRef } from "../../../common/contract/index.ts";
import { list, text } from "../../../common/json/index.ts";
import { atDefinition, atOwner, groupOf, isKind } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { keyOfObject, named, refOf } from "../objects.ts";
import { isCustomResource, isDefinition, isProfile } from "../plan/waves.ts";
import { isWebhookConfiguration, webhooksOf } from "../plan/webhooks.ts";
import { isWorkload } from "../plan/workloads.ts";
import { isClaimOfOwnSet, othersIn } from "./namespace-contents.ts";

/** In this order: controllers live as long as there are objects whose finalizers they have to clear. */
export const removalPhases = [
  "profiles",
  "custom-resources",
  "webhooks",
  "workloads",
  "definitions",
  "access",
  "rest",
  "volumes",
  "namespaces",
] as const;
export type RemovalPhase = (typeof removalPhases)[number];

export function removalPhaseOf(ref: Pick<ObjectRef, "apiVersion" | "kind">): RemovalPhase {
  const group = groupOf(ref.apiVersion);
  if (isProfile(ref)) return "profiles";
  if (isWebhookConfiguration(ref) || isKind(ref, "apiregistration.k8s.io/APIService")) return "webhooks";
  if (isWorkload(ref)) return "workloads";
  if (isDefinition(ref)) return "definitions";
  if (isKind(ref, "/Namespace")) return "namespaces";
  if (isKind(ref, "/PersistentVolumeClaim")) return "volumes";
  if (group === "rbac.authorization.k8s.io") return "access";
  return isCustomResource(ref) ? "custom-resources" : "rest";
}

export interface Doubtful {
  object: KubeObject;
  because: Message;
  /** It is the very object that was created, but its label is gone: the removal is not complete without it. */
  created: boolean;
}

export interface RemovalInput {
  installation: string;
  data: boolean;
  /** Also what others made in our namespaces, which keeps a namespace otherwise. */
  others: boolean;
  /** Objects that we created: see {@link whyNotOurs}. */
  own: readonly KubeObject[];
  /** Objects of ours that an earlier removal took. */
  gone?: readonly ObjectRef[];
  /** Objects that look like ours and are not, or can't be told to be: with the reason. */
  doubtful: readonly Doubtful[];
  /** All objects in namespaces of ours, whoever made them. */
  contents: readonly KubeObject[];
  /** Objects of kinds that our definitions define, whoever made them. */
  customResources: readonly KubeObject[];
  /** All volume claims in namespaces of ours. */
  claims: readonly KubeObject[];
  /** Namespaces that are there. */
  namespaces: readonly KubeObject[];
  /** Every webhook configuration, whoever made it. */
  webhookConfigurations: readonly KubeObject[];
}

export interface Removal {
  phases: Map<RemovalPhase, KubeObject[]>;
  /** Namespaces of users that go with their Profile. */
  profileNamespaces: string[];
  /** What stays, and why. */
  kept: { object: ObjectRef; because: Message }[];
  /** Of these: what others made in our namespaces. */
  others: ObjectRef[];
}

/**
 * Which objects go, in which order, and what stays. Without `data` stay: Profiles and their namespaces, volume claims
 * and the namespaces that hold them, and definitions of kinds of which there are objects that we did not make. Without
 * `others` stay namespaces that hold anything that we did not make, and all that is in them of others.
 */
export function planRemoval(input: RemovalInput): Removal {
  const { data } = input;
  const ownKeys = new Set(input.own.map(keyOfObject));
  const isOwn = (object: KubeObject) => ownKeys.has(keyOfObject(object));
  const phases = new Map<RemovalPhase, KubeObject[]>(removalPhases.map((phase) => [phase, []]));
  const kept: Removal["kept"] = [];
  const all = new Map<string, KubeObject>();
  for (const object of input.own) all.set(keyOfObject(object), object);
  for (const object of orphanedWebhooks(input)) all.set(keyOfObject(object), object);
  if (data) {
    // Users' own; what a controller made from another object goes with that one.
    for (const object of input.customResources)
      if (isOwn(object) || !hasController(object)) all.set(keyOfObject(object), object);
    for (const claim of input.claims) if (isInstallations(claim, input.own)) all.set(keyOfObject(claim), claim);
  }
  const profiles = input.customResources.filter((object) => isProfile(object));
  const staying = new Set(input.customResources.filter((object) => !isOwn(object)).map(kindOf));
  for (const profile of profiles) staying.add(kindOf(profile));
  const others = othersOf(input);
  const inhabitants: Inhabitants = {
    claims: data ? new Map() : Map.groupBy(input.claims, namespaceOf),
    users: data
      ? new Map()
      : Map.groupBy(
          input.customResources.filter((one) => !isOwn(one)),
          namespaceOf,
        ),
    others: input.others ? new Map() : Map.groupBy(others, namespaceOf),
  };
  for (const object of all.values()) {
    const phase = removalPhaseOf(object);
    const because =
      phase === "namespaces" ? whyInhabited(object, inhabitants) : data ? undefined : whyData(object, phase, staying);
    if (because) kept.push({ object: refOf(object), because });
    else phases.get(phase)?.push(object);
  }
  for (const { object, because } of input.doubtful) kept.push({ object: refOf(object), because });
  const staysIn = new Set(kept.filter(({ object }) => object.kind === "Namespace").map(({ object }) => object.name));
  const stayingOthers = others.filter((object) => staysIn.has(namespaceOf(object))).map(refOf);
  for (const object of stayingOthers) kept.push({ object, because: message("removal.notCreated") });
  const ofProfile = new Set(profiles.map((profile) => profile.metadata.name));
  const profileNamespaces = data
    ? input.namespaces
        .filter((namespace) => ofProfile.has(namespace.metadata.name) && madeByProfile(namespace))
        .map((one) => one.metadata.name)
    : [];
  return { phases, profileNamespaces, kept, others: stayingOthers };
}

/** What keeps a namespace, by its name. */
interface Inhabitants {
  claims: ReadonlyMap<string, readonly KubeObject[]>;
  users: ReadonlyMap<string, readonly KubeObject[]>;
  others: ReadonlyMap<string, readonly KubeObject[]>;
}

function namespaceOf(object: KubeObject): string {
  return object.metadata.namespace ?? "";
}

/** Objects of kinds that we define, and volume claims of the installation, are data; the rest is listed. */
function othersOf({ contents, own, gone = [], customResources, claims, doubtful }: RemovalInput): KubeObject[] {
  const data = [...customResources, ...claims.filter((claim) => isInstallations(claim, own))];
  const said = new Set([...data, ...doubtful.map(({ object }) => object)].map(keyOfObject));
  return othersIn({ contents, own, gone }).filter((object) => !said.has(keyOfObject(object)));
}

/** Does a claim in a namespace of ours hold data of the installation or of its users' objects? */
function isInstallations(claim: KubeObject, own: readonly KubeObject[]): boolean {
  const key = keyOfObject(claim);
  return (
    (claim.metadata.ownerReferences ?? []).length > 0 ||
    own.some((object) => keyOfObject(object) === key) ||
    isClaimOfOwnSet(claim, own)
  );
}

/** What controllers of ours registered for themselves: it would refuse others' objects once its Service is gone. */
function orphanedWebhooks({ own, webhookConfigurations }: RemovalInput): KubeObject[] {
  const services = new Set(
    own
      .filter((object) => isKind(object, "/Service"))
      .map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`),
  );
  return webhookConfigurations.filter((configuration) => {
    const called = webhooksOf(configuration).map(({ service }) => service && `${service.namespace}/${service.name}`);
    return called.length > 0 && called.every((service) => service !== undefined && services.has(service));
  });
}

function whyData(object: KubeObject, phase: RemovalPhase, staying: ReadonlySet<string>): Message | undefined {
  switch (phase) {
    case "profiles":
      return message("removal.profile");
    case "volumes":
      return message("removal.data");
    case "definitions": {
      const kind = `${text(atDefinition(object, "spec", "group"))}/${text(atDefinition(object, "spec", "names", "kind"))}`;
      return staying.has(kind) ? message("removal.kindInUse") : undefined;
    }
    default:
      return undefined;
  }
}

function whyInhabited({ metadata: { name } }: KubeObject, inhabitants: Inhabitants): Message | undefined {
  const claims = inhabitants.claims.get(name)?.length ?? 0;
  const users = inhabitants.users.get(name) ?? [];
  const others = inhabitants.others.get(name) ?? [];
  const reasons = [
    ...(claims > 0 ? [message("removal.claims", { count: claims })] : []),
    ...(users.length > 0 ? [message("removal.users", { names: named(users.map(refOf)) })] : []),
    ...(others.length > 0 ? [message("removal.others", { names: named(others.map(refOf)) })] : []),
  ];
  return reasons.length > 0 ? message("removal.holds", { what: reasons }) : undefined;
}

function kindOf(object: KubeObject): string {
  return `${groupOf(object.apiVersion)}/${object.kind}`;
}

function hasController(object: KubeObject): boolean {
  return list(object.metadata.ownerReferences).some((owner) => atOwner(owner, "controller") === true);
}

/** A namespace that merely has a Profile's name is somebody else's. */
function madeByProfile(namespace: KubeObject): boolean {
  return (
    list(namespace.metadata.ownerReferences).some((owner) => atOwner(owner, "kind") === "Profile") ||
    namespace.metadata.annotations?.owner !== undefined
  );
}
