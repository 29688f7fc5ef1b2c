import { z } from "zod";

/** How one suite of the test command came out. */
export interface SuiteResult {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  /** Why it could not run, or what failed; one line each. */
  notes: string[];
}

/** The part of vitest's JSON report that is counted. */
const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/**
 * Counts a vitest run. A file that broke before its first test counts as one failure, and so does a run that reports
 * only passes but ended badly (an error outside any test).
 */
export function countVitest(name: string, report: unknown, exitCode: number): SuiteResult {
  const result: SuiteResult = { name, passed: 0, failed: 0, skipped: 0, notes: [] };
  for (const file of vitestReport.parse(report).testResults) {
    for (const test of file.assertionResults) {
      if (test.status === "passed") result.passed += 1;
      else if (test.status === "failed") {
        result.failed += 1;
        result.notes.push(`failed: ${test.fullName}`);
      } else {
        result.skipped += 1;
        result.notes.push(`skipped: ${test.fullName}`);
      }
    }
    if (file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed")) {
      result.failed += 1;
      result.notes.push(`failed: ${file.name}: ${file.message.split("\n")[0]}`);
    }
  }
  if (exitCode !== 0 && result.failed === 0) {
    result.failed = 1;
    result.notes.push(`failed: the run ended with code ${exitCode}`);
  }
  return result;
}

/** Counts `go test -json`: one event a line; packages that do not build count as a failure each. */
export function countGo(name: string, output: string, exitCode: number): SuiteResult {
  const event = z.object({ Action: z.string(), Test: z.string().optional(), Package: z.string().optional() });
  const result: SuiteResult = { name, passed: 0, failed: 0, skipped: 0, notes: [] };
  for (const line of output.split("\n").filter((text) => text.startsWith("{"))) {
    const parsed = event.safeParse(JSON.parse(line));
    if (!parsed.success || parsed.data.Test === undefined) continue;
    const { Action, Test, Package } = parsed.data;
    if (Action === "pass") result.passed += 1;
    if (Action === "skip") result.skipped += 1;
    if (Action === "fail") {
      result.failed += 1;
      result.notes.push(`failed: ${Package} ${Test}`);
    }
  }
  if (exitCode !== 0 && result.failed === 0) {
    result.failed = 1;
    result.notes.push(`failed: go test ended with code ${exitCode}`);
  }
  return result;
}

/** A suite that cannot run: one skipped, or one failed where every suite has to run (CI). */
export function couldNotRun(name: string, why: string, mustRun: boolean): SuiteResult {
  const notes = [`${mustRun ? "failed" : "skipped"}: ${why}`];
  return { name, passed: 0, failed: mustRun ? 1 : 0, skipped: mustRun ? 0 : 1, notes };
}

/** Where every suite has to run, one whose every test was skipped has not. */
export function demandRun(result: SuiteResult, mustRun: boolean): SuiteResult {
  if (!mustRun || result.passed + result.failed > 0) return result;
  return { ...result, failed: 1, notes: [...result.notes, "failed: none of its tests ran, and here all have to"] };
}

/** One suite of several checks; their notes say which of them they are from. */
export function together(name: string, results: readonly SuiteResult[]): SuiteResult {
  const sum = (count: "passed" | "failed" | "skipped") => results.reduce((total, result) => total + result[count], 0);
  const notes = results.flatMap((result) => result.notes.map((note) => `${result.name}: ${note}`));
  return { name, passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped"), notes };
}

/** The last line of the test command. */
export function lastLine(results: readonly SuiteResult[]): string {
  const sum = (pick: (result: SuiteResult) => number) => results.reduce((total, result) => total + pick(result), 0);
  return `${sum((r) => r.passed)} passed, ${sum((r) => r.failed)} failed, ${sum((r) => r.skipped)} skipped`;
}
