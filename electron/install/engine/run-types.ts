import type { AppError, ComponentProgress, PodView, Waiting } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { Gate, PlanNode } from "../plan/plan-types.ts";
import type { PlanView } from "./plan-view.ts";

export type NodeStatus = "waiting" | "applying" | "applied" | "failed" | "skipped";

/** A gate that nobody has asked yet has no status. `timed`: all it stands on is applied, and its time runs. */
export type GateStatus =
  | { is: "closed"; since: number; timed: boolean; because: Message }
  | { is: "open" }
  | { is: "failed"; error: AppError };

/** An object that the server did not take yet. `going`: what is there in its place is still being deleted. */
export interface Retry {
  because: Message;
  since: number;
  attempts: number;
  going: boolean;
}

export interface PodSeen {
  view: PodView;
  /** The node of the plan whose pod it is. */
  owner: string | undefined;
  /** It is being deleted. */
  ending: boolean;
}

/** A question that has to be put to the API server, since no watch answers it. */
export type Ask =
  /** Does discovery list this kind? `definition` is the node that defines it. */
  | { of: "kind"; apiVersion: string; kind: string; definition: string }
  /** Does it take the object of an `accepts` gate in a dry run? */
  | { of: "dryRun"; gate: string };

export type Answer =
  | { is: "yes" }
  | { is: "no"; because?: Message }
  /** The API server could not be asked at all. `soon`: that usually passes by itself. */
  | { is: "unanswered"; because: Message; soon: boolean };

/** How the API server can be asked: one back-off for all questions, since what hinders one of them hinders all. */
export interface Access {
  /** Why it can't be asked; undefined where it can, as far as is known. */
  because: Message | undefined;
  soon: boolean;
  failures: number;
  failedAt: number;
  /** Questions that wait for their turn. */
  waiting: readonly string[];
  /** Counts up with every change between trouble and none: timers of an earlier trouble are void. */
  era: number;
  /** The turn that is being waited for or taken. */
  turn: { asking: string | undefined } | undefined;
}

export interface ComponentState {
  state: ComponentProgress["state"];
  applied: number;
  ready: number;
}

/** Where a run stands. Times are milliseconds since the work began. */
export interface RunState {
  readonly view: PlanView;
  readonly timeoutMs: number;
  readonly nodes: ReadonlyMap<string, NodeStatus>;
  readonly gates: ReadonlyMap<string, GateStatus>;
  readonly components: ReadonlyMap<string, ComponentState>;
  /** Components that can't be completed, with the reason. */
  readonly failed: ReadonlyMap<string, AppError>;
  /** Of these, the ones whose turn never came because one before them failed. */
  readonly notBegun: ReadonlySet<string>;
  /** Nodes that may be sent. */
  readonly queue: ReadonlySet<string>;
  readonly sending: ReadonlySet<string>;
  /** Nodes that are sent again after a pause. */
  readonly resting: ReadonlySet<string>;
  readonly retries: ReadonlyMap<string, Retry>;
  /** Namespaces that are being applied again. */
  readonly renewing: ReadonlySet<string>;
  /** Objects sent at once, at most. */
  readonly most: number;
  /** As many of them as the server can take now. */
  readonly atOnce: number;
  readonly appliedCount: number;
  /** What gates look at, as it is in the cluster, by key. */
  readonly objects: ReadonlyMap<string, KubeObject>;
  readonly pods: ReadonlyMap<string, PodSeen>;
  /** Ids of problems that are shown. */
  readonly problems: ReadonlySet<string>;
  /** Why objects are not seen, by {@link subjectId}. */
  readonly watchTroubles: ReadonlyMap<string, Message>;
  /** Kinds that discovery lists, as apiVersion/kind. */
  readonly served: ReadonlySet<string>;
  /** What the last dry run gave, by gate. */
  readonly dryRuns: ReadonlyMap<string, { passed: boolean; because: Message | undefined }>;
  /** Questions that are not answered yet, with how often the answer was no. */
  readonly asks: ReadonlyMap<string, { ask: Ask; refusals: number }>;
  readonly access: Access;
  /** The gates are looked at soon. */
  readonly looking: boolean;
  /** What waits is shown anew soon. */
  readonly refreshing: boolean;
  /** Only pods beside the workloads are waited for. */
  readonly lastPods: boolean;
  readonly done: boolean;
}

