import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { readOnlyView, yamlView } from "./codemirror.ts";
import "./code.css";

/** Below this there is no room for two texts side by side. */
const sideBySideWidth = 760;
const options = { collapseUnchanged: { margin: 3, minSize: 6 }, diffConfig: { scanLimit: 5000, timeout: 500 } };

/** Two texts and what differs: side by side where there is room, else one above the other, line by line. */
export function DiffView({ before, after, label }: { before: string; after: string; label: string }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (place.current === null) return;
    const extensions = (name: string): Extension[] => [yamlView(t, name), readOnlyView(), EditorView.lineWrapping];
    const wide = place.current.clientWidth >= sideBySideWidth;
    const view = wide
      ? new MergeView({
          parent: place.current,
          a: { doc: before, extensions: extensions(t("yaml.before", { label })) },
          b: { doc: after, extensions: extensions(t("yaml.after", { label })) },
          ...options,
        })
      : new EditorView({
          parent: place.current,
          state: EditorState.create({
            doc: after,
            extensions: [
              ...extensions(label),
              unifiedMergeView({ original: before, mergeControls: false, allowInlineDiffs: false, ...options }),
            ],
          }),
        });
    return () => view.destroy();
  }, [t, before, after, label]);

  return <div className="yaml-diff" ref={place} />;
}
