import { latest } from "../../common/async/index.ts";
import type { FlowdeckError, ObjectTarget, WatchedObject } from "../../common/contract/index.ts";
import { stringifyJson } from "../../common/json/index.ts";
import { forPage } from "../redaction/index.ts";
import type { LiveList, LiveLists } from "./live-list.ts";

/** A page shows at most so many states of an object in a second. */
const everyMs = 100;

export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return group === "" ? version : `${group}/${version}`;
}

/** The list of only this object. */
export function openObject(lists: LiveLists, target: ObjectTarget): LiveList {
  return lists.open({
    context: target.context,
    apiVersion: apiVersionOf(target),
    kind: target.kind,
    namespace: target.namespace,
    fieldSelector: `metadata.name=${target.name}`,
  });
}

/** See `object.watch` in the contract. */
export async function* watchObject(
  lists: LiveLists,
  target: ObjectTarget,
  signal: AbortSignal,
): AsyncGenerator<WatchedObject, void, void> {
  const list = openObject(lists, target);
  try {
    let firstUid = target.uid;
    const states = latest<WatchedObject | FlowdeckError | undefined>({
      read: () => {
        if (list.failure) return list.failure;
        const [object] = list.objects.values();
        const [gone] = list.deleted.values();
        // Nothing is known before the first list is in.
        if (object === undefined && !list.synced) return undefined;
        const shown = object ?? gone;
        firstUid ??= shown?.metadata.uid;
        return {
          ...(shown === undefined ? {} : { object: forPage(shown) }),
          deleted: object === undefined,
          anew: shown?.metadata.uid !== undefined && shown.metadata.uid !== firstUid,
          state: list.state,
          ...(list.problem === undefined ? {} : { problem: list.problem }),
        };
      },
      onChange: (listener) => list.onChange(listener),
      everyMs,
      signal,
    });
    let before = "";
    for await (const state of states) {
      if (state === undefined) continue;
      if (state instanceof Error) throw state;
      const now = stringifyJson(state);
      if (now !== before) yield state;
      before = now;
    }
  } finally {
    list.release();
  }
}
