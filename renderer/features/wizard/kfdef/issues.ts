import type { AppError, KfDefIssue } from "../../../../common/contract/index.ts";

/** The issues that an error of reading lists in its detail, one a line, each with its place: `12:3: message`. */
export function issuesOf({ detail }: AppError): KfDefIssue[] {
  return (detail ?? "").split("\n").flatMap((line) => {
    const found = /^\s*(?:.*?\s)?(\d+):(\d+):?\s+(.+)$/.exec(line);
    if (found === null) return [];
    const [, row, column, message = ""] = found;
    return [{ level: "error" as const, message, place: { line: Number(row), column: Number(column) } }];
  });
}
