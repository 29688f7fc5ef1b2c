import { setTimeout as sleep } from "node:timers/promises";

/** Waits, and rejects with the signal's reason when aborted. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** Doubles from `base` to `max` milliseconds, somewhere between half and all of it, so that many do not wake together. */
export function backoffMs(attempt: number, base: number, max: number): number {
  const full = Math.min(max, base * 2 ** attempt);
  return full / 2 + Math.random() * (full / 2);
}
