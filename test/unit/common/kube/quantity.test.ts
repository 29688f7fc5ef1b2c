import { describe, expect, it } from "vitest";
import { parseQuantity, sumOfQuantities } from "../../../../common/kube/index.ts";

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

  it.each([
    [["100m"], "100m"],
    [["100m", "250m"], "350m"],
    [["1", "500m"], "1500m"],
    [["1", "1000m"], "2"],
    [["1Gi", "512Mi"], "1536Mi"],
    [["512Mi", "1.5Gi"], "2Gi"],
    [["1Gi", "1e3"], "1073742824"],
    [["1Gi", "lots"], "1Gi + lots"],
    [[], ""],
  ])("adds %j up to %s", (amounts, sum) => {
    expect(sumOfQuantities(amounts)).toBe(sum);
  });
});
