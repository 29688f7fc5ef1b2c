import { describe, expect, it } from "vitest";
import { couldNotRun, countGo, countVitest, demandRun, lastLine } from "../report.ts";

const test = (status: string, fullName = status) => ({ status, fullName });
const file = (status: string, ...assertionResults: object[]) => ({
  name: "a.test.ts",
  status,
  message: "",
  assertionResults,
});

describe("the test command's count", () => {
  it("adds up passed, failed and every kind of skipped test", () => {
    const report = {
      testResults: [
        file("passed", test("passed"), test("skipped"), test("pending"), test("todo")),
        file("failed", test("failed", "x")),
      ],
    };
    const result = countVitest("unit", report, 1);
    expect(result).toMatchObject({ passed: 1, failed: 1, skipped: 3 });
    expect(result.notes).toContain("failed: x");
  });

  it("counts a file that broke before its tests, and a run that ended badly", () => {
    expect(countVitest("unit", { testResults: [file("failed")] }, 1).failed).toBe(1);
    expect(countVitest("unit", { testResults: [file("passed", test("passed"))] }, 1).failed).toBe(1);
    expect(countVitest("unit", { testResults: [file("passed", test("passed"))] }, 0).failed).toBe(0);
  });

  it("counts Go's events, and a package that does not build", () => {
    const line = (Action: string, Test?: string) => JSON.stringify({ Action, Package: "p", Test });
    const output = [line("pass", "A"), line("fail", "B"), line("skip", "C"), line("fail"), "# not an event"].join("\n");
    expect(countGo("toolbox", output, 1)).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(countGo("toolbox", line("fail"), 1).failed).toBe(1);
    expect(countGo("toolbox", line("pass", "A"), 0)).toMatchObject({ passed: 1, failed: 0 });
  });

  it("makes a suite that did not run a failure only where it has to run", () => {
    expect(couldNotRun("e2e", "no browser", false)).toMatchObject({ failed: 0, skipped: 1 });
    expect(couldNotRun("e2e", "no browser", true)).toMatchObject({ failed: 1, skipped: 0 });
    const skipped = countVitest("cluster", { testResults: [file("passed", test("skipped"))] }, 0);
    expect(demandRun(skipped, false).failed).toBe(0);
    expect(demandRun(skipped, true).failed).toBe(1);
    expect(demandRun(countVitest("cluster", { testResults: [file("passed", test("passed"))] }, 0), true).failed).toBe(
      0,
    );
  });

  it("ends with one line over all suites", () => {
    const result = { name: "a", passed: 2, failed: 1, skipped: 0, notes: [] };
    expect(lastLine([result, { ...result, skipped: 4 }])).toBe("4 passed, 2 failed, 4 skipped");
  });
});
