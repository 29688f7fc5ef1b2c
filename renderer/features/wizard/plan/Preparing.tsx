import { useTranslation } from "react-i18next";
import type { PlanProgress } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { wholePercent } from "../../../ui/format.ts";
import { Progress } from "../../../ui/Progress.tsx";
import { StageList } from "../../../ui/StageList.tsx";

const steps = ["sources", "build", "plan"] as const;

/** Sources, build, plan: which of them is at work, and on what. */
export function Preparing({ progress, onCancel }: { progress: PlanProgress; onCancel: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { step, said } = progress;
  const current = step === "build" ? 1 : step === "plan" ? 2 : 0;
  return (
    <Card title={t("plan.preparing")} aside={<b>{wholePercent(progress.fraction)}%</b>} className="preparing">
      <Progress label={t("plan.preparing")} fraction={progress.fraction} />
      <StageList
        stages={steps.map((id) => ({ id, title: t(`plan.step.${id}`), about: t(`plan.about.${id}`) }))}
        current={current}
        {...(said === undefined ? {} : { message: textOf(said, language) })}
      />
      <div className="preparing-foot">
        <Button size="sm" onPress={onCancel}>
          {t("common.cancel")}
        </Button>
      </div>
      <p className="sr-only" role="status">
        {t(`plan.step.${steps[current] ?? "sources"}`)}
      </p>
    </Card>
  );
}
