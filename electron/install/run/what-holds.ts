import { list, text } from "../../../common/json/index.ts";
import { atCondition, atNamespace, conditionOf, isKind } from "../../../common/kube/index.ts";
import { type Message, message, verbatim } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { isDefinition } from "../plan/waves.ts";

/** Why an object that was deleted is still there: what its own conditions say, else its finalizers. */
export function whatHolds(object: KubeObject): Message {
  if (isKind(object, "/Namespace")) {
    const words = list(atNamespace(object, "status", "conditions"))
      .filter((condition) => atCondition(condition, "status") === "True")
      .map((condition) => text(atCondition(condition, "message")))
      .filter((said) => said !== undefined && said !== "");
    if (words.length > 0) return verbatim(words.join(" "));
  }
  const failure = cleanUpFailure(object);
  if (failure !== undefined) return message("holds.cleanUp", { words: failure || message("holds.noReason") });
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.length > 0) {
    return message("holds.finalizers", { names: finalizers.join(", ") });
  }
  return message("holds.notRemoved");
}

/**
 * Why the API server's clean-up of a definition's objects failed, in its words; undefined where it did not fail. It tries again by itself, but after ever longer
 * pauses, even where only the kind's storage was just being set up; any change of the definition makes it try at once
 * (k8s.io/apiextensions-apiserver, pkg/controller/finalizer).
 */
export function cleanUpFailure(object: KubeObject): string | undefined {
  if (!isDefinition(object) || !object.metadata.deletionTimestamp) return undefined;
  const terminating = conditionOf(object, "Terminating");
  return terminating?.reason === "InstanceDeletionFailed" ? (terminating.message ?? "") : undefined;
}
