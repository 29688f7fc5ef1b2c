import { useTranslation } from "react-i18next";
import { useCluster } from "../../state/cluster.ts";
import { useDraft } from "../../state/draft.ts";
import { useInstall } from "../../state/install.ts";
import { usePlan } from "../../state/plan.ts";
import { stepIds } from "../../state/route.ts";
import { Check } from "../../ui/icons.ts";
import { stepOverview } from "./step-overview.ts";
import "./Stepper.css";

/** The way from here to a running Kubeflow, so that nobody wonders what comes after the next button. */
export function Stepper() {
  const { t } = useTranslation();
  // the overview is read from these stores
  useCluster();
  useDraft();
  usePlan();
  useInstall((state) => state.status?.state);
  const overview = stepOverview(t);
  return (
    <section aria-labelledby="journey">
      <h2 className="home-section" id="journey">
        {t("home.journey")}
      </h2>
      <ol className="journey">
        {stepIds.map((id, index) => (
          <li
            key={id}
            className={overview[id].done && !overview[id].locked ? "journey-step journey-done" : "journey-step"}
          >
            <span className="step-sign" aria-hidden>
              {overview[id].done && !overview[id].locked ? <Check size={13} strokeWidth={2.5} /> : index + 1}
            </span>
            <b>{t(`steps.${id}`)}</b>
            <small>{t(`home.about.${id}`)}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
