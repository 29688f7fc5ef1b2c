import { useTranslation } from "react-i18next";
import { type PracticeStatus, practiceSteps } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Progress } from "../../../ui/Progress.tsx";
import { StageList } from "../../../ui/StageList.tsx";

/** The parts of a control plane, each as it comes up; a person sees what a cluster is made of. */
export function StartSteps({ status }: { status: PracticeStatus }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const current = status.step === undefined ? -1 : practiceSteps.indexOf(status.step);
  const parts = practiceSteps.filter((step) => step !== "ready");
  return (
    <div className="start-steps">
      <Progress label={t("practice.starting")} fraction={status.fraction} />
      <StageList
        stages={parts.map((step) => ({
          id: step,
          title: t(`practice.step.${step}`),
          about: t(`practice.about.${step}`),
        }))}
        current={current}
        {...(status.said ? { message: textOf(status.said, language) } : {})}
      />
      <p className="sr-only" role="status">
        {status.step ? t(`practice.step.${status.step}`) : t("practice.starting")}
      </p>
    </div>
  );
}
