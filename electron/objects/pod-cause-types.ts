import type { Fix, PodView } from "../../common/contract/index.ts";
import type { Message } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import type { PodEvent } from "./pod-events.ts";
import type { SaidCause } from "./said-cause.ts";

/** Why a pod is not running, told in one sentence. */
export interface PodCause {
  state: PodView["state"];
  reason?: Message;
  /** The same beside an object in a table: which sentence, and the names in it. Absent where nothing is to be said. */
  say?: SaidCause;
  /** How often it was tried, where that was more than once. */
  tries?: number;
  /** The kubelet's, scheduler's or registry's own words, where `reason` says them shorter. */
  words?: string;
  /** What kind of trouble, when waiting alone is unlikely to cure it. */
  trouble?: "image" | "crash" | "start" | "unschedulable" | "volume" | "missing-input" | "failed" | "node";
  /** The object beside the pod that it is found in. */
  about?: { kind: "Node" | "PersistentVolumeClaim"; name: string };
  fix?: Fix;
}

/** A volume claim that a pod waits for. */
export interface OpenClaim {
  name: string;
  missing: boolean;
  /** What its newest event says. */
  words?: string | undefined;
  /** Whoever makes its volume has refused. */
  refused: boolean;
}

/** What stands beside a pod, as far as it is known: its status alone often does not say why. */
export interface PodBeside {
  events?: readonly PodEvent[];
  /** The node it is on. */
  node?: KubeObject | undefined;
  /** Claims it uses that are not bound. */
  claims?: readonly OpenClaim[];
}

/** A sentence as it is said beside the object, and as it is elsewhere, where the pod is named before it. */
export function told(say: SaidCause, reason: Message): { say: SaidCause; reason: Message } {
  return { say, reason };
}
