import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { type Extension, StateEffect, StateField, type Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { TFunction } from "i18next";
import type { EditProblem, KindSchema, TextPlace } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { type Language, textOf } from "../../../common/words/index.ts";
import { i18n } from "../../i18n/index.ts";
import { languageOf } from "../../i18n/use-language.ts";
import { findProblems, type TextProblem } from "./problems.ts";

/** A problem as it is listed below the editor. */
export interface ListedProblem {
  severity: "error" | "warning";
  message: string;
  /** From 1. */
  line: number;
  /** Offset into the text. */
  at: number;
}

/** Above this, checking while somebody types would be felt; the API server checks it all the same. */
const longestChecked = 300_000;

/** Tells the editor what the API server found; it is forgotten with the next key, as places move. */
export const setServerProblems = StateEffect.define<readonly EditProblem[]>();

const serverProblems = StateField.define<readonly EditProblem[]>({
  create: () => [],
  update(problems, transaction) {
    for (const effect of transaction.effects) if (effect.is(setServerProblems)) return effect.value;
    return transaction.docChanged ? [] : problems;
  },
});

export interface CheckOptions {
  t: TFunction;
  schema: () => KindSchema | undefined;
  onProblems: (problems: ListedProblem[]) => void;
}

/** Marks what does not fit the schema, and what the API server found. */
export function schemaChecks({ t, schema, onProblems }: CheckOptions): Extension[] {
  const source = (view: EditorView): Diagnostic[] => {
    const { doc } = view.state;
    const own = doc.length > longestChecked ? [] : findProblems(doc.toString(), schema());
    const theirs = view.state.field(serverProblems);
    const found = [
      ...own.map((problem) => ownDiagnostic(problem, t)),
      ...theirs.map((each) => diagnostic(each, doc, languageOf(i18n.language))),
    ];
    const unique = found.filter(
      ({ from, severity }, index) =>
        index < own.length || !found.slice(0, own.length).some((o) => o.from === from && o.severity === severity),
    );
    onProblems(
      unique.map(({ severity, message, from }) => ({
        severity: severity === "error" ? "error" : "warning",
        message,
        line: doc.lineAt(from).number,
        at: from,
      })),
    );
    return unique;
  };
  return [
    serverProblems,
    lintGutter(),
    linter(source, {
      delay: 300,
      needsRefresh: (update) => update.startState.field(serverProblems) !== update.state.field(serverProblems),
    }),
  ];
}

function ownDiagnostic({ from, to, severity, kind, params }: TextProblem, t: TFunction): Diagnostic {
  const { field = "", type = "", values = "" } = params;
  const message = kind === "syntax" ? (params.message ?? "") : t(`yaml.problem.${kind}`, { field, type, values });
  return { from, to, severity, message };
}

function diagnostic({ severity, said, path, kind, from, to }: EditProblem, doc: Text, language: Language): Diagnostic {
  const start = from === undefined ? 0 : offset(doc, from);
  const end = to === undefined ? start : offset(doc, to);
  const words = visibleBidi(textOf(said, language));
  const message =
    path === undefined || kind === "identity" || kind === "masked" || kind === "ignored" ? words : `${path}: ${words}`;
  return { from: start, to: Math.max(start, end), severity, message };
}

function offset(doc: Text, { line, column }: TextPlace): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(at.from + column - 1, at.to);
}
