import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Card } from "../../../ui/Card.tsx";
import { useFormat } from "../../../ui/format.ts";

/** In which order things are applied, and what opens each gate. */
export function Waves({ waves }: { waves: PlanSummary["waves"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  return (
    <Card title={t("plan.waves")}>
      <ol className="waves">
        {waves.map((wave) => (
          <li key={wave.id}>
            {wave.gate ? (
              <p className="wave-gate">
                <span className="sr-only">{t("plan.gate")}: </span>
                {textOf(wave.gate, language)}
              </p>
            ) : null}
            <div className="wave">
              <span>{textOf(wave.title, language)}</span>
              <span className="faint">{format.number(wave.objects)}</span>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
