import { asIs, type ObjectRef, type Words } from "../../../common/contract/index.ts";
import { at, list, text } from "../../../common/json/index.ts";
import { conditionOf, groupOf, isKind } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { keyOfObject, refOf } from "../objects.ts";
import { installationLabel } from "../plan/plan-types.ts";
import { isCustomResource, isDefinition, isProfile } from "../plan/waves.ts";
import { isWebhookConfiguration, webhooksOf } from "../plan/webhooks.ts";
import { isWorkload } from "../plan/workloads.ts";

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

export interface RemovalInput {
  installation: string;
  data: boolean;
  /** Objects with our inventory label. */
  own: readonly KubeObject[];
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
  /** What stays although it is ours, and why. */
  kept: { object: ObjectRef; because: string }[];
}

/**
 * Which objects go, in which order, and what stays. Without `data` stay: Profiles and their namespaces, volume claims
 * and the namespaces that hold them, and definitions of kinds of which there are objects that we did not make.
 */
export function planRemoval(input: RemovalInput): Removal {
  const { data, installation } = input;
  const isOwn = (object: KubeObject) => object.metadata.labels?.[installationLabel] === installation;
  const phases = new Map<RemovalPhase, KubeObject[]>(removalPhases.map((phase) => [phase, []]));
  const kept: Removal["kept"] = [];
  const all = new Map<string, KubeObject>();
  for (const object of input.own) all.set(keyOfObject(object), object);
  for (const object of orphanedWebhooks(input)) all.set(keyOfObject(object), object);
  if (data) {
    // Users' own; what a controller made from another object goes with that one.
    for (const object of input.customResources)
      if (isOwn(object) || !hasController(object)) all.set(keyOfObject(object), object);
    for (const claim of input.claims) all.set(keyOfObject(claim), claim);
  }
  const profiles = input.customResources.filter((object) => isProfile(object));
  const staying = new Set(input.customResources.filter((object) => !isOwn(object)).map(kindOf));
  for (const profile of profiles) staying.add(kindOf(profile));
  const claimsIn = new Map<string, number>();
  for (const claim of input.claims) {
    const namespace = claim.metadata.namespace ?? "";
    claimsIn.set(namespace, (claimsIn.get(namespace) ?? 0) + 1);
  }
  for (const object of all.values()) {
    const phase = removalPhaseOf(object);
    const because = data ? undefined : reasonToKeep(object, phase, staying, claimsIn);
    if (because) kept.push({ object: refOf(object), because });
    else phases.get(phase)?.push(object);
  }
  const ofProfile = new Set(profiles.map((profile) => profile.metadata.name));
  const profileNamespaces = data
    ? input.namespaces
        .filter((namespace) => ofProfile.has(namespace.metadata.name) && madeByProfile(namespace))
        .map((one) => one.metadata.name)
    : [];
  return { phases, profileNamespaces, kept };
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

function reasonToKeep(
  object: KubeObject,
  phase: RemovalPhase,
  staying: ReadonlySet<string>,
  claimsIn: ReadonlyMap<string, number>,
): string | undefined {
  switch (phase) {
    case "profiles":
      return "it is a user's profile; its namespace and what is in it stay with it";
    case "volumes":
      return "it holds data";
    case "definitions": {
      const kind = `${text(at(object, "spec", "group"))}/${text(at(object, "spec", "names", "kind"))}`;
      return staying.has(kind) ? "there are objects of this kind that users or their tools made" : undefined;
    }
    case "namespaces": {
      const claims = claimsIn.get(object.metadata.name);
      return claims ? `it holds ${claims} volume claims with data` : undefined;
    }
    default:
      return undefined;
  }
}

function kindOf(object: KubeObject): string {
  return `${groupOf(object.apiVersion)}/${object.kind}`;
}

function hasController(object: KubeObject): boolean {
  return list(object.metadata.ownerReferences).some((owner) => at(owner, "controller") === true);
}

/** A namespace that merely has a Profile's name is somebody else's. */
function madeByProfile(namespace: KubeObject): boolean {
  return (
    list(namespace.metadata.ownerReferences).some((owner) => at(owner, "kind") === "Profile") ||
    namespace.metadata.annotations?.owner !== undefined
  );
}

/** Why an object that was deleted is still there: what its own conditions say, else its finalizers. */
export function whatHolds(object: KubeObject): Words {
  if (isKind(object, "/Namespace")) {
    const words = list(at(object, "status", "conditions"))
      .filter((condition) => at(condition, "status") === "True")
      .map((condition) => text(at(condition, "message")))
      .filter((message) => message !== undefined && message !== "");
    if (words.length > 0) return asIs(words.join(" "));
  }
  const failure = cleanUpFailure(object);
  if (failure)
    return {
      en: `the API server could not remove its objects: ${failure}`,
      ko: `API 서버가 이 종류의 오브젝트를 삭제하지 못함: ${failure}`,
    };
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.length > 0) {
    const names = finalizers.join(", ");
    return {
      en: `its finalizers ${names} have not been cleared; the controllers that set them do that`,
      ko: `파이널라이저 ${names} 아직 해제되지 않음; 이를 설정한 컨트롤러가 해제함`,
    };
  }
  return { en: "the API server has not removed it yet", ko: "API 서버가 아직 삭제하지 않음" };
}

/**
 * Why the API server's clean-up of a definition's objects failed. It tries again by itself, but after ever longer
 * pauses, even where only the kind's storage was just being set up; any change of the definition makes it try at once
 * (k8s.io/apiextensions-apiserver, pkg/controller/finalizer).
 */
export function cleanUpFailure(object: KubeObject): string | undefined {
  if (!isDefinition(object) || !object.metadata.deletionTimestamp) return undefined;
  const terminating = conditionOf(object, "Terminating");
  return terminating?.reason === "InstanceDeletionFailed" ? (terminating.message ?? "no reason given") : undefined;
}
