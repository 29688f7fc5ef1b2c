import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { TFunction } from "i18next";
import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

export interface CodeMirrorOptions {
  value: string;
  label: string;
  /** Asked when the view is made, which it is anew when the language or the label changes. */
  extensions: (t: TFunction, label: string) => Extension;
  onMade?: (view: EditorView) => void;
  /** The text was replaced by another value; `before` is what was shown. */
  onReplaced?: (view: EditorView, before: string) => void;
}

/** A CodeMirror view in an element, which lives as long as that; its text follows `value`. */
export function useCodeMirror<E extends HTMLElement>(
  options: CodeMirrorOptions,
): { place: RefObject<E | null>; view: RefObject<EditorView | undefined> } {
  const place = useRef<E>(null);
  const view = useRef<EditorView>(undefined);
  const { t } = useTranslation();
  const { label } = options;
  // The view lives longer than one drawing: it looks up what it was given last.
  const now = useRef(options);
  now.current = options;

  useEffect(() => {
    if (place.current === null) return;
    const { value, extensions, onMade } = now.current;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({ doc: value, extensions: extensions(t, label) }),
    });
    onMade?.(made);
    view.current = made;
    return () => made.destroy();
  }, [t, label]);

  const { value } = options;
  useEffect(() => {
    const made = view.current;
    if (made === undefined) return;
    const shown = made.state.doc.toString();
    if (shown === value) return;
    // Only what differs, so that the cursor, folds and the place of reading stay.
    made.dispatch({ changes: smallestChange(shown, value) });
    now.current.onReplaced?.(made, shown);
  }, [value]);

  return { place, view };
}

/** The one part in which two texts differ, as a change of the first. */
export function smallestChange(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
