import type { AppError, Insight, ObjectTarget } from "../../electron/contract/index.ts";
import { plainTarget } from "../store/object.ts";
import { useStream } from "../store/useStream.ts";

/** Owners, health and causes of an object, shared by all who look at it. */
export function useInsight(target: ObjectTarget): { insight: Insight | undefined; error: AppError | undefined } {
  const { item, error } = useStream("object.insight", plainTarget(target));
  return { insight: item, error };
}
