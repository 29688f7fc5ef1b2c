import type { LogEntry } from "../../../common/contract/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { describe } from "../objects.ts";
import type { Gate } from "../plan/plan-types.ts";
import type { ApplicationWords } from "../run/application-words.ts";
import type { RunFact } from "./run-types.ts";

export type LogLine = Omit<LogEntry, "seq" | "time">;

/** What people read of a fact in the log. Pure. */
export function logOf(fact: RunFact): LogLine[] {
  switch (fact.type) {
    case "applied":
      return appliedLines(fact);
    case "renewed": {
      const message = `${describe(fact.node.ref)} was deleted meanwhile and is applied again`;
      return [{ level: "warn", event: "applied", component: fact.node.component, message }];
    }
    case "retrying": {
      // Only of the first time: it may go on for minutes.
      if (fact.attempt !== 1) return [];
      const message = `${describe(fact.node.ref)} waits: ${textOf(fact.because, "en")}`;
      return [{ level: "warn", event: "retry", component: fact.node.component, message }];
    }
    case "gateOpened":
      return gateLines(fact.gate, fact.tookMs, fact.component);
    case "componentFailed":
      return fact.begun ? [{ level: "error", event: "failed", component: fact.id, message: fact.error.message }] : [];
    case "problem": {
      const { message, component } = fact.problem;
      return fact.isTold ? [{ level: "error", event: "problem", message, ...(component ? { component } : {}) }] : [];
    }
    case "solved":
      return fact.said === undefined ? [] : [{ level: "ok", event: "solved", message: textOf(fact.said, "en") }];
    case "watchFailed":
      return [{ level: "warn", event: "watch", message: `${fact.what} can't be watched: ${fact.message}` }];
    default:
      return [];
  }
}

function appliedLines({ node, tookMs, done, total, at }: Extract<RunFact, { type: "applied" }>): LogLine[] {
  const line = {
    level: "info",
    event: "applied",
    component: node.component,
    message: describe(node.ref),
    tookMs,
  } as const;
  if (done < total) return [line];
  return [line, { level: "ok", event: "applied", message: `All ${done} objects are applied`, tookMs: at }];
}

function gateLines(gate: Gate, tookMs: number, component: string | undefined): LogLine[] {
  // That objects are applied is told of each of them.
  if (gate.condition.type === "applied") return [];
  const event = gate.condition.type === "ready" ? "ready" : "gate";
  return [{ level: "ok", event, message: textOf(gate.title, "en"), tookMs, ...(component ? { component } : {}) }];
}

/** Tells it as kfctl did, where the components are a KfDef's applications. */
export function sayAsKfctl(words: ApplicationWords, fact: RunFact): void {
  if (fact.type === "started") words.started(fact.node);
  else if (fact.type === "applied") words.applied(fact.node);
  else if (fact.type === "retrying" && fact.attempt === 1)
    words.retrying(fact.node, textOf(fact.because, "en"), fact.delayMs);
  else if (fact.type === "componentFailed" && fact.begun) words.gaveUp(fact.id, fact.error.message);
}
