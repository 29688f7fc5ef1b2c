import { conditionOf, type Health, type HealthReason, health, type Stage } from "../../../common/kube/index.ts";
import { type Message, message, verbatim } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

export interface Readiness {
  status: Stage;
  /** What it still lacks, or what failed; undefined where there is nothing to say. */
  lacks: Message | undefined;
}

/**
 * Is an object what its spec says, in words for what waits for it.
 * `expectsReady`: a custom resource whose controller is known to report a Ready condition is not current without one.
 */
export function readinessOf(object: KubeObject, expectsReady = false): Readiness {
  const found = health(object);
  if (expectsReady && found.stage === "current" && conditionOf(object, "Ready") === undefined) {
    return { status: "in-progress", lacks: message("readiness.noReport") };
  }
  const { stage, reason } = found;
  if (stage === "current" || reason === undefined) return { status: stage, lacks: undefined };
  return { status: stage, lacks: sentenceOf(reason, found) };
}

/** The cluster's own words where it has some. */
function sentenceOf(reason: HealthReason, { words, params }: Health): Message {
  return words === undefined ? sentences[reason](params) : verbatim(words);
}

type Params = Health["params"];
const fixed = (what: Message) => () => what;
const counted =
  (id: `readiness.pods${"Created" | "Updated" | "Available" | "Ready" | "Scheduled"}`) =>
  ({ have = "0", want = "0" }: Params): Message =>
    message(id, { have, want });
const named =
  (what: Message, param: string) =>
  ({ [param]: value }: Params): Message =>
    value ? message("readiness.with", { what, value }) : what;
const notReady = message("readiness.notReady");

const sentences: Record<HealthReason, (params: Params) => Message> = {
  deleting: fixed(message("readiness.deleting")),
  unobserved: fixed(message("readiness.unobserved")),
  changeUnobserved: fixed(message("readiness.changeUnobserved")),
  stalled: fixed(message("readiness.stalled")),
  reconciling: fixed(message("readiness.reconciling")),
  notReady: fixed(notReady),
  noReport: fixed(message("readiness.noReport")),
  condition: named(notReady, "reason"),
  phase: named(notReady, "phase"),
  podsCreated: counted("readiness.podsCreated"),
  podsUpdated: counted("readiness.podsUpdated"),
  podsAvailable: counted("readiness.podsAvailable"),
  podsReady: counted("readiness.podsReady"),
  podsScheduled: counted("readiness.podsScheduled"),
  oldPods: ({ count = "" }) => message("readiness.oldPods", { number: count }),
  replacing: fixed(message("readiness.replacing")),
  unavailable: fixed(message("readiness.unavailable")),
  podsRefused: fixed(message("readiness.podsRefused")),
  deadline: fixed(message("readiness.deadline")),
  suspended: fixed(message("readiness.suspended")),
  jobFailed: fixed(message("readiness.jobFailed")),
  jobNotStarted: fixed(message("readiness.jobNotStarted")),
  jobRunning: fixed(message("readiness.jobRunning")),
  pod: named(message("readiness.pod"), "phase"),
  podFailed: fixed(message("readiness.podFailed")),
  claimNotBound: named(message("readiness.claimNotBound"), "phase"),
  noAddress: fixed(message("readiness.noAddress")),
  nodeNotReady: named(message("readiness.nodeNotReady"), "reason"),
  nodePressure: named(message("readiness.nodePressure"), "type"),
  cordoned: fixed(message("readiness.cordoned")),
  notEstablished: fixed(message("readiness.notEstablished")),
  namesTaken: fixed(message("readiness.namesTaken")),
  cannotScale: named(message("readiness.cannotScale"), "reason"),
};
