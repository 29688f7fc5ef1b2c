import { foldEffect } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { KindSchema } from "../../../common/contract/index.ts";
import { schemaHover } from "./assist.ts";
import { readOnlyView, yamlView } from "./codemirror.ts";
import "./code.css";

export interface YamlViewProps {
  label: string;
  value: string;
  schema: KindSchema | undefined;
  onExplain?: ((path: string[]) => void) | undefined;
}

/** An object's text to read: managedFields folded, fields explained when pointed at. Its place stays as it changes. */
export function YamlView(props: YamlViewProps) {
  const { label, value } = props;
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const now = useRef(props);
  now.current = props;

  useEffect(() => {
    if (place.current === null) return;
    const reader = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: now.current.value,
        extensions: [
          yamlView(t, label),
          readOnlyView(),
          schemaHover({
            t,
            schema: () => now.current.schema,
            onExplain: now.current.onExplain && ((path) => now.current.onExplain?.(path)),
          }),
        ],
      }),
    });
    foldManagedFields(reader);
    view.current = reader;
    return () => reader.destroy();
  }, [t, label]);

  useEffect(() => {
    const reader = view.current;
    if (reader === undefined) return;
    const shown = reader.state.doc.toString();
    if (shown === value) return;
    // Only what differs, so that folds and the place of reading stay.
    const { from, to, insert } = smallestChange(shown, value);
    reader.dispatch({ changes: { from, to, insert } });
    if (!shown.includes(managedFields)) foldManagedFields(reader);
  }, [value]);

  return <div className="yaml-code" ref={place} />;
}

const managedFields = "\n  managedFields:\n";

/** To the end of the lines below it, which are indented further or are its list's items. */
function foldManagedFields(view: EditorView): void {
  const { doc } = view.state;
  const at = doc.toString().indexOf(managedFields);
  if (at < 0) return;
  const first = doc.lineAt(at + 1);
  let last = first;
  for (let number = first.number + 1; number <= doc.lines; number++) {
    const line = doc.line(number);
    if (!/^ {2}(?:-| )/.test(line.text)) break;
    last = line;
  }
  if (last.number > first.number) view.dispatch({ effects: foldEffect.of({ from: first.to, to: last.to }) });
}

export function smallestChange(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
