import { saidOf } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { LogLine } from "../installation-dir/install-log.ts";
import { describe } from "../objects.ts";
import type { Gate } from "../plan/plan-types.ts";
import type { ApplicationWords } from "../run/application-words.ts";
import type { RemovalPhase } from "../run/removal.ts";
import type { Fact } from "./facts.ts";
import type { RunFact } from "./run-types.ts";

/** What people read of a fact in the log. Pure. */
export function logOf(fact: Fact): LogLine[] {
  switch (fact.type) {
    case "applied":
      return appliedLines(fact);
    case "renewed": {
      const said = message("installLog.renewed", { object: describe(fact.node.ref) });
      return [{ level: "warn", event: "applied", component: fact.node.component, said }];
    }
    case "retrying": {
      // Only of the first time: it may go on for minutes.
      if (fact.attempt !== 1) return [];
      const said = message("installLog.waits", { object: describe(fact.node.ref), because: fact.because });
      return [{ level: "warn", event: "retry", component: fact.node.component, said }];
    }
    case "gateOpened":
      return gateLines(fact.gate, fact.tookMs, fact.component);
    case "componentFailed":
      return fact.begun ? [{ level: "error", event: "failed", component: fact.id, said: saidOf(fact.error) }] : [];
    case "problem": {
      const { component } = fact.problem;
      const said = saidOf(fact.problem);
      return fact.isTold ? [{ level: "error", event: "problem", said, ...(component ? { component } : {}) }] : [];
    }
    case "solved":
      return fact.said === undefined ? [] : [{ level: "ok", event: "solved", said: fact.said }];
    case "watchFailed":
      return [
        { level: "warn", event: "watch", said: message("installLog.unwatched", { what: fact.what, why: fact.why }) },
      ];
    case "kept": {
      const { object, because } = fact;
      return [
        { level: "info", event: "kept", said: message("installLog.stays", { object: describe(object), because }) },
      ];
    }
    case "gone":
      return [{ level: "info", event: "removed", said: describe(fact.object) }];
    case "phaseDone": {
      const { phase, objects: count, tookMs } = fact;
      const said = message("installLog.phaseRemoved", { count, phase: phaseTitles[phase] });
      return [{ level: "ok", event: "removed", said, tookMs }];
    }
    case "orphan": {
      const object = describe(fact.object);
      if (fact.is === "removed")
        return [{ level: "info", event: "removed", said: message("installLog.orphanRemoved", { object }) }];
      const said = message("installLog.stays", { object, because: message("removal.unknown") });
      return [{ level: "info", event: "kept", said }];
    }
    case "orphanStays":
    case "notGivenBack": {
      const said = message(`installLog.${fact.type}`, { object: describe(fact.object), why: fact.why });
      return [{ level: "warn", event: "kept", said }];
    }
    case "givenBack": {
      const said = message("installLog.givenBack", { object: describe(fact.object) });
      return fact.changed ? [{ level: "info", event: "kept", said }] : [];
    }
    case "notNudged":
      return [{ level: "info", event: "retry", said: fact.why }];
    default:
      return [];
  }
}

function appliedLines({ node, tookMs, done, total, at }: Extract<RunFact, { type: "applied" }>): LogLine[] {
  const line = {
    level: "info",
    event: "applied",
    component: node.component,
    said: describe(node.ref),
    tookMs,
  } as const;
  if (done < total) return [line];
  return [line, { level: "ok", event: "applied", said: message("installLog.allApplied", { count: done }), tookMs: at }];
}

function gateLines(gate: Gate, tookMs: number, component: string | undefined): LogLine[] {
  // That objects are applied is told of each of them.
  if (gate.condition.type === "applied") return [];
  const event = gate.condition.type === "ready" ? "ready" : "gate";
  return [{ level: "ok", event, said: gate.title, tookMs, ...(component ? { component } : {}) }];
}

/** Tells it as kfctl did, where the components are a KfDef's applications. */
export function sayAsKfctl(words: ApplicationWords, fact: RunFact): void {
  if (fact.type === "started") words.started(fact.node);
  else if (fact.type === "applied") words.applied(fact.node);
  else if (fact.type === "retrying" && fact.attempt === 1) words.retrying(fact.node, fact.because, fact.delayMs);
  else if (fact.type === "componentFailed" && fact.begun) words.gaveUp(fact.id, saidOf(fact.error));
}

const phaseTitles: Record<RemovalPhase, Message> = {
  profiles: message("removal.phaseProfiles"),
  "custom-resources": message("removal.phaseCustomResources"),
  webhooks: message("removal.phaseWebhooks"),
  workloads: message("removal.phaseWorkloads"),
  definitions: message("removal.phaseDefinitions"),
  access: message("removal.phaseAccess"),
  rest: message("removal.phaseRest"),
  volumes: message("removal.phaseVolumes"),
  namespaces: message("removal.phaseNamespaces"),
};
