import { describe, expect, it } from "vitest";
import { parseQuantity } from "../../../../common/kube/index.ts";

describe("quantities", () => {
  it.each([
    ["250m", 0.25],
    ["1", 1],
    ["1.5", 1.5],
    [".5", 0.5],
    ["2e3", 2000],
    ["1E", 1e18],
    ["1Ki", 1024],
    ["1.5Gi", 1.5 * 2 ** 30],
    ["129M", 129e6],
    ["100n", 1e-7],
    [4, 4],
  ])("%s is %d", (written, value) => {
    expect(parseQuantity(written)).toBeCloseTo(value, 12);
  });

  it.each(["", "abc", "1 Gi", "1Kb", "--1", undefined, null, {}])("%s is none", (written) => {
    expect(parseQuantity(written)).toBeUndefined();
  });
});
