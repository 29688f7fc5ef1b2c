import { expect, test } from "vitest";
import { latest } from "../../../../common/async/index.ts";
import { Progress } from "../../../../electron/install/run/progress.ts";

test("all steps together are one, and the fraction never runs back", () => {
  const progress = new Progress("install");
  let before = 0;
  for (const [step, fraction] of [
    ["sources", 1],
    ["build", 1],
    ["plan", 1],
    ["apply", 0.6],
    ["apply", 0.2],
    ["ready", 0.5],
    ["apply", 1],
    ["ready", 1],
    ["verify", 1],
  ] as const) {
    progress.set(step, fraction);
    expect(progress.fraction).toBeGreaterThanOrEqual(before);
    before = progress.fraction;
  }
  expect(before).toBeCloseTo(1);
});

test("going on starts where the run before stood", () => {
  const progress = new Progress("install", 0.4);
  progress.set("sources", 1);
  expect(progress.fraction).toBe(0.4);
});

test("a slow watcher skips what came in between and still gets the last", async () => {
  let value = 0;
  const listeners = new Set<() => void>();
  const set = (next: number) => {
    value = next;
    for (const listener of listeners) listener();
  };
  const seen: number[] = [];
  const stream = latest({
    read: () => value,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    everyMs: 1,
    signal: new AbortController().signal,
    last: (item) => item === 1000,
  });
  for await (const item of stream) {
    seen.push(item);
    if (item === 0) for (let next = 1; next <= 1000; next += 1) set(next);
  }
  expect(seen).toEqual([0, 1000]);
  expect(listeners.size).toBe(0);
});
