import type { LogLevel, LogPattern } from "../../common/contract/index.ts";
import { atLeast, gravestLevel } from "./level.ts";
import { plain } from "./text.ts";

/** What lines are looked for. */
export interface Criteria {
  pattern: LogPattern;
  inverse: boolean;
  level: LogLevel | null;
}

/** Matches of one line are counted up to here, so that who marks them on screen meets no worse than was met here. */
export const mostMarks = 200;

/** A pattern as an expression with the flags g and m left to the caller; throws SyntaxError in the engine's words. */
export function expressionOf({ text, regex, caseSensitive }: LogPattern): RegExp {
  const source = regex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(source, caseSensitive ? "g" : "gi");
}

/** Tells of a line's raw bytes as text (with its time in front) whether it fits. */
export function predicate({ pattern, inverse, level }: Criteria): (raw: string) => boolean {
  const expression = pattern.text === "" ? undefined : expressionOf(pattern);
  return (raw) => {
    const text = plain(raw);
    if (level !== null && !atLeast(gravestLevel(text), level)) return false;
    if (expression === undefined) return true;
    expression.lastIndex = 0;
    const matches = expression.test(text);
    for (let marks = 1; expression.lastIndex > 0 && marks < mostMarks; marks++) {
      const before = expression.lastIndex;
      if (!expression.test(text)) break;
      if (expression.lastIndex === before) break; // an empty match
    }
    return matches !== inverse;
  };
}

/** Indices of the lines in a piece of memory that fit; every line ends with a newline. */
export function matchesIn(memory: Uint8Array, fits: (raw: string) => boolean): Uint32Array<ArrayBuffer> {
  // Decoding needs memory that nobody else writes to.
  const text = Buffer.from(memory).toString("utf8");
  let found = new Uint32Array(256);
  let count = 0;
  let line = 0;
  for (let start = 0; start < text.length; line++) {
    const end = text.indexOf("\n", start);
    if (end < 0) break;
    if (fits(text.slice(textStart(text, start, end), end))) {
      if (count === found.length) {
        const larger = new Uint32Array(count * 2);
        larger.set(found);
        found = larger;
      }
      found[count++] = line;
    }
    start = end + 1;
  }
  return found.slice(0, count);
}

/** Where the text of a line begins, after the time and its space; see stampLength in lines.ts. */
function textStart(all: string, start: number, end: number): number {
  const isStamped = end - start >= 20 && all[start + 4] === "-" && all[start + 10] === "T" && all[start + 13] === ":";
  if (!isStamped) return start;
  const space = all.indexOf(" ", start + 19);
  if (space < 0 || space > end) return end - start <= 36 ? end : start;
  return space - start < 36 ? space + 1 : start;
}
