import { useEffect, useState } from "react";
import type { AppError, StreamInput, StreamItem, StreamName } from "../../electron/contract/index.ts";
import { client } from "./client.ts";

/** The newest item of a stream that is open while the view is there; without an input nothing is asked. */
export function useStream<K extends StreamName>(
  name: K,
  input: StreamInput<K> | undefined,
): { item: StreamItem<K> | undefined; error: AppError | undefined } {
  const [item, setItem] = useState<StreamItem<K> | undefined>();
  const [error, setError] = useState<AppError | undefined>();
  const key = input === undefined ? undefined : JSON.stringify(input);
  useEffect(() => {
    setItem(undefined);
    setError(undefined);
    if (key === undefined) return;
    const asked: StreamInput<K> = JSON.parse(key);
    return client().subscribe(name, asked, { onItem: (next) => setItem(() => next), onError: setError });
  }, [name, key]);
  return { item, error };
}
