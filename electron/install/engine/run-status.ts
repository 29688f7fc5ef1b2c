import type { Tracker } from "../run/status-store.ts";
import type { RunFact } from "./run-types.ts";

/** Shows a fact in the status that people watch. */
export function show(tracker: Tracker, fact: RunFact): void {
  switch (fact.type) {
    case "begun":
      for (const component of fact.components) tracker.addComponent(component);
      tracker.setObjects(0, fact.objects);
      tracker.setPodsTotal(fact.pods);
      tracker.setStep("apply");
      break;
    case "applied":
      tracker.setObjects(fact.done, fact.total);
      tracker.setFraction("apply", fact.done / fact.total);
      if (fact.done === fact.total) tracker.setStep("ready");
      break;
    case "refused": {
      const { node, error } = fact;
      tracker.problem(`refused ${node.id}`, { ...error, component: node.component, object: node.ref });
      break;
    }
    case "gateFailed":
      // What failed before it is shown there.
      if (fact.error.code === "gate-timeout") tracker.problem(`gate ${fact.gate.id}`, fact.error);
      break;
    case "outcomes":
      tracker.setFraction("ready", fact.fraction);
      break;
    case "component":
      tracker.setComponent(fact.id, fact.change);
      break;
    case "componentFailed":
      tracker.setComponent(fact.id, { state: "failed", error: fact.error });
      break;
    case "pod":
      tracker.setPod(fact.key, fact.view);
      break;
    case "problem":
      tracker.problem(fact.id, fact.problem);
      break;
    case "solved":
      tracker.solved(fact.id);
      break;
    case "waits":
      tracker.setWaits(fact.waits);
      break;
    default:
      break;
  }
}
