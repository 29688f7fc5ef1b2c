import { message } from "../../../common/words/index.ts";
import { inside } from "./json.ts";
import type { Convert } from "./types.ts";

/**
 * PodDisruptionBudget of policy/v1beta1 as v1. An empty selector chose no pods; in v1 it chooses all of the namespace,
 * and none at all chooses none.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#poddisruptionbudget-v125
 */
export const convertBudget: Convert = (object, _from, note) => {
  const spec = inside(object, "spec");
  const selector = inside(spec, "selector");
  delete object.status;
  if (spec === undefined || selector === undefined) return object;
  const chosen = [selector.matchLabels, selector.matchExpressions].some((part) => Object.keys(part ?? {}).length > 0);
  if (chosen) return object;
  delete spec.selector;
  note(message("conversion.emptySelector"));
  return object;
};
