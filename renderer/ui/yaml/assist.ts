import { autocompletion, type Completion, type CompletionContext, startCompletion } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip, type Tooltip } from "@codemirror/view";
import type { TFunction } from "i18next";
import type { KindSchema } from "../../../common/contract/index.ts";
import { type Suggestion, suggestionsAt } from "./complete.ts";
import { keyPath } from "./cursor-path.ts";
import { explainField, type SchemaStep } from "./schema.ts";

/** What the editor is told by those who use it; read anew each time. */
export interface AssistOptions {
  t: TFunction;
  schema: () => KindSchema | undefined;
  /** Opens the explanation of a field, if there is a place for it. */
  onExplain?: ((path: string[]) => void) | undefined;
}

const longestDescription = 420;

/** Fields and values to choose from while typing, and what a field is when it is pointed at. */
export function schemaAssist(options: AssistOptions): Extension[] {
  return [
    autocompletion({ override: [(context) => complete(context, options)], icons: false, maxRenderedOptions: 80 }),
    schemaHover(options),
  ];
}

export function schemaHover(options: AssistOptions): Extension {
  return hoverTooltip((view, position) => hover(view, position, options));
}

const linesOf = (view: { state: { doc: { toString(): string } } }) => view.state.doc.toString().split("\n");

function complete(context: CompletionContext, { schema, t }: AssistOptions) {
  const known = schema();
  if (known === undefined) return null;
  const line = context.state.doc.lineAt(context.pos);
  const found = suggestionsAt(known, linesOf(context), line.number - 1, context.pos - line.from);
  if (found === undefined || found.suggestions.length === 0) return null;
  const from = line.from + found.from;
  const value = /:\s*$/.test(line.text.slice(0, found.from));
  if (!context.explicit && !value && context.pos === from) return null;
  return {
    from,
    validFor: /^[\w"./-]*$/,
    options: found.suggestions.map((suggestion) => option(suggestion, t)),
  };
}

function option({ label, text, type, description, required }: Suggestion, t: TFunction): Completion {
  return {
    label,
    detail: required ? `${type} · ${t("yaml.required")}` : type,
    ...(description === "" ? {} : { info: () => paragraph(description) }),
    boost: required ? 1 : 0,
    apply(view, _completion, from, to) {
      view.dispatch({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length },
        userEvent: "input.complete",
        scrollIntoView: true,
      });
      // A field was chosen: what it can hold comes next.
      if (/[\s-]$/.test(text)) startCompletion(view);
    },
  };
}

function hover(view: EditorView, position: number, { t, schema, onExplain }: AssistOptions): Tooltip | null {
  const known = schema();
  if (known === undefined) return null;
  const line = view.state.doc.lineAt(position);
  const key = keyPath(linesOf(view), line.number - 1);
  const column = position - line.from;
  if (key === undefined || column < key.from || column > key.to) return null;
  const path = fieldNames(key.path);
  const explained = explainField(known, path);
  if (explained === undefined) return null;
  return {
    pos: line.from + key.from,
    end: line.from + key.to,
    above: true,
    create: () => {
      const dom = element("div", "yaml-hover");
      const head = element("div", "yaml-hover-head", path.at(-1) ?? "");
      head.append(element("span", "yaml-hover-type", explained.node.type));
      if (explained.required) head.append(element("span", "yaml-hover-required", t("yaml.required")));
      dom.append(head);
      const [description] = explained.descriptions;
      if (description) dom.append(paragraph(description));
      if (explained.node.enum) {
        const values = explained.node.enum.map((value) => (value === "" ? '""' : String(value))).join(", ");
        dom.append(element("p", "yaml-hover-values", values));
      }
      if (onExplain) {
        const button = element("button", "yaml-hover-explain", t("yaml.explain"));
        button.addEventListener("click", () => onExplain(path));
        dom.append(button);
      }
      return { dom };
    },
  };
}

/** Explanations lead through lists by themselves. */
export function fieldNames(path: readonly SchemaStep[]): string[] {
  return path.filter((step) => typeof step === "string");
}

function paragraph(text: string): HTMLElement {
  const cut = text.length > longestDescription ? `${text.slice(0, longestDescription)}…` : text;
  return element("p", "yaml-hover-text", cut);
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
