import type { ComponentProgress } from "../../../../common/contract/index.ts";

/** A component's bar on the time axis, in percent of it. */
export interface Bar {
  left: number;
  width: number;
}

/** The axis goes from 0 to now while something runs, and to the last end afterwards; never shorter than a second. */
export function axisEnd(elapsedMs: number): number {
  return Math.max(elapsedMs, 1000);
}

/** Where a component's bar lies; undefined before it began. A bar is at least 0.8 % wide, so that it can be seen. */
export function barOf(component: ComponentProgress, endMs: number): Bar | undefined {
  const { startedMs, endedMs } = component;
  if (startedMs === undefined) return undefined;
  const left = clamp((startedMs / endMs) * 100);
  const right = clamp(((endedMs ?? endMs) / endMs) * 100);
  const width = Math.max(right - left, 0.8);
  return { left: Math.min(left, 100 - width), width };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);

/** Round moments on the axis, one to four of them, each with its place in percent; none too near the end's "now". */
export function ticks(endMs: number): { ms: number; at: number }[] {
  const step = steps.find((candidate) => endMs / candidate <= 4) ?? 7_200_000;
  const result: { ms: number; at: number }[] = [];
  for (let ms = step; ms < endMs * 0.84; ms += step) result.push({ ms, at: (ms / endMs) * 100 });
  return result;
}

/** The last of the components, in their order, that is being worked on: where things happen now. */
export function atWork(components: readonly Pick<ComponentProgress, "state">[]): number | undefined {
  const at = components.findLastIndex(
    ({ state }) => state === "applying" || state === "starting" || state === "removing",
  );
  return at < 0 ? undefined : at;
}

function clamp(percent: number): number {
  return Math.max(0, Math.min(100, percent));
}
