import { at, text } from "../../common/json/index.ts";
import { atClaim, atVolume } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { eventsAbout, type KubeEvent } from "./events.ts";
import { type Look, lookBeside } from "./live-query.ts";
import type { Cause } from "./said-cause.ts";

const defaultClass = "storageclass.kubernetes.io/is-default-class";

/** Why a claim has no volume. */
export function claimCauses(look: Look, claim: KubeObject): Cause[] {
  const phase = text(atClaim(claim, "status", "phase"));
  if (phase === "Lost") {
    const volume = text(atClaim(claim, "spec", "volumeName")) ?? "";
    return [{ id: "claimLost", params: { volume }, level: "bad", help: ["events"] }];
  }
  if (phase !== "Pending") return [];
  const named = text(atClaim(claim, "spec", "storageClassName"));
  const event = bindingEvent(eventsAbout(look, claim));
  const words = event ? { words: event.message } : {};
  const help: Cause["help"] = ["storageClasses", "events"];
  const volume = text(atClaim(claim, "spec", "volumeName"));
  if (volume)
    return [
      { id: "claimAwaits", params: { volume }, level: event?.warning ? "bad" : "warn", ...words, help: ["events"] },
    ];
  if (named === undefined) {
    const classes = look.list({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass" });
    const isDefault = (one: KubeObject) => one.metadata.annotations?.[defaultClass] === "true";
    if (classes.known && !classes.failure && !classes.objects.some(isDefault)) {
      return [{ id: "claimNoClass", params: {}, level: "bad", ...words, help }];
    }
  }
  // Without a class only a volume that somebody has made can be bound to it.
  if (named === "") return [{ id: "claimByHand", params: {}, level: "warn", ...words, help: ["events"] }];
  if (named !== undefined) {
    const { object, missing } = lookBeside(look, {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      name: named,
    });
    if (missing) return [{ id: "claimClassMissing", params: { class: named }, level: "bad", ...words, help }];
    const waits = !event?.warning && at(object, "volumeBindingMode") === "WaitForFirstConsumer";
    if (waits && (event === undefined || event.reason === "WaitForFirstConsumer")) {
      return [{ id: "claimWaits", params: { class: named }, level: "warn", help: ["events"] }];
    }
  }
  return [{ id: "claimPending", params: {}, level: event?.warning ? "bad" : "warn", ...words, help }];
}

/** What the volume controller or a provisioner said last; that of a failure is Normal where no volume fits (FailedBinding). */
export function bindingEvent(events: readonly KubeEvent[]): KubeEvent | undefined {
  const told = ["FailedBinding", "WaitForFirstConsumer", "WaitForPodScheduled", "ExternalProvisioning", "Provisioning"];
  return events.find(({ warning }) => warning) ?? events.find(({ reason }) => told.includes(reason));
}

/** Why a volume can't be used again. */
export function volumeCauses(volume: KubeObject): Cause[] {
  const phase = text(atVolume(volume, "status", "phase")) ?? "";
  if (phase !== "Failed" && phase !== "Released") return [];
  const words = text(atVolume(volume, "status", "message"));
  return [
    {
      id: "volumeFailed",
      params: { phase },
      level: phase === "Failed" ? "bad" : "warn",
      ...(words ? { words } : {}),
      help: ["events"],
    },
  ];
}
