import type { AppError, ObjectRef } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { RemovalPhase } from "../run/removal.ts";
import type { Fact, RemovalFact } from "./facts.ts";
import type { Pause } from "./run-types.ts";

/** A removal is a list of these, one after another. */
export type RemovalStage =
  /** They go with their namespace: nobody deletes them, and they are waited for all the same. */
  | { do: "expect"; objects: readonly KubeObject[] }
  /** What stands outside the installation's namespaces: orphans go, others' objects get their labels back. */
  | { do: "tidy" }
  /** Before they are deleted, so that no deletion is missed. `byName`: single ones instead of their kinds. */
  | { do: "watch"; objects: readonly KubeObject[]; byName: boolean }
  | { do: "delete"; objects: readonly KubeObject[] }
  /** Until these keys are gone; `all`: everything that was expected so far, and `others`, which nobody deletes by name. */
  | { do: "await"; keys: readonly string[] | "all"; others: readonly string[] }
  | { do: "tellPhase"; phase: RemovalPhase; objects: number }
  /** Reads once more what was deleted: a watch tells as gone what only lost its label. */
  | { do: "compare"; objects: readonly KubeObject[] };

/** When a definition's clean-up may be asked for again, and how often in a row asking failed. */
export interface Nudge {
  dueAt: number;
  failures: number;
}

/** Where a removal stands. Times are milliseconds since it began. */
export interface RemovalState {
  readonly stages: readonly RemovalStage[];
  /** Index of the stage that is under way. */
  readonly current: number;
  /** What the current stage asked for in one go has been done. */
  readonly settled: boolean;
  readonly began: Extract<RemovalFact, { type: "removing" }>;
  readonly installation: string;
  /** Objects that Flowdeck created and that are not deleted, since their label is gone: with the reason. */
  readonly created: readonly { object: ObjectRef; because: Message | string }[];
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Keys of what is watched by its name. */
  readonly named: ReadonlySet<string>;
  /** What of these is in the cluster now. */
  readonly seen: ReadonlyMap<string, KubeObject>;
  /** What is expected to go and is still there, as it was seen last. */
  readonly pending: ReadonlyMap<string, KubeObject>;
  readonly queue: ReadonlyMap<string, KubeObject>;
  readonly deleting: ReadonlyMap<string, KubeObject>;
  /** Deleted again after a pause. */
  readonly resting: ReadonlyMap<string, KubeObject>;
  readonly attempts: ReadonlyMap<string, number>;
  readonly gone: number;
  readonly phaseBegan: number;
  /** Why objects of a kind are not seen, by {@link subjectId}. */
  readonly troubles: ReadonlyMap<string, Message>;
  readonly nudges: ReadonlyMap<string, Nudge>;
  /** What is waited for is shown anew soon. */
  readonly refreshing: boolean;
  readonly done: boolean;
}

export type RemovalTimer =
  | { of: "retry"; key: string }
  | { of: "deadline"; stage: number }
  | { of: "nudge"; stage: number }
  | { of: "waits" };

/** All that ever happens to a removal. */
export type RemovalEvent =
  | { type: "begun" }
  /** What a stage asked for in one go has been done. */
  | { type: "settled"; stage: number }
  | { type: "observed"; key: string; object: KubeObject | undefined }
  /** The server took it; `was`: there was something to delete. */
  | { type: "deleted"; key: string; was: boolean }
  /** Refused for a reason that passes. */
  | { type: "notYet"; key: string; error: AppError }
  | { type: "nudged"; key: string; why?: Message | string }
  | { type: "tidied"; fact: RemovalFact }
  | { type: "compared"; left: readonly ObjectRef[] }
  | { type: "troubles"; troubles: ReadonlyMap<string, Message> }
  | { type: "watchFailed"; what: string; why: Message | string }
  /** It can't go on. */
  | { type: "failed"; error: AppError }
  | { type: "timer"; timer: RemovalTimer };

export type TimedRemoval = RemovalEvent & { at: number };

export type RemovalEffect =
  | { type: "tidy"; stage: number }
  | { type: "watch"; objects: readonly KubeObject[]; byName: boolean; stage: number }
  | { type: "delete"; key: string; object: KubeObject }
  /** Makes the API server try its failed clean-up again now instead of in minutes. */
  | { type: "nudge"; key: string; object: KubeObject }
  | { type: "compare"; objects: readonly KubeObject[] }
  | { type: "timer"; timer: RemovalTimer; pause: Pause }
  | { type: "tell"; fact: Fact }
  | { type: "end" }
  | { type: "fail"; error: AppError };
