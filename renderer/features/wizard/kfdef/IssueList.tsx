import { useTranslation } from "react-i18next";
import type { KfDefIssue } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { CircleAlert, TriangleAlert } from "../../../ui/icons.ts";

export interface IssueListProps {
  issues: readonly KfDefIssue[];
  /** Shows where it is; without, the place is only told. */
  onGoTo?: (place: NonNullable<KfDefIssue["place"]>) => void;
}

/** What is wrong with a KfDef (errors first) and what to know about it, each with its line and column. */
export function IssueList({ issues, onGoTo }: IssueListProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (issues.length === 0) return null;
  const sorted = issues.toSorted(
    (a, b) => Number(b.level === "error") - Number(a.level === "error") || (a.place?.line ?? 0) - (b.place?.line ?? 0),
  );
  return (
    <ul className="kfdef-issues" aria-label={t("kfdef.issues")}>
      {sorted.map((issue) => {
        const { level, said, path, place } = issue;
        const words = textOf(said, language);
        const content = (
          <>
            {level === "error" ? <CircleAlert aria-hidden size={13} /> : <TriangleAlert aria-hidden size={13} />}
            <span className="sr-only">{t(`yaml.${level}`)}</span>
            {place ? (
              <span className="kfdef-issue-place mono">
                <span aria-hidden>
                  {place.line}:{place.column}
                </span>
                <span className="sr-only">{t("kfdef.place", place)}</span>
              </span>
            ) : null}
            <span>
              {words}
              {path === undefined ? null : <span className="mono faint"> {path}</span>}
            </span>
          </>
        );
        return (
          <li key={`${place?.line}:${place?.column} ${path} ${words}`}>
            {place && onGoTo ? (
              <button type="button" className={`kfdef-issue kfdef-issue-${level}`} onClick={() => onGoTo(place)}>
                {content}
              </button>
            ) : (
              <span className={`kfdef-issue kfdef-issue-${level}`}>{content}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
