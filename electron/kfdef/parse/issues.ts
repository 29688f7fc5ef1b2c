import type { LineCounter } from "yaml";
import { FlowdeckError, type KfDefIssue } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";

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

  error(said: Message, path?: string, offset?: number): void {
    this.#add("error", said, path, offset);
  }

  warning(said: Message, path?: string, offset?: number): void {
    this.#add("warning", said, path, offset);
  }

  place(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    // An empty file has no lines to be found in.
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  #add(level: KfDefIssue["level"], said: Message, path?: string, offset?: number): void {
    this.#counts[level] += 1;
    if (this.#counts[level] > most) return;
    this.list.push({
      level,
      said,
      ...(path === undefined || path === "" ? {} : { path }),
      ...(offset === undefined ? {} : { place: this.place(offset) }),
    });
  }
}

/** One issue as a line, in the form that editors and terminals make a link of. */
function lineOf(issue: KfDefIssue): Message {
  const what = named(issue);
  const { place } = issue;
  if (place === undefined) return what;
  return message("kfdef.at", { line: String(place.line), column: String(place.column), what });
}

function named({ path, said }: KfDefIssue): Message {
  return path === undefined ? said : message("kfdef.atField", { field: path, what: said });
}

/** `kfdef-invalid` with a line of advice for every error, or undefined where none is. `where`: what the file is called. */
export function invalid(issues: readonly KfDefIssue[], where: string): FlowdeckError | undefined {
  const errors = issues.filter(({ level }) => level === "error");
  const [first] = errors;
  if (first === undefined) return undefined;
  const what = named(first);
  const { place } = first;
  const said =
    place === undefined
      ? message("kfdef.invalid", { where, what })
      : message("kfdef.invalidAt", { where, line: String(place.line), column: String(place.column), what });
  return new FlowdeckError(
    "kfdef-invalid",
    errors.length === 1 ? said : message("kfdef.more", { what: said, count: errors.length - 1 }),
    { advice: errors.map(lineOf) },
  );
}
