import { useTranslation } from "react-i18next";
import type { PlanAdjustment } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Card } from "../../../ui/Card.tsx";
import { Marked } from "../../../ui/Marked.tsx";

/** What the settings change in the release's objects, each with its reason. */
export function Adjustments({ adjustments }: { adjustments: readonly PlanAdjustment[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (adjustments.length === 0) return null;
  return (
    <Card title={t("wayIn.adjustments", { count: adjustments.length })}>
      <p className="hint">{t("wayIn.adjustmentsAbout")}</p>
      <ul className="plan-adjustments">
        {adjustments.map(({ object: { kind, namespace, name }, said }) => (
          <li key={`${kind} ${namespace ?? ""}/${name} ${said.id}`}>
            <span className="mono">
              {kind} {namespace === undefined ? "" : `${namespace}/`}
              {name}
            </span>
            <br />
            <Marked>{textOf(said, language)}</Marked>
          </li>
        ))}
      </ul>
    </Card>
  );
}
