import type { CauseHelp } from "../../common/contract/index.ts";
import { at, text } from "../../common/json/index.ts";
import { atPod, conditionOf, health, signOf } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { claimCauses } from "./claim-causes.ts";
import { eventsAbout } from "./events.ts";
import { type Look, linkTo, linkToObject, lookBeside } from "./live-query.ts";
import { causeOf } from "./pod-cause.ts";
import type { OpenClaim, PodBeside, PodCause } from "./pod-cause-types.ts";
import { claimsOf } from "./references.ts";
import type { Cause } from "./said-cause.ts";

const helpFor: Record<NonNullable<PodCause["trouble"]>, CauseHelp[]> = {
  image: ["image", "events"],
  crash: ["previousLogs", "logs", "events"],
  // There is no log of what never ran.
  start: ["events"],
  unschedulable: ["nodes", "events"],
  volume: ["storageClasses", "events"],
  "missing-input": ["events"],
  failed: ["logs", "events"],
  node: ["nodes", "events"],
};
const helpForSentence: Partial<Record<string, CauseHelp[]>> = {
  probeFailed: ["logs", "events"],
  initRunning: ["logs", "events"],
  endedRestarts: ["previousLogs", "logs"],
};

/** Why a pod is not well; nothing for one that runs or is done. */
export function podCauses(look: Look, pod: KubeObject): Cause[] {
  const cause = causeOf(pod, besideOf(look, pod));
  const of = cause.about;
  if (of?.kind === "PersistentVolumeClaim") {
    // The claim itself says more.
    const { object } = lookBeside(look, claimNamed(pod, of.name));
    const own = object && claimCauses(look, object)[0];
    if (own) return [{ ...own, about: linkToObject(look, object) }];
  }
  return causesFrom(look, pod, cause);
}

/** The same from the pod alone: for very many pods, of which the worst is then looked at. */
export function quickCause(pod: KubeObject): PodCause {
  return causeOf(pod);
}

/** How bad it is: a pod that its own row calls broken is not merely worth knowing. */
export function levelOf(pod: KubeObject, { trouble }: PodCause): Cause["level"] {
  const isTrouble = trouble !== undefined && trouble !== "missing-input";
  return isTrouble || signOf(health(pod).level) === "bad" ? "bad" : "warn";
}

function causesFrom(look: Look, pod: KubeObject, cause: PodCause): Cause[] {
  if (cause.say === undefined) return [];
  const { id } = cause.say;
  const node = cause.about?.kind === "Node" ? { apiVersion: "v1", kind: "Node", name: cause.about.name } : undefined;
  return [
    {
      ...cause.say,
      ...(cause.tries === undefined ? {} : { tries: cause.tries }),
      level: levelOf(pod, cause),
      ...(cause.words ? { words: cause.words } : {}),
      ...(node ? { about: linkTo(look, node) } : {}),
      help: cause.trouble === undefined ? (helpForSentence[id] ?? ["events"]) : helpFor[cause.trouble],
    },
  ];
}

function besideOf(look: Look, pod: KubeObject): PodBeside {
  const phase = text(atPod(pod, "status", "phase"));
  if (phase === "Succeeded" || phase === "Failed") return {};
  const nodeName = text(atPod(pod, "spec", "nodeName"));
  if (nodeName === undefined) return { events: eventsAbout(look, pod), claims: openClaims(look, pod) };
  if (phase === "Running" && conditionOf(pod, "Ready")?.status === "True") return {};
  const { object } = lookBeside(look, { apiVersion: "v1", kind: "Node", name: nodeName });
  return { events: eventsAbout(look, pod), node: object };
}

/** Claims a pod uses that have no volume. */
function openClaims(look: Look, pod: KubeObject): OpenClaim[] {
  return claimsOf(pod).flatMap((name): OpenClaim[] => {
    const { object, missing } = lookBeside(look, claimNamed(pod, name));
    if (missing) return [{ name, missing, refused: false }];
    if (object === undefined || at(object, "status", "phase") === "Bound") return [];
    const [cause] = claimCauses(look, object);
    return [{ name, missing, words: cause?.words, refused: cause?.level === "bad" }];
  });
}

function claimNamed(pod: KubeObject, name: string) {
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: pod.metadata.namespace, name };
}
