import type { parse } from "@textlint/markdown-to-ast";

/** What textlint reads. */
type Document = ReturnType<typeof parse>;

/** One text of a catalogue: where it is, and its key, such as `common.close`. */
export interface Text {
  key: string;
  /** Where the text starts and ends in the source, without its quotation marks. */
  range: readonly [number, number];
}

const token = /\/\/.*|\/\*[\s\S]*?\*\/|(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')|[\w$]+|[{}[\]:,]/g;

/**
 * The texts of a catalogue in their source: string literals that are values of (nested) objects, in TypeScript
 * (`common/words/en`) or JSON (`assets/releases`). Items of a list have its key and their number.
 */
export function textsOf(source: string): Text[] {
  const out: Text[] = [];
  const path: { key: string; items: number | undefined }[] = [];
  /** What was read last: a key, if a colon follows. */
  let last: { text: string; range: readonly [number, number] | undefined } | undefined;
  let key = "";
  const settle = () => {
    const inner = path.at(-1);
    const name = inner?.items === undefined ? key : `${inner.items}`;
    if (last?.range !== undefined && inner !== undefined) {
      out.push({ key: [...path.map((level) => level.key), name].filter(Boolean).join("."), range: last.range });
    }
    last = undefined;
  };
  for (const match of source.matchAll(token)) {
    const [text] = match;
    const inside = match[1] ?? match[2];
    if (inside !== undefined) {
      last = { text: inside, range: [match.index + 1, match.index + 1 + inside.length] };
    } else if (text === ":") {
      key = last?.text ?? "";
      last = undefined;
    } else if (text === "{" || text === "[") {
      const inner = path.at(-1);
      path.push({ key: inner?.items === undefined ? key : `${inner.items}`, items: text === "[" ? 0 : undefined });
      key = "";
    } else if (text === "," || text === "}" || text === "]") {
      settle();
      if (text === ",") {
        const inner = path.at(-1);
        if (inner?.items !== undefined) inner.items += 1;
      } else path.pop();
      key = "";
    } else if (/^[\w$]/.test(text)) last = { text, range: undefined };
  }
  return out;
}

/** What is in a text besides its own words: the place of a value, code, an escape. */
const insert = /(\{\{.*?\}\}|`[^`]*`)|\\["'\\nt]/g;

/** A catalogue as textlint reads it: each text that `take` accepts is a paragraph, at its place in the source. */
export function documentOf(source: string, take: (key: string) => boolean): Document {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const position = (offset: number) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) };
  };
  const place = (start: number, end: number) => ({
    raw: source.slice(start, end),
    range: [start, end] as const,
    loc: { start: position(start), end: position(end) },
  });
  const words = (start: number, end: number) => ({
    type: "Str" as const,
    value: source.slice(start, end),
    ...place(start, end),
  });
  const paragraph = ([start, end]: readonly [number, number]) => {
    const children = [];
    let at = start;
    for (const match of source.slice(start, end).matchAll(insert)) {
      const found = start + match.index;
      if (found > at) children.push(words(at, found));
      at = found + match[0].length;
      const { raw, range, loc } = place(found, at);
      children.push(
        match[1] === undefined
          ? { type: "Break" as const, raw, range, loc }
          : { type: "Code" as const, value: raw, raw, range, loc },
      );
    }
    if (at < end) children.push(words(at, end));
    return { type: "Paragraph" as const, children, ...place(start, end) };
  };
  const children = textsOf(source)
    .filter(({ key, range: [start, end] }) => take(key) && end > start)
    .map(({ range }) => paragraph(range));
  return { type: "Document" as const, children, ...place(0, source.length) };
}
