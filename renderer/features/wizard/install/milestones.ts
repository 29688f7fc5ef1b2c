import type { InstallStatus } from "../../../../common/contract/index.ts";

/** Something worth saying aloud; words in i18n `install.said.<kind>`. */
export type Milestone =
  | { kind: "started" | "installed" | "removed" | "cancelled" | "failed" | "interrupted" }
  | { kind: "percent"; percent: number; ready: number; total: number }
  | { kind: "problem"; problem: InstallStatus["problems"][number] };

/**
 * What happened between two statuses that a person who does not see the screen should hear: beginnings, ends, each new
 * problem, and every quarter of the way. Undefined when there is nothing to say.
 */
export function milestone(before: InstallStatus | undefined, after: InstallStatus): Milestone | undefined {
  if (before?.state !== after.state) {
    if (after.state === "running" || after.state === "removing") return { kind: "started" };
    if (after.state !== "none" && after.state !== "planned") return { kind: after.state };
  }
  const known = new Set(before?.problems.map((problem) => problem.message));
  const problem = after.problems.find((candidate) => !known.has(candidate.message));
  if (problem) return { kind: "problem", problem };
  const quarter = Math.floor(after.fraction * 4);
  if (before && quarter > Math.floor(before.fraction * 4) && quarter < 4)
    return {
      kind: "percent",
      percent: quarter * 25,
      ready: after.components.filter((c) => c.state === "ready" || c.state === "removed").length,
      total: after.components.length,
    };
  return undefined;
}
