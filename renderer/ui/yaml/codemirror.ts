import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { TFunction } from "i18next";
import { typeOverSelection } from "./replace-all-text.ts";

/** Names, values and remarks apart, in the app's own colours: one style for both themes. */
const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "var(--accent)" },
  { tag: tags.string, color: "var(--ok)" },
  { tag: [tags.lineComment, tags.comment], color: "var(--faint)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.meta, tags.squareBracket, tags.brace], color: "var(--muted)" },
  { tag: [tags.typeName, tags.labelName], color: "var(--warn)" },
]);

/** What CodeMirror has to have before its own style; the rest is in code.css. */
const look = EditorView.theme({
  "&": { height: "100%", fontSize: "var(--text-sm)", backgroundColor: "var(--surface)", color: "var(--text)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "var(--leading-editor)", fontVariantLigatures: "none" },
  ".cm-content": { padding: "6px 0", caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--faint)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--sunken) 60%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection": {
    backgroundColor: "color-mix(in srgb, var(--accent) 25%, transparent)",
  },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--accent) 12%, transparent)" },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn)" },
  ".cm-searchMatch-selected": { backgroundColor: "color-mix(in srgb, var(--warn) 40%, transparent)" },
});

/** Its styles carry the page's nonce, as the content security policy asks. */
function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}

/** What every view of YAML has. `label` is its accessible name. */
export function yamlView(t: TFunction, label: string): Extension[] {
  return [
    EditorView.cspNonce.of(nonce()),
    EditorState.phrases.of(phrases(t)),
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", translate: "no", tabindex: "0" }),
    look,
    // Those of visibleBidi that CodeMirror does not count among them itself.
    highlightSpecialChars({ addSpecialChars: /[\u202a-\u202c\u2068]/ }),
    syntaxHighlighting(colours),
    yaml(),
    indentUnit.of("  "),
  ];
}

/** A view to read: with line numbers, folding and search, reachable by keyboard. */
export function readOnlyView(): Extension[] {
  return [
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ "aria-readonly": "true" }),
    lineNumbers(),
    folding(),
    search({ top: true }),
    keymap.of([...searchKeymap, ...foldKeymap]),
  ];
}

/** A view to write in. Tab indents; Escape, then Tab leaves it. */
export function editableView(): Extension[] {
  return [
    lineNumbers(),
    folding(),
    history(),
    drawSelection(),
    typeOverSelection,
    highlightActiveLine(),
    highlightSelectionMatches(),
    closeBrackets(),
    search({ top: true }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      indentWithTab,
    ]),
  ];
}

function folding(): Extension {
  return [codeFolding({ placeholderText: "…" }), foldGutter({ openText: "▾", closedText: "▸" })];
}

/** The editor's own words in the app's language. */
function phrases(t: TFunction): Record<string, string> {
  return {
    Find: t("yaml.find"),
    Replace: t("yaml.replace"),
    next: t("yaml.findNext"),
    previous: t("yaml.findPrevious"),
    all: t("yaml.findAll"),
    "match case": t("yaml.matchCase"),
    regexp: t("yaml.regexp"),
    "by word": t("yaml.byWord"),
    replace: t("yaml.replaceOne"),
    "replace all": t("yaml.replaceAll"),
    close: t("yaml.closeFind"),
    "current match": t("yaml.currentMatch"),
    "on line": t("yaml.onLine"),
    "Fold line": t("yaml.fold"),
    "Unfold line": t("yaml.unfold"),
    "folded code": t("yaml.folded"),
    unfold: t("yaml.unfold"),
    "$ unchanged lines": t("yaml.unchangedLines"),
    Completions: t("yaml.completions"),
    Diagnostics: t("yaml.problems"),
    "No diagnostics": t("yaml.noProblems"),
  };
}
