import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseAllDocuments,
  type Scalar,
  stringify,
  visit,
  type YAMLMap,
} from "yaml";
import type { EditProblem, TextPlace } from "../../common/contract/index.ts";
import { type Message, message, verbatim } from "../../common/words/index.ts";
import { dialect } from "../../common/yaml/index.ts";
import type { Step } from "./field-path.ts";
import { compareKeys } from "./key-order.ts";

/** As kubectl prints it: keys sorted, lists level with their key, long lines left as they are. */
export function toYaml(value: unknown): string {
  return stringify(value, {
    ...dialect,
    sortMapEntries: (a: Pair, b: Pair) => compareKeys(keyText(a.key), keyText(b.key)),
    lineWidth: 0,
    indentSeq: false,
    aliasDuplicateObjects: false,
  });
}

function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

/** A document of a text: its value, and where its fields stand. */
export interface TextDocument {
  value: unknown;
  /** Where its content begins. */
  line: number;
  /** The key (or list item) at that path; of the nearest field around it when it is not in the text. */
  placeOf(steps: readonly Step[]): { from: TextPlace; to: TextPlace } | undefined;
}

/** Takes a text apart; documents without content are left out. With problems there are no documents. */
export function readYaml(text: string): { documents: TextDocument[]; problems: EditProblem[] } {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { ...dialect, lineCounter: lines, prettyErrors: false });
  // Without any document the parser gives an empty list with other fields on it.
  const documents = Array.from(parsed);
  const problems = documents.flatMap((document) => [
    ...document.errors.map(({ message, pos }) =>
      syntaxProblem(verbatim(message.split("\n", 1)[0] ?? message), lines, pos),
    ),
    ...notInJson(document, lines),
  ]);
  if (problems.length > 0) return { documents: [], problems };
  try {
    return {
      problems,
      documents: documents.flatMap((document): TextDocument[] => {
        const value: unknown = document.toJS({ maxAliasCount: 100 });
        if (value === null || value === undefined) return [];
        const start = document.contents?.range?.[0] ?? 0;
        return [
          { value, line: lines.linePos(start).line, placeOf: (steps) => placeIn(document.contents, steps, lines) },
        ];
      }),
    };
  } catch (error) {
    // References that blow up, or that lead nowhere.
    const said = verbatim(error instanceof Error ? error.message : String(error));
    return { documents: [], problems: [{ severity: "error", kind: "syntax", said }] };
  }
}

function syntaxProblem(said: Message, lines: LineCounter, [from, to]: readonly [number, number]): EditProblem {
  return { severity: "error", kind: "syntax", said, ...span(lines, from, to) };
}

/** Values that YAML has but that can't be sent, as no JSON stands for them. */
function notInJson(document: Document.Parsed, lines: LineCounter): EditProblem[] {
  const problems: EditProblem[] = [];
  visit(document, {
    Scalar(_key, node: Scalar) {
      const why = whyNotInJson(node);
      if (why !== undefined) problems.push(syntaxProblem(why, lines, rangeOf(node) ?? [0, 1]));
    },
  });
  return problems;
}

function whyNotInJson({ value, source }: Scalar): Message | undefined {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return message("edit.notNumber", { value: source ?? String(value) });
  }
  if (typeof value === "string" && !value.isWellFormed()) {
    return message("edit.notCharacter");
  }
  return undefined;
}

function span(lines: LineCounter, from: number, to: number): { from: TextPlace; to: TextPlace } {
  return { from: place(lines, from), to: place(lines, Math.max(from + 1, to)) };
}

function place(lines: LineCounter, offset: number): TextPlace {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function placeIn(
  contents: Document.Parsed["contents"],
  steps: readonly Step[],
  lines: LineCounter,
): { from: TextPlace; to: TextPlace } | undefined {
  let here: unknown = contents;
  let found: readonly [number, number] | undefined;
  for (let i = 0; i < steps.length; ) {
    const step = steps[i];
    if (step === undefined) break;
    if (isMap(here)) {
      const entry = entryFor(here, steps, i);
      if (entry === undefined) break;
      found = rangeOf(entry.pair.key) ?? found;
      here = entry.pair.value;
      i = entry.next;
    } else if (isSeq(here)) {
      const item: unknown = here.items.find((candidate, index) => isItem(candidate, index, step));
      if (item === undefined) break;
      found = rangeOf(item) ?? found;
      here = item;
      i += 1;
    } else break;
  }
  return found && span(lines, found[0], found[1]);
}

/** A key may hold dots, which the path has taken apart: the shortest run of steps that is a key counts. */
function entryFor(map: YAMLMap, steps: readonly Step[], from: number): { pair: Pair; next: number } | undefined {
  let name = "";
  for (let i = from; i < steps.length; i++) {
    const step = steps[i];
    if (typeof step === "object") return undefined;
    name = i === from ? String(step) : `${name}.${step}`;
    const pair = map.items.find(({ key }) => keyText(key) === name);
    if (pair !== undefined) return { pair, next: i + 1 };
  }
  return undefined;
}

function isItem(item: unknown, index: number, step: Step): boolean {
  if (typeof step === "number") return index === step;
  if (typeof step === "string") return isScalar(item) && String(item.value) === step;
  return isMap(item) && Object.entries(step.match).every(([name, value]) => String(item.get(name)) === value);
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, valueEnd] = node.range;
  if (isScalar(node)) return [start, valueEnd];
  // Of a list item that holds fields, the first of them.
  const first = isMap(node) ? node.items[0]?.key : undefined;
  return rangeOf(first) ?? [start, start + 1];
}
