import { at, text } from "../../json/index.ts";
import type { HealthLevel } from "./types.ts";

const bad =
  /^(failed|failure|error|errored|degraded|unhealthy|lost|crashloopbackoff|invalid|rejected|denied|aborted)$/i;
const waiting =
  /^(pending|progressing|creating|provisioning|updating|deleting|terminating|waiting|notready|reconciling|suspending)$/i;
const done = /^(succeeded|complete|completed|finished)$/i;

/** What the word of a phase or state says, whichever kind it is of; undefined where it says nothing of health. */
export function phaseLevel(word: string): HealthLevel | undefined {
  if (bad.test(word)) return "bad";
  if (waiting.test(word)) return "progressing";
  if (/^unknown$/i.test(word)) return "unknown";
  return done.test(word) ? "done" : undefined;
}

/** The phase an object tells itself: `status.phase`, or what Volcano, Longhorn and others have in its place. */
export function phaseOf(object: unknown): string | undefined {
  const status = at(object, "status");
  return text(at(status, "phase")) || text(at(status, "state", "phase")) || text(at(status, "state")) || undefined;
}
