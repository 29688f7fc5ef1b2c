/** Resolves at the next change; rejects when aborted. */
export async function changed(
  state: { onChange(listener: () => void): () => void },
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const end = () => {
      stop();
      signal.removeEventListener("abort", onAbort);
    };
    const onAbort = () => {
      end();
      reject(signal.reason);
    };
    const stop = state.onChange(() => {
      end();
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
