import type { TFunction } from "i18next";
import { amountProblem, profileNameProblem, type QuotaColumn, type userProblem } from "../../../common/kube/index.ts";

/** What to enter instead of a name that a profile can't have. */
export function nameWords(t: TFunction, name: string): string | undefined {
  const problem = profileNameProblem(name);
  if (problem === undefined) return undefined;
  const ids = { empty: "nameEmpty", long: "nameLong", characters: "nameCharacters" } as const;
  return t(`profiles.problem.${ids[problem]}`);
}

export function userWords(t: TFunction, problem: ReturnType<typeof userProblem>): string | undefined {
  if (problem === undefined) return undefined;
  return t(problem === "empty" ? "profiles.problem.userEmpty" : "profiles.problem.userAddress");
}

/** An empty field is no limit. */
export function amountWords(t: TFunction, column: QuotaColumn, written: string): string | undefined {
  const problem = written === "" ? undefined : amountProblem(column, written);
  if (problem === undefined) return undefined;
  return t(`profiles.problem.${problem}`, { example: column === "cpu" ? "4" : "16Gi" });
}
