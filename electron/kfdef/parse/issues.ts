import type { LineCounter } from "yaml";
import { FlowdeckError, type KfDefIssue } from "../../../common/contract/index.ts";

/** Errors, and warnings; nobody reads more. */
const most = 200;

/** Collects what is to be said about a file, each with the spot it is about. */
export class Issues {
  readonly list: KfDefIssue[] = [];
  readonly #lines: LineCounter;
  readonly #counts = { error: 0, warning: 0 };

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  error(message: string, path?: string, offset?: number): void {
    this.#add("error", message, path, offset);
  }

  warning(message: string, path?: string, offset?: number): void {
    this.#add("warning", message, path, offset);
  }

  place(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    // An empty file has no lines to be found in.
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  #add(level: KfDefIssue["level"], message: string, path?: string, offset?: number): void {
    this.#counts[level] += 1;
    if (this.#counts[level] > most) return;
    this.list.push({
      level,
      message,
      ...(path === undefined || path === "" ? {} : { path }),
      ...(offset === undefined ? {} : { place: this.place(offset) }),
    });
  }
}

/** One issue as a line of text, in the form that editors and terminals make a link of. */
export function formatIssue(issue: KfDefIssue): string {
  const place = issue.place === undefined ? "" : `${issue.place.line}:${issue.place.column}: `;
  return `${place}${issue.path === undefined ? "" : `${issue.path}: `}${issue.message}`;
}

/** `kfdef-invalid` with every error in the detail, or undefined where none is. `where`: what the file is called. */
export function invalid(issues: readonly KfDefIssue[], where: string): FlowdeckError | undefined {
  const errors = issues.filter(({ level }) => level === "error");
  const [first] = errors;
  if (first === undefined) return undefined;
  const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
  const line = first.place === undefined ? "" : `, line ${first.place.line}, column ${first.place.column}`;
  return new FlowdeckError(
    "kfdef-invalid",
    `${where}${line}: ${first.path === undefined ? "" : `${first.path}: `}${first.message}${more}`,
    { detail: errors.map(formatIssue).join("\n") },
  );
}
