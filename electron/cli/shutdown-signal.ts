const sameInterruptMs = 300;

/**
 * The ways a run is told to end, as one signal: Ctrl-C, a termination, the terminal or the parent process going away.
 * A second Ctrl-C ends at once.
 */
export function endingSignal(): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  let first: number | undefined;
  const interrupt = () => {
    first ??= performance.now();
    // The terminal and the parent process (bin/run.js) may both hand on the same Ctrl-C.
    if (performance.now() - first > sameInterruptMs) process.exit(130);
    controller.abort();
  };
  const end = () => controller.abort();
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", end);
  process.on("SIGHUP", end);
  process.on("disconnect", end);
  process.channel?.unref();
  return {
    signal: controller.signal,
    stop() {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", end);
      process.off("SIGHUP", end);
      process.off("disconnect", end);
    },
  };
}

export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
