import { useTranslation } from "react-i18next";
import { CircleAlert, TriangleAlert } from "../../ui/icons.ts";
import type { ListedProblem } from "../../ui/yaml/checks.ts";

export interface ProblemListProps {
  problems: readonly ListedProblem[];
  /** One of them is about a field that can't be changed later. */
  immutable: boolean;
  onGoTo: (offset: number) => void;
}

/** What is marked in the editor, as a list: each leads to its line. How many there are is announced. */
export function ProblemList({ problems, immutable, onGoTo }: ProblemListProps) {
  const { t } = useTranslation();
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const counts = [
    ...(errors > 0 ? [t("yaml.errors", { count: errors })] : []),
    ...(warnings > 0 ? [t("yaml.warnings", { count: warnings })] : []),
  ];
  return (
    <section className="yaml-problems" aria-label={t("yaml.problems")}>
      <div className="yaml-problems-head">
        <p role="status">{counts.length > 0 ? counts.join(", ") : t("yaml.noProblems")}</p>
        <p>{t("yaml.leaveHint")}</p>
      </div>
      {problems.length > 0 ? (
        <ul>
          {problems.map(({ severity, message, line, at }) => (
            <li key={`${at} ${message}`}>
              <button type="button" className={`yaml-problem yaml-problem-${severity}`} onClick={() => onGoTo(at)}>
                {severity === "error" ? <CircleAlert aria-hidden size={13} /> : <TriangleAlert aria-hidden size={13} />}
                <span className="sr-only">{t(`yaml.${severity}`)}</span>
                <span className="yaml-problem-line">{t("yaml.line", { line })}</span>
                <span>{message}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {immutable ? <p className="yaml-immutable">{t("yaml.immutable")}</p> : null}
    </section>
  );
}
