import { type Ref, useImperativeHandle, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EditProblem, KfDefIssue } from "../../../../common/contract/index.ts";
import { useKfDef, writeKfDef } from "../../../state/kfdef.ts";
import { useErrorWords } from "../../../ui/use-error-words.ts";
import { type EditorHandle, YamlEditor } from "../../../ui/yaml/YamlEditor.tsx";
import { IssueList } from "./IssueList.tsx";
import { issuesOf } from "./issues.ts";

export interface SourceHandle {
  /** Shows a line (from 1) without taking the focus there. */
  show: (line: number) => void;
}

/** The file's text: what the forms do is written in it, and what is written in it is in the forms. */
export function SourcePane({ ref }: { ref: Ref<SourceHandle> }) {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const editor = useRef<EditorHandle>(null);
  const { text, document, error, reading } = useKfDef();
  const issues = useMemo(() => (error ? issuesOf(error) : (document?.issues ?? [])), [error, document]);
  const problems = useMemo(() => issues.map(asProblem), [issues]);
  const now = useRef(text);
  now.current = text;
  useImperativeHandle(ref, () => ({
    show: (line) => editor.current?.show(offsetOf(now.current, { line, column: 1 })),
  }));
  return (
    <section className="card kfdef-source" aria-label={t("kfdef.source")}>
      <header className="kfdef-source-head">
        <h2 className="section-title">{document?.fileName ?? "YAML"}</h2>
        <span className="faint kfdef-leave">{t("yaml.leaveHint")}</span>
      </header>
      <YamlEditor
        ref={editor}
        label={t("kfdef.source")}
        value={text}
        onChange={writeKfDef}
        schema={undefined}
        problems={problems}
        onProblems={() => undefined}
        onSubmit={() => undefined}
      />
      <div className="kfdef-source-foot">
        <p role="status" className={error ? "poor" : "faint"}>
          {reading
            ? t("kfdef.checking")
            : error && issues.length === 0
              ? errorWords(error).title
              : issues.length === 0
                ? t("kfdef.noIssues")
                : t("kfdef.issueCount", { count: issues.length })}
        </p>
        <IssueList issues={issues} onGoTo={(place) => editor.current?.goTo(offsetOf(text, place))} />
        {error && issues.length === 0 && errorWords(error).detail ? (
          <p className="kfdef-detail">{errorWords(error).detail}</p>
        ) : null}
      </div>
    </section>
  );
}

function asProblem({ level, said, path, place }: KfDefIssue): EditProblem {
  return {
    severity: level,
    kind: "server",
    said,
    ...(path === undefined ? {} : { path }),
    ...(place === undefined ? {} : { from: place, to: { line: place.line, column: place.column + 1 } }),
  };
}

function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(text.length, before + Math.min(column - 1, lines[line - 1]?.length ?? 0));
}
