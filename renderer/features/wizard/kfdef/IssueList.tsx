import { useTranslation } from "react-i18next";
import type { KfDefIssue } from "../../../../common/contract/index.ts";
import { CircleAlert, TriangleAlert } from "../../../ui/icons.ts";

export interface IssueListProps {
  issues: readonly KfDefIssue[];
  /** Shows where it is; without, the place is only told. */
  onGoTo?: (place: NonNullable<KfDefIssue["place"]>) => void;
}

/** What is wrong with a KfDef (errors first) and what to know about it, each with its line and column. */
export function IssueList({ issues, onGoTo }: IssueListProps) {
  const { t } = useTranslation();
  if (issues.length === 0) return null;
  const sorted = issues.toSorted(
    (a, b) => Number(b.level === "error") - Number(a.level === "error") || (a.place?.line ?? 0) - (b.place?.line ?? 0),
  );
  return (
    <ul className="kfdef-issues" aria-label={t("kfdef.issues")}>
      {sorted.map((issue) => {
        const { level, message, path, place } = issue;
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
              {message}
              {path === undefined ? null : <span className="mono faint"> {path}</span>}
            </span>
          </>
        );
        return (
          <li key={`${place?.line}:${place?.column} ${path} ${message}`}>
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
