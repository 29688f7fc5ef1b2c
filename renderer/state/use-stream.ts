import { useCallback, useSyncExternalStore } from "react";
import type { AppError, StreamInput, StreamItem, StreamName } from "../../common/contract/index.ts";
import { client } from "./client.ts";

/** What a stream told last; `error` when it failed for good. */
export interface Told<T> {
  item: T | undefined;
  error: AppError | undefined;
}

interface Shared {
  told: Told<unknown>;
  listeners: Set<() => void>;
  close: () => void;
}

const nothing: Told<never> = { item: undefined, error: undefined };
const open = new Map<string, Shared>();

function share<K extends StreamName>(key: string, name: K, input: StreamInput<K>): Shared {
  const shared: Shared = { told: nothing, listeners: new Set(), close: () => undefined };
  const tell = (told: Told<unknown>) => {
    shared.told = told;
    for (const listener of [...shared.listeners]) listener();
  };
  shared.close = client().subscribe<K>(name, input, {
    onItem: (item) => tell({ item, error: undefined }),
    onError: (error) => tell({ item: shared.told.item, error }),
  });
  open.set(key, shared);
  return shared;
}

/**
 * What a stream of the backend tells, for as long as somebody looks: all who ask the same share one stream. `input`
 * undefined asks nothing.
 */
export function useStream<K extends StreamName>(name: K, input: StreamInput<K> | undefined): Told<StreamItem<K>> {
  const key = input === undefined ? undefined : JSON.stringify([name, input]);
  const subscribe = useCallback(
    (changed: () => void) => {
      if (key === undefined) return () => undefined;
      const [streamName, streamInput] = JSON.parse(key) as [K, StreamInput<K>];
      const shared = open.get(key) ?? share(key, streamName, streamInput);
      shared.listeners.add(changed);
      return () => {
        shared.listeners.delete(changed);
        if (shared.listeners.size > 0) return;
        // A view that is drawn anew leaves and comes back in one go.
        setTimeout(() => {
          if (shared.listeners.size > 0 || open.get(key) !== shared) return;
          open.delete(key);
          shared.close();
        }, 0);
      };
    },
    [key],
  );
  // What is kept under the key is what this stream's contract says.
  return useSyncExternalStore(
    subscribe,
    () => ((key === undefined ? undefined : open.get(key)?.told) ?? nothing) as Told<StreamItem<K>>,
  );
}
