import type { LogPattern, LogStyle } from "../../../common/contract/index.ts";

/** The backend counted so many matches of a line without trouble; more are not marked. */
const mostMarks = 200;

export interface Segment {
  text: string;
  style: LogStyle | undefined;
  marked: boolean;
}

/** The expression that marks what a search found, or undefined when there is none (or it is not valid). */
export function markingExpression({ text, regex, caseSensitive }: LogPattern): RegExp | undefined {
  if (text === "") return undefined;
  try {
    return new RegExp(regex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), caseSensitive ? "g" : "gi");
  } catch {
    return undefined; // the backend says what is wrong with it
  }
}

/** A line cut wherever its style or its marking changes. */
export function segmentsOf(
  text: string,
  styles: readonly LogStyle[] | undefined,
  expression: RegExp | undefined,
): Segment[] {
  const marks = expression === undefined ? [] : marksIn(text, expression);
  if (marks.length === 0 && (styles === undefined || styles.length === 0)) {
    return [{ text, style: undefined, marked: false }];
  }
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...marks, ...(styles ?? [])]) cuts.add(start).add(end);
  const places = [...cuts].sort((a, b) => a - b);
  let style = 0;
  let mark = 0;
  return places.slice(0, -1).map((start, index) => {
    while ((styles?.[style]?.end ?? Number.POSITIVE_INFINITY) <= start) style++;
    while ((marks[mark]?.end ?? Number.POSITIVE_INFINITY) <= start) mark++;
    const own = styles?.[style];
    return {
      text: text.slice(start, places[index + 1]),
      style: own !== undefined && own.start <= start ? own : undefined,
      marked: (marks[mark]?.start ?? Number.POSITIVE_INFINITY) <= start,
    };
  });
}

function marksIn(text: string, expression: RegExp): { start: number; end: number }[] {
  const marks: { start: number; end: number }[] = [];
  expression.lastIndex = 0;
  while (marks.length < mostMarks) {
    const match = expression.exec(text);
    if (match === null) break;
    if (match[0] === "") expression.lastIndex++;
    else marks.push({ start: match.index, end: match.index + match[0].length });
  }
  return marks;
}