export type Problem = AppError & { component?: string; object?: PlanNode["ref"] };

/** Timers that a run sets; each comes back as an event. */
export type Timer =
  | { of: "look" }
  | { of: "waits" }
  | { of: "retry"; node: string }
  | { of: "gate"; gate: string }
  | { of: "ask"; ask: string }
  | { of: "turn"; era: number }
  | { of: "pods" };

/** How long a timer runs; with `attempt`, doubling from `ms` to `maxMs`, and somewhat shorter by chance. */
export type Pause = { ms: number } | { attempt: number; ms: number; maxMs: number };

/** All that ever happens to a run. */
export type RunEvent =
  | { type: "begun" }
  | { type: "applied"; node: string; uid?: string | undefined; tookMs: number; atOnce: number }
  /** The object that is there is being deleted: applying to it would be in vain. */
  | { type: "going"; node: string; because: Message }
  /** Refused for a reason that passes; `namespace`: for want of it. */
  | { type: "notYet"; node: string; because: Message; namespace?: string | undefined }
  | { type: "refused"; node: string; error: AppError }
  | { type: "renewed"; node: string; uid?: string | undefined }
  | { type: "notRenewed"; node: string }
  | { type: "observed"; key: string; object: KubeObject | undefined }
  | { type: "pod"; key: string; pod: PodSeen | undefined }
  | { type: "problem"; id: string; problem: Problem }
  | { type: "cured"; id: string; said: Message }
  | { type: "watchTroubles"; troubles: ReadonlyMap<string, Message> }
  | { type: "watchFailed"; what: string; why: Message | string }
  | { type: "answered"; ask: Ask; answer: Answer }
  | { type: "timer"; timer: Timer };

/** An event with its time. */
export type Timed = RunEvent & { at: number };

/** What has to be done in the world; what comes of it comes back as events. */
export type Effect =
  | { type: "send"; node: PlanNode; going: boolean }
  /** Apply a namespace again that was taken away. */
  | { type: "renew"; node: PlanNode }
  | { type: "ask"; ask: Ask }
  /** Read a definition once, for what it says about why its kind is not served. */
  | { type: "readDefinition"; node: PlanNode }
  /** Watch all that gates look at, and the pods. */
  | { type: "watchAll" }
  /** Watch the objects of a node's kind, which is served by now. */
  | { type: "watchKind"; node: PlanNode }
  | { type: "timer"; timer: Timer; pause: Pause }
  | { type: "tell"; fact: RunFact }
  /** Nothing is left to be done. */
  | { type: "end" };

/** What is told of a run. Status, log and journal are made of these and of nothing else. */
export type RunFact =
  | {
      type: "begun";
      components: { id: string; title: string; objects: number; workloads: number }[];
      objects: number;
      pods: number;
    }
  | { type: "started"; node: PlanNode }
  | {
      type: "applied";
      node: PlanNode;
      uid: string | undefined;
      tookMs: number;
      done: number;
      total: number;
      at: number;
    }
  | { type: "renewed"; node: PlanNode; uid: string | undefined }
  | { type: "retrying"; node: PlanNode; because: Message; attempt: number; delayMs: number }
  | { type: "refused"; node: PlanNode; error: AppError }
  /** `component`: whose readiness it tells. */
  | { type: "gateOpened"; gate: Gate; tookMs: number; component: string | undefined }
  | { type: "gateFailed"; gate: Gate; error: AppError }
  /** Share of the outcomes that have come true. */
  | { type: "outcomes"; fraction: number }
  | { type: "component"; id: string; change: ComponentState }
  /** `begun`: false where its turn never came. */
  | { type: "componentFailed"; id: string; error: AppError; begun: boolean }
  | { type: "pod"; key: string; view: PodView | undefined }
  /** `isTold`: people read of it in the log, too. */
  | { type: "problem"; id: string; problem: Problem; isTold: boolean }
  | { type: "solved"; id: string; said?: Message }
  | { type: "waits"; waits: ReadonlyMap<string, Omit<Waiting, "sinceMs">> }
  | { type: "watchFailed"; what: string; why: Message | string };
