import { useSyncExternalStore } from "react";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, as `kubectl get` writes ages: 45s, 3m20s, 12m, 5h10m, 2d3h, 40d (k8s.io/apimachinery, HumanDuration). */
export function humanDuration(ms: number): string {
  if (ms < 0) return "0s";
  if (ms < 2 * minute) return `${Math.floor(ms / second)}s`;
  if (ms < 10 * minute) return both(ms, minute, "m", second, "s");
  if (ms < 3 * hour) return `${Math.floor(ms / minute)}m`;
  if (ms < 8 * hour) return both(ms, hour, "h", minute, "m");
  if (ms < 2 * day) return `${Math.floor(ms / hour)}h`;
  if (ms < 8 * day) return both(ms, day, "d", hour, "h");
  if (ms < 2 * 365 * day) return `${Math.floor(ms / day)}d`;
  if (ms < 8 * 365 * day) return both(ms, 365 * day, "y", day, "d");
  return `${Math.floor(ms / (365 * day))}y`;
}

function both(ms: number, large: number, largeSign: string, small: number, smallSign: string): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)}${largeSign}${rest === 0 ? "" : `${rest}${smallSign}`}`;
}

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const listener of listeners) listener();
  }, second);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, by the second, from one clock for all ages on the page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => {
    // Between the last clock's end and the next one's beginning it stood still.
    if (timer === undefined) now = Date.now();
    return Math.floor(now / second) * second;
  });
}
