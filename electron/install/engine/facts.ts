import type { AppError, InstallState, ObjectRef, ProgressStep, Waiting } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { RemovalPhase } from "../run/removal.ts";
import type { RunFact } from "./run-types.ts";

/** What is told of an operation around its run. */
export type OperationFact =
  /** Which Kubeflow a KfDef is for is known once it has been read. */
  | { type: "titled"; title: string }
  | { type: "step"; step: ProgressStep }
  /** Share of a step that is done, 0 to 1. */
  | { type: "progress"; step: ProgressStep; fraction: number }
  | { type: "finished"; state: InstallState; error?: AppError | undefined };

/** What is told of a removal. */
export type RemovalFact =
  | { type: "removing"; components: { id: string; title: string; objects: number; workloads: number }[]; total: number }
  | { type: "kept"; object: ObjectRef; because: Message | string }
  /** The objects of a component are being deleted. */
  | { type: "deleting"; component: string }
  | { type: "gone"; key: string; object: ObjectRef; component: string | undefined; done: number; total: number }
  | { type: "phaseDone"; phase: RemovalPhase; objects: number; tookMs: number }
  /** A definition's clean-up could not be asked for again. */
  | { type: "notNudged"; why: Message | string }
  /** Made by a controller of ours outside our namespaces; `unknown`: perhaps there before. */
  | { type: "orphan"; object: ObjectRef; is: "removed" | "unknown" }
  | { type: "orphanStays"; object: ObjectRef; why: Message | string }
  /** Labels of an object of others are as they were before; `changed`: they had to be changed for that. */
  | { type: "givenBack"; key: string; object: ObjectRef; changed: boolean }
  | { type: "notGivenBack"; object: ObjectRef; why: Message | string }
  | { type: "waits"; waits: ReadonlyMap<string, Omit<Waiting, "sinceMs">> }
  | { type: "watchFailed"; what: string; why: Message | string };

/** Status, log and journal are made of these and of nothing else. */
export type Fact = RunFact | RemovalFact | OperationFact;
