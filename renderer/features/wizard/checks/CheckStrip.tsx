import { useTranslation } from "react-i18next";
import type { CheckRow } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import type { CheckCounts } from "../../../state/checks.ts";
import { lookOf } from "./look.ts";

/** One cell a check, and their counts in words. */
export function CheckStrip({ rows, counts }: { rows: readonly CheckRow[]; counts: CheckCounts }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="checks-sum">
      <div className="checks-strip" aria-hidden>
        {rows.map((row) => (
          <span key={row.id} className={`checks-cell checks-${lookOf(row)}`} title={textOf(row.name, language)}>
            {signs[lookOf(row)]}
          </span>
        ))}
      </div>
      <p className="checks-counts" role="status">
        <span className="checks-passed-word">{t("checks.passedCount", { count: counts.passed })}</span>
        {counts.must > 0 ? (
          <span className="checks-must-word">{t("checks.mustCount", { count: counts.must })}</span>
        ) : null}
        {counts.should > 0 ? (
          <span className="checks-should-word">{t("checks.shouldCount", { count: counts.should })}</span>
        ) : null}
        {counts.running > 0 ? <span>{t("checks.runningCount", { count: counts.running })}</span> : null}
      </p>
    </div>
  );
}

const signs = { passed: "✓", must: "✕", should: "!", running: "" } as const;
