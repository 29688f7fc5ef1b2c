import { foldEffect } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { useRef } from "react";
import type { KindSchema } from "../../../common/contract/index.ts";
import { schemaHover } from "./assist.ts";
import { readOnlyView, yamlView } from "./codemirror.ts";
import { useCodeMirror } from "./use-code-mirror.ts";
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
  const now = useRef(props);
  now.current = props;
  const { place } = useCodeMirror<HTMLDivElement>({
    value,
    label,
    extensions: (t, label) => [
      yamlView(t, label),
      readOnlyView(),
      schemaHover({
        t,
        schema: () => now.current.schema,
        onExplain: now.current.onExplain && ((path) => now.current.onExplain?.(path)),
      }),
    ],
    onMade: foldManagedFields,
    onReplaced: (view, before) => {
      if (!before.includes(managedFields)) foldManagedFields(view);
    },
  });
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
