import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { cancelChecks, countChecks, startChecks, useChecks } from "../../../state/checks.ts";
import { useCluster } from "../../../state/cluster.ts";
import { useDraft } from "../../../state/draft.ts";
import { isActive, useInstall } from "../../../state/install.ts";
import { useKfDef } from "../../../state/kfdef.ts";
import { preparePlan, usePlan } from "../../../state/plan.ts";
import { goStep } from "../../../state/route.ts";
import { useStable } from "../../../state/use-stable.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { RotateCw } from "../../../ui/icons.ts";
import { CommandsTeach } from "../CommandsButton.tsx";
import { currentKfDefProblem, currentRequest } from "../current-step.ts";
import { Teach } from "../ExplainPanel.tsx";
import { StepLayout } from "../StepLayout.tsx";
import { CheckGroups } from "./CheckGroups.tsx";
import { CheckStrip } from "./CheckStrip.tsx";
import "./Checks.css";

/** Whether the cluster can take what was chosen; the plan is made meanwhile. */
export function ChecksStep() {
  const { t } = useTranslation();
  const draft = useDraft();
  const cluster = useCluster();
  const kfdef = useKfDef();
  const { view, error } = useChecks();
  const planFraction = usePlan(({ progress }) => (progress?.state === "running" ? progress.fraction : undefined));
  const busy = useInstall((state) => isActive(state.status));
  const problem = currentKfDefProblem(draft, kfdef);
  const connected = cluster.state === "connected";
  const ready = problem === undefined || problem === "secrets";
  const request = useStable(connected && ready ? currentRequest(draft, cluster, kfdef) : undefined);
  const shown = view?.context !== undefined && view.context === cluster.chosen ? view : undefined;
  useEffect(() => {
    // While an installation runs, the plan at hand is that one's.
    if (request === undefined || busy) return;
    void preparePlan(request);
    void startChecks(request);
  }, [request, busy]);

  const counts = shown && countChecks(shown);
  const must = counts?.must ?? 0;
  const running = shown?.state === "running";
  const again = () => {
    if (request === undefined) return;
    void preparePlan(request, { again: true });
    void startChecks(request, { again: true });
  };
  return (
    <StepLayout
      wide
      title={t("steps.checks")}
      intro={t("checks.intro", { cluster: cluster.info?.name ?? "" })}
      aside={
        <>
          <Teach title={t("checks.meansMust")}>
            <p>{t("checks.meansMustText")}</p>
          </Teach>
          <Teach title={t("checks.keys")}>
            <p>{t("checks.keysText")}</p>
          </Teach>
          <CommandsTeach step="checks" />
        </>
      }
      footer={
        <>
          <Button variant="ghost" onPress={() => goStep("components")}>
            {t("common.back")}
          </Button>
          <span className="grow" />
          {must > 0 ? (
            <>
              <span className="checks-left">{t("checks.beforeGoing", { count: must })}</span>
              <Button variant="ghost" onPress={() => goStep("plan")}>
                {t("checks.anyway")}
              </Button>
            </>
          ) : null}
          <Button variant="primary" isDisabled={request === undefined || must > 0} onPress={() => goStep("plan")}>
            {t("common.continue")}
          </Button>
        </>
      }
    >
      {connected ? null : <Banner tone="warn" title={t("steps.locked.cluster")} />}
      {connected && request === undefined ? <Banner tone="warn" title={t("steps.locked.settings")} /> : null}
      {error ? <ErrorBanner error={error} /> : null}
      {shown?.problem ? (
        <ErrorBanner
          error={shown.problem}
          actions={<Button onPress={() => goStep("plan")}>{t("steps.plan")}</Button>}
        />
      ) : null}
      {shown?.state === "failed" ? <p className="checks-note">{t("checks.noPlan")}</p> : null}
      {shown?.state === "cancelled" ? <Banner tone="info" title={t("checks.cancelled")} /> : null}
      {shown && counts ? (
        <div className="checks">
          <div className="checks-head">
            <CheckStrip rows={shown.rows} counts={counts} />
            {running ? (
              <Button onPress={() => void cancelChecks()}>{t("checks.cancel")}</Button>
            ) : (
              <Button icon={<RotateCw aria-hidden />} isDisabled={request === undefined || busy} onPress={again}>
                {t("checks.again")}
              </Button>
            )}
          </div>
          <CheckGroups view={shown} planFraction={planFraction} />
        </div>
      ) : null}
    </StepLayout>
  );
}
