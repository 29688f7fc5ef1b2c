/**
 * How an object is. `progressing`: on its way, as it should be; `warn`: not as it should be, but it works or somebody wants
 * it so; `bad`: it does not work; `unknown`: whoever should tell does not; `done`: over, as it should be, or set aside.
 */
export type HealthLevel = "ok" | "progressing" | "warn" | "bad" | "unknown" | "done";

/**
 * Is it what its spec says? By the rules of kstatus; `failed` means that waiting alone does not cure it.
 * https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
export type Stage = "current" | "in-progress" | "failed" | "terminating";

/** Why it is not (yet) as its spec says. */
export type HealthReason =
  // any kind
  | "deleting"
  | "unobserved"
  | "changeUnobserved"
  | "stalled"
  | "reconciling"
  | "notReady"
  | "noReport"
  | "condition"
  | "phase"
  // workloads
  | "podsCreated"
  | "podsUpdated"
  | "podsAvailable"
  | "podsReady"
  | "podsScheduled"
  | "oldPods"
  | "replacing"
  | "unavailable"
  | "podsRefused"
  | "deadline"
  | "suspended"
  | "jobFailed"
  | "jobNotStarted"
  | "jobRunning"
  // other built-in kinds
  | "pod"
  | "podFailed"
  | "claimNotBound"
  | "noAddress"
  | "nodeNotReady"
  | "nodePressure"
  | "cordoned"
  | "notEstablished"
  | "namesTaken"
  | "cannotScale";

export interface Health {
  level: HealthLevel;
  stage: Stage;
  /** Absent when there is nothing to say. */
  reason?: HealthReason;
  /** Names and numbers that belong to the reason. */
  params: Record<string, string>;
  /** The cluster's own words about it. */
  words?: string;
  /** As the STATUS column of `kubectl get` says it, or the nearest there is. */
  printed: string;
}
