import type { AppError, Insight, ObjectTarget } from "../../../common/contract/index.ts";
import { plainTarget } from "../../state/object.ts";
import { useStream } from "../../state/use-stream.ts";

/** Owners, health and causes of an object, shared by all who look at it. */
export function useInsight(target: ObjectTarget): { insight: Insight | undefined; error: AppError | undefined } {
  const { item, error } = useStream("object.insight", plainTarget(target));
  return { insight: item, error };
}
