import { expect, test } from "vitest";
import { adapted, atOnce, firstLimit } from "../../../../electron/install/run/apply-limit.ts";

function after(most: number, answers: readonly number[]): number {
  return atOnce(answers.reduce(adapted, firstLimit(most)));
}
const times = (count: number, took: number) => Array.from({ length: count }, () => took);

test("a distant server that answers evenly gets more at once, up to the most", () => {
  expect(after(16, times(50, 120))).toBe(16);
});

test("a server where answers queue up gets few", () => {
  expect(after(16, [8, ...times(50, 90)])).toBe(4);
});

test("one that becomes busy gets fewer again, and more when it has caught up", () => {
  expect(after(16, [...times(50, 100), ...times(60, 900)])).toBe(4);
  expect(after(16, [...times(50, 100), ...times(60, 900), ...times(100, 100)])).toBe(16);
});

test("never more than was allowed", () => {
  expect(after(2, times(50, 100))).toBe(2);
});
