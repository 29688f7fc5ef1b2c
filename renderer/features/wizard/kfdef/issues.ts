import type { AppError, KfDefIssue } from "../../../../common/contract/index.ts";

/** The issues that an error of reading lists as advice: those with a place. */
export function issuesOf({ advice = [] }: AppError): KfDefIssue[] {
  return advice.flatMap(({ id, params: { line, column, what } }) =>
    id === "kfdef.at" && typeof what === "object" && "id" in what
      ? [{ level: "error" as const, said: what, place: { line: Number(line), column: Number(column) } }]
      : [],
  );
}
