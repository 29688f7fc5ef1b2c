import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Card } from "../../../ui/Card.tsx";
import { useFormat } from "../../../ui/format.ts";

/** In which order things are applied, each wave with the condition it starts on. */
export function Waves({ waves }: { waves: PlanSummary["waves"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  return (
    <Card title={t("plan.waves")}>
      <ol className="waves">
        {waves.map((wave) => (
          <li key={wave.id}>
            <div className="wave">
              <span>{textOf(wave.title, language)}</span>
              <span className="faint">{format.number(wave.objects)}</span>
            </div>
            {wave.gate ? (
              <p className="wave-gate">
                <b>{t("plan.gate")}:</b> {textOf(wave.gate, language)}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
