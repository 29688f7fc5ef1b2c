import { useTranslation } from "react-i18next";
import { type PracticeStatus, practiceSteps } from "../../../electron/contract/index.ts";
import { Check, LoaderCircle } from "../../ui/icons.ts";
import { Progress } from "../../ui/Progress.tsx";

/** The parts of a control plane, each as it comes up; a person sees what a cluster is made of. */
export function StartSteps({ status }: { status: PracticeStatus }) {
  const { t } = useTranslation();
  const current = status.step === undefined ? -1 : practiceSteps.indexOf(status.step);
  const parts = practiceSteps.filter((step) => step !== "ready");
  return (
    <div className="start-steps">
      <Progress label={t("practice.starting")} fraction={status.fraction} />
      <ol>
        {parts.map((step, index) => {
          const state = index < current ? "done" : index === current ? "current" : "todo";
          return (
            <li
              key={step}
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
                <b>{t(`practice.step.${step}`)}</b>
                <small>{state === "current" && status.message ? status.message : t(`practice.about.${step}`)}</small>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="sr-only" role="status">
        {status.step ? t(`practice.step.${status.step}`) : t("practice.starting")}
      </p>
    </div>
  );
}
