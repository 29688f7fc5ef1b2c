import { useTranslation } from "react-i18next";
import type { PlanProgress } from "../../../electron/contract/index.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { wholePercent } from "../../ui/format.ts";
import { Check, LoaderCircle } from "../../ui/icons.ts";
import { Progress } from "../../ui/Progress.tsx";

const steps = ["sources", "build", "plan"] as const;

/** Sources, build, plan: which of them is at work, and on what. */
export function Preparing({ progress, onCancel }: { progress: PlanProgress; onCancel: () => void }) {
  const { t } = useTranslation();
  const { step } = progress;
  const current = step === "build" ? 1 : step === "plan" ? 2 : 0;
  return (
    <Card title={t("plan.preparing")} aside={<b>{wholePercent(progress.fraction)}%</b>} className="preparing">
      <Progress label={t("plan.preparing")} fraction={progress.fraction} />
      <ol>
        {steps.map((id, index) => {
          const state = index < current ? "done" : index === current ? "current" : "todo";
          return (
            <li
              key={id}
              className={`start-step start-${state}`}
              {...(state === "current" ? { "aria-current": "step" as const } : {})}
            >
              <span className="start-sign" aria-hidden>
                {state === "done" ? (
                  <Check size={13} strokeWidth={2.5} />
                ) : state === "current" ? (
                  <LoaderCircle size={14} className="spin" />
                ) : null}
              </span>
              <span>
                <b>{t(`plan.step.${id}`)}</b>
                <small>{state === "current" && progress.message ? progress.message : t(`plan.about.${id}`)}</small>
              </span>
            </li>
          );
        })}
      </ol>
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
