import { useTranslation } from "react-i18next";
import { useCluster } from "../../state/cluster.ts";
import { useDraft } from "../../state/draft.ts";
import { useInstall } from "../../state/install.ts";
import { useKfDef } from "../../state/kfdef.ts";
import { usePlan } from "../../state/plan.ts";
import { formatRoute, type Route, type StepId, stepIds } from "../../state/route.ts";
import { Check } from "../../ui/icons.ts";
import { stepOverview } from "./step-overview.ts";

export function StepList({ current }: { current: StepId }) {
  const { t } = useTranslation();
  // the overview is read from these stores
  useCluster();
  useDraft();
  useKfDef();
  usePlan();
  useInstall((state) => state.status?.state);
  const overview = stepOverview(t);
  return (
    <nav aria-label={t("steps.label")} className="steps-nav">
      <ol className="steps">
        <Line title={t("steps.welcome")} route={{ place: "home" }} state="done" />
        {stepIds.map((id, index) => {
          const line = overview[id];
          return (
            <Line
              key={id}
              number={index + 1}
              title={t(`steps.${id}`)}
              route={{ place: "install", step: id }}
              state={id === current ? "current" : line.locked ? "locked" : line.done ? "done" : "open"}
              {...(line.note ? { note: line.note } : {})}
              {...(line.locked ? { locked: line.locked } : {})}
            />
          );
        })}
      </ol>
    </nav>
  );
}

interface LineProps {
  /** The same as on Home; the way back to Home has none. */
  number?: number;
  title: string;
  note?: string;
  locked?: string;
  route: Route;
  state: "current" | "done" | "open" | "locked";
}

function Line({ number, title, note, locked, route, state }: LineProps) {
  const { t } = useTranslation();
  const content = (
    <>
      <span className="step-sign" aria-hidden>
        {state === "done" ? <Check size={13} strokeWidth={2.5} /> : number}
      </span>
      <span className="step-words">
        <b>{title}</b>
        {note ? <small>{note}</small> : null}
        {state === "done" ? <span className="sr-only">{t("common.done")}</span> : null}
        {state === "locked" && locked ? <span className="sr-only">{locked}</span> : null}
      </span>
    </>
  );
  return (
    <li className={`step step-${state}`} {...(state === "current" ? { "aria-current": "step" as const } : {})}>
      {state === "locked" ? (
        <span className="step-link" title={locked}>
          {content}
        </span>
      ) : (
        <a className="step-link" href={formatRoute(route)}>
          {content}
        </a>
      )}
    </li>
  );
}
