import { at, text } from "../../common/json/index.ts";
import { atPod, conditionsOf, isKind } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { conditionCause } from "./condition-cause.ts";
import { type Look, linkTo, linkToObject, lookBeside } from "./live-query.ts";
import { podCauses } from "./pod-causes.ts";
import { claimsOf } from "./references.ts";
import type { Cause } from "./said-cause.ts";

/** Deleting something with a finalizer may take a moment; only what takes longer is worth a word. */
const deletionPatienceMs = 20_000;
/** What keeps a claim until no pod uses it, and a volume until no claim is bound to it. */
const claimGuard = "kubernetes.io/pvc-protection";
const volumeGuard = "kubernetes.io/pv-protection";

/** That an object is being deleted, and what keeps it from going. */
export function deletionCauses(look: Look, object: KubeObject): Cause[] {
  const since = Date.parse(object.metadata.deletionTimestamp ?? "");
  if (Number.isNaN(since)) return [];
  const ending: Cause = { id: "ending", params: {}, level: "warn", help: [] };
  // A pod's deletionTimestamp lies in the future: its grace is in it.
  if (look.now - since < deletionPatienceMs) return [ending];
  const used = isInUse(look, object);
  if (used) return [used];
  const finalizers = object.metadata.finalizers ?? [];
  const blocked: Cause = {
    id: "deletionBlocked",
    params: { finalizers: finalizers.join(", ") },
    level: "bad",
    help: ["finalizers", "events"],
  };
  const told = isKind(object, "/Namespace") ? namespaceTroubles(object) : [];
  if (finalizers.length > 0) return [blocked, ...told];
  // The node's kubelet has to confirm that a pod is gone.
  if (isKind(object, "/Pod")) return podCauses(look, object);
  return [...told, ending];
}

function namespaceTroubles(namespace: KubeObject): Cause[] {
  return conditionsOf(namespace)
    .filter(({ type, status }) => type.startsWith("Namespace") && status === "True")
    .map(conditionCause);
}

/** What a protecting finalizer waits for. Taking that away by hand would defeat the protection. */
function isInUse(look: Look, object: KubeObject): Cause | undefined {
  const { finalizers = [], name, namespace } = object.metadata;
  if (finalizers.some((one) => one !== claimGuard && one !== volumeGuard)) return undefined;
  if (isKind(object, "/PersistentVolumeClaim") && finalizers.length > 0) {
    const { objects } = look.list({ apiVersion: "v1", kind: "Pod", namespace, mode: "scan" });
    const users = objects.filter((pod) => usesClaim(pod, name));
    const [first] = users;
    if (first === undefined) return undefined;
    const pods = users.map((pod) => pod.metadata.name).join(", ");
    return { id: "claimInUse", params: { pods }, level: "warn", about: linkToObject(look, first), help: [] };
  }
  if (!isKind(object, "/PersistentVolume") || finalizers.length === 0) return undefined;
  const claim = text(at(object, "spec", "claimRef", "name"));
  if (claim === undefined || at(object, "status", "phase") !== "Bound") return undefined;
  const where = text(at(object, "spec", "claimRef", "namespace"));
  const bound = { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: where, name: claim };
  if (lookBeside(look, bound).missing) return undefined;
  return {
    id: "volumeInUse",
    params: { claim: `${where}/${claim}` },
    level: "warn",
    about: linkTo(look, bound),
    help: [],
  };
}

/** Pods that are over hold no volume. */
function usesClaim(pod: KubeObject, claim: string): boolean {
  const phase = atPod(pod, "status", "phase");
  if (phase === "Succeeded" || phase === "Failed") return false;
  return claimsOf(pod).includes(claim);
}
