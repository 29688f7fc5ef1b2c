import { forceLinting } from "@codemirror/lint";
import { EditorView, keymap } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { EditProblem, KindSchema } from "../../../common/contract/index.ts";
import { schemaAssist } from "./assist.ts";
import { type ListedProblem, schemaChecks, setServerProblems } from "./checks.ts";
import { editableView, yamlView } from "./codemirror.ts";
import { useCodeMirror } from "./use-code-mirror.ts";
import "./code.css";

export interface EditorHandle {
  focus(): void;
  /** Puts the cursor there and shows it. */
  goTo(offset: number): void;
  /** Shows it, and leaves cursor and focus where they are. */
  show(offset: number): void;
}

export interface YamlEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  schema: KindSchema | undefined;
  /** Of the API server, about just this text. */
  problems: readonly EditProblem[];
  onProblems: (problems: ListedProblem[]) => void;
  /** Ctrl-S. */
  onSubmit: () => void;
  onExplain?: ((path: string[]) => void) | undefined;
  ref?: Ref<EditorHandle>;
}

/** Where an object's text is written, with the help of its kind's schema. */
export function YamlEditor(props: YamlEditorProps) {
  const { label, value, schema, problems, ref } = props;
  const now = useRef(props);
  now.current = props;
  const { place, view } = useCodeMirror<HTMLDivElement>({
    value,
    label,
    extensions: (t, label) => [
      keymap.of([
        {
          key: "Mod-s",
          preventDefault: true,
          run: () => {
            now.current.onSubmit();
            return true;
          },
        },
      ]),
      yamlView(t, label),
      editableView(),
      schemaAssist({
        t,
        schema: () => now.current.schema,
        onExplain: now.current.onExplain && ((path) => now.current.onExplain?.(path)),
      }),
      schemaChecks({
        t,
        schema: () => now.current.schema,
        onProblems: (found) => now.current.onProblems(found),
      }),
      // Escape belongs to the editor: it closes its lists, and lets the next Tab leave it.
      EditorView.domEventHandlers({ keydown: (event) => event.key === "Escape" && event.stopPropagation() }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) now.current.onChange(update.state.doc.toString());
      }),
    ],
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a schema that came later changes what is wrong
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    editor.dispatch({ effects: setServerProblems.of(problems) });
    forceLinting(editor);
  }, [problems, schema]);

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    goTo: (offset) => {
      view.current?.dispatch({
        selection: { anchor: offset },
        effects: EditorView.scrollIntoView(offset, { y: "center" }),
      });
      view.current?.focus();
    },
    show: (offset) =>
      view.current?.dispatch({ effects: EditorView.scrollIntoView(offset, { y: "start", yMargin: 24 }) }),
  }));

  return <div className="yaml-code" ref={place} />;
}
