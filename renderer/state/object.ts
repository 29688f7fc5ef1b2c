import type { AppError, ObjectJson, ObjectTarget, WatchedObject } from "../../common/contract/index.ts";
import { useStream } from "./use-stream.ts";

export interface WatchedState {
  /** The object now, or as it was last; undefined before it is known. */
  object: ObjectJson | undefined;
  deleted: boolean;
  /** Another object was made under the same name. */
  anew: boolean;
  state: WatchedObject["state"];
  /** Why it reconnects, or why it can't be had at all. */
  error: AppError | undefined;
}

/** One object as it is, kept so by a watch for as long as somebody looks; the values of a Secret are masked. */
export function useObject(target: ObjectTarget | undefined): WatchedState {
  const { item, error } = useStream("object.watch", target && plainTarget(target));
  return {
    object: item?.object,
    deleted: item?.deleted ?? false,
    anew: item?.anew ?? false,
    state: item?.state ?? "listing",
    error: error ?? item?.problem,
  };
}

/** Only the target's own fields, in one order, so that all who mean the same object share one watch. */
export function plainTarget({
  context,
  group,
  version,
  plural,
  kind,
  namespace,
  name,
  uid,
}: ObjectTarget): ObjectTarget {
  return {
    context,
    group,
    version,
    plural,
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    ...(uid === undefined ? {} : { uid }),
  };
}
