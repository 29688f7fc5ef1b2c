/**
 * A stream of snapshots for a watcher that may be slow: the state now, then again after changes, at most once per
 * `everyMs`; what came in between is skipped, the last one never. Ends when aborted, or after a snapshot that is `last`.
 */
export async function* latest<T>(options: {
  read: () => T;
  onChange: (listener: () => void) => () => void;
  everyMs: number;
  signal: AbortSignal;
  last?: (item: T) => boolean;
}): AsyncGenerator<T, void, void> {
  const { read, signal, everyMs } = options;
  let dirty = true;
  let wake = () => {};
  const changed = () => {
    dirty = true;
    wake();
  };
  const stop = options.onChange(changed);
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      if (!dirty) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      dirty = false;
      const item = read();
      yield item;
      if (options.last?.(item)) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          if (!signal.aborted) return;
          clearTimeout(timer);
          resolve();
        };
        wake();
      });
    }
  } finally {
    stop();
    signal.removeEventListener("abort", onAbort);
  }
}
