import { useCallback, useEffect, useRef, useState } from "react";
import type { AppError, StreamInput, StreamItem, StreamName } from "../../../../common/contract/index.ts";
import { client } from "../../../state/client.ts";

/** Work that a button starts and another one stops; it stops with the view, too. */
export function useWork<K extends StreamName>(name: K) {
  const [item, setItem] = useState<StreamItem<K> | undefined>();
  const [error, setError] = useState<AppError | undefined>();
  const [isRunning, setRunning] = useState(false);
  const close = useRef<(() => void) | undefined>(undefined);
  const stop = useCallback(() => {
    close.current?.();
    close.current = undefined;
    setRunning(false);
  }, []);
  useEffect(() => () => close.current?.(), []);
  const start = (input: StreamInput<K>) => {
    stop();
    setError(undefined);
    setItem(undefined);
    setRunning(true);
    close.current = client().subscribe<K>(name, input, {
      onItem: setItem,
      onError: (problem) => {
        setError(problem);
        setRunning(false);
      },
      onEnd: () => setRunning(false),
    });
  };
  return { item, error, isRunning, start, stop };
}
