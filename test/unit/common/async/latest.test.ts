import { expect, test } from "vitest";
import { latest } from "../../../../common/async/index.ts";

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
