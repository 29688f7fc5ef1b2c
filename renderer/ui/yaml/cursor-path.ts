import type { SchemaStep } from "./schema.ts";

/** What stands at a place of a YAML text that may be half-written. */
export interface CursorPlace {
  /** Where a key is typed: the path of the fields around it. Where a value is typed: the path of its key. */
  path: SchemaStep[];
  at: "key" | "value";
  /** What is typed already, and the column (from 0) where it begins. */
  typed: string;
  column: number;
  /** Keys that the fields around it have already; the line's own is left out. */
  siblings: string[];
  /** The line begins a list item (`- `). */
  inItem: boolean;
}

interface Token {
  column: number;
  type: "dash" | "key";
  key: string;
  /** What follows the key's colon. */
  value: string;
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#'"[\]{}&*!|>%@`-][^#]*?|-[^\s#][^#]*?)\s*:(?:\s+(.*))?$/;

/** Takes a line apart: its dashes, and its key. Empty for blank lines, comments and plain text. */
function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let column = line.length - line.trimStart().length;
  while (line[column] === "-" && (line[column + 1] === " " || column + 1 === line.length)) {
    tokens.push({ column, type: "dash", key: "", value: "" });
    column += 1;
    while (line[column] === " ") column++;
  }
  const found = keyPattern.exec(line.slice(column).trimEnd());
  if (found?.[1] !== undefined) tokens.push({ column, type: "key", key: unquoted(found[1]), value: found[2] ?? "" });
  return tokens;
}

function unquoted(key: string): string {
  return /^(["']).*\1$/.test(key) ? key.slice(1, -1) : key;
}

const isBlank = (line: string) => /^\s*(?:#.*)?$/.test(line);
const isDocumentEdge = (line: string) => /^(?:---|\.\.\.)(?:\s|$)/.test(line);
/** The text of a block scalar (`|`, `>`) follows. */
const opensText = (value: string) => /^(?:[&!]\S+\s+)*[|>]/.test(value);

/**
 * Finds where in the object a place of its text lies, by indentation alone, as the text is seldom whole while it is
 * typed. Undefined inside block text, comments, and flow collections (`[a, b]`).
 * @param line from 0
 * @param column from 0
 */
export function cursorPlace(lines: readonly string[], line: number, column: number): CursorPlace | undefined {
  const whole = lines[line] ?? "";
  const before = whole.slice(0, column);
  if (isDocumentEdge(whole) || /(?:^|\s)#/.test(before)) return undefined;
  const tokens = tokensOf(before);
  const dashes = tokens.filter(({ type }) => type === "dash");
  const key = tokens.find(({ type }) => type === "key");
  const lastDash = dashes.at(-1);
  const afterDash = lastDash === undefined ? undefined : lastDash.column + 1 + spacesAt(before, lastDash.column + 1);
  const start = key?.column ?? afterDash ?? before.length - before.trimStart().length;
  // The cursor stands right at a dash, not in the item yet.
  if (lastDash !== undefined && start === lastDash.column + 1) return undefined;
  const rest = before.slice(start);
  if (key === undefined && /[[{]/.test(rest)) return undefined;
  if (key !== undefined && /^[[{]/.test(key.value)) return undefined;

  const around = pathAround(lines, line, start, dashes);
  if (around === undefined) return undefined;
  const inItem = dashes.length > 0;
  if (key === undefined) {
    const siblings = siblingsOf(lines, line, start, lastDash !== undefined);
    return { path: around, at: "key", typed: rest, column: start, siblings, inItem };
  }
  if (!/:\s/.test(before.slice(key.column + key.key.length))) return undefined;
  return {
    path: [...around, key.key],
    at: "value",
    typed: key.value,
    column: before.length - key.value.length,
    siblings: [],
    inItem,
  };
}

function spacesAt(text: string, from: number): number {
  return text.length - from - text.slice(from).trimStart().length;
}

/** The path of what holds a key at that column; walks up, always to what is further left. */
function pathAround(
  lines: readonly string[],
  line: number,
  column: number,
  dashes: readonly Token[],
): SchemaStep[] | undefined {
  const path: SchemaStep[] = [];
  let here = { column, inList: false };
  const enter = (token: Token): boolean => {
    if (token.type === "dash") {
      if (token.column >= here.column) return true;
      path.unshift(0);
      here = { column: token.column, inList: true };
      return true;
    }
    // A list may stand level with its key.
    const holds = here.inList ? token.column <= here.column : token.column < here.column;
    if (!holds) return true;
    if (opensText(token.value)) return false;
    path.unshift(token.key);
    here = { column: token.column, inList: false };
    return true;
  };
  for (const dash of dashes.toReversed()) enter(dash);
  for (let at = line - 1; at >= 0 && (here.column > 0 || here.inList); at--) {
    const above = lines[at] ?? "";
    if (isDocumentEdge(above)) break;
    if (isBlank(above)) continue;
    for (const token of tokensOf(above).toReversed()) if (!enter(token)) return undefined;
  }
  return path;
}

/** Keys at the same column, up and down, as far as the same fields go. */
function siblingsOf(lines: readonly string[], line: number, column: number, beginsItem: boolean): string[] {
  const found: string[] = [];
  const look = (from: number, step: 1 | -1) => {
    for (let at = from; at >= 0 && at < lines.length; at += step) {
      const text = lines[at] ?? "";
      if (isDocumentEdge(text)) return;
      if (isBlank(text)) continue;
      const tokens = tokensOf(text);
      const outer = text.length - text.trimStart().length;
      const key = tokens.find(({ type }) => type === "key");
      const item = tokens.some(({ type, column: dash }) => type === "dash" && dash < column);
      // Going down, a dash begins the next item; going up, its key still belongs to this one.
      if (step === 1 && (outer < column || item)) return;
      if (key?.column === column) found.push(key.key);
      if (step === -1 && (outer < column || item)) return;
    }
  };
  if (!beginsItem) look(line - 1, -1);
  look(line + 1, 1);
  return found;
}

/** The path of the key that a line holds, for what is said about it; undefined where there is none. */
export function keyPath(
  lines: readonly string[],
  line: number,
): { path: SchemaStep[]; from: number; to: number } | undefined {
  const text = lines[line] ?? "";
  const key = tokensOf(text).find(({ type }) => type === "key");
  if (key === undefined) return undefined;
  const dashes = tokensOf(text).filter(({ type }) => type === "dash");
  const around = pathAround(lines, line, key.column, dashes);
  if (around === undefined) return undefined;
  return { path: [...around, key.key], from: key.column, to: key.column + key.key.length };
}
