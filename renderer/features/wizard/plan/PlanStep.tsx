import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useCluster } from "../../../state/cluster.ts";
import { useDraft } from "../../../state/draft.ts";
import { isActive, startInstall, useInstall } from "../../../state/install.ts";
import { givenSecrets, useKfDef } from "../../../state/kfdef.ts";
import { cancelPlan, preparePlan, usePlan } from "../../../state/plan.ts";
import { goStep } from "../../../state/route.ts";
import { signInSecretsOf } from "../../../state/sign-in-draft.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { useFix } from "../../../ui/fix-context.ts";
import { CommandsButton } from "../CommandsButton.tsx";
import {
  currentAccess,
  currentKfDefProblem,
  currentProblems,
  currentRelease,
  currentRequest,
  currentSignIn,
} from "../current-step.ts";
import { StepLayout } from "../StepLayout.tsx";
import { PasswordField } from "../settings/PasswordField.tsx";
import { passwordOptional } from "../settings/validate.ts";
import { problemText } from "../settings/words.ts";
import { Adjustments } from "./Adjustments.tsx";
import { Changes } from "./Changes.tsx";
import { CloudFiles } from "./CloudFiles.tsx";
import { ComponentTable } from "./ComponentTable.tsx";
import { Conversions } from "./Conversions.tsx";
import { GoneImages } from "./GoneImages.tsx";
import { ImageChanges } from "./ImageChanges.tsx";
import { Images } from "./Images.tsx";
import { InstalledAlready } from "./InstalledAlready.tsx";
import { PlatformChanges } from "./PlatformChanges.tsx";
import { Preparing } from "./Preparing.tsx";
import { Totals } from "./Totals.tsx";
import { Waves } from "./Waves.tsx";
import "./Plan.css";
import { useStable } from "../../../state/use-stable.ts";

export function PlanStep() {
  const { t } = useTranslation();
  const language = useLanguage();
  const draft = useDraft();
  const cluster = useCluster();
  const { progress, error } = usePlan();
  const installError = useInstall((state) => state.error);
  const busy = useInstall((state) => isActive(state.status));
  const [starting, setStarting] = useState(false);
  const [askedPassword, setAskedPassword] = useState(false);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const kfdef = useKfDef();
  const request = currentRequest(draft, cluster, kfdef);
  const connected = cluster.state === "connected";
  const kfdefProblem = currentKfDefProblem(draft, kfdef);
  // secrets are for the installation: the plan goes without their values
  const ready = kfdefProblem === undefined || kfdefProblem === "secrets";
  const wanted = useStable(connected && ready ? request : undefined);
  useEffect(() => {
    // while an installation runs, the plan at hand is that one's
    if (wanted && !busy) void preparePlan(wanted);
  }, [wanted, busy]);

  const summary = progress?.state === "done" ? progress.summary : undefined;
  const problem = currentProblems(draft, kfdef).password;
  const failed = progress?.state === "failed" ? progress.error : error;
  const failedFix = useFix(failed?.fix);
  const isOutOfDate = installError?.code === "plan-stale" && summary?.id === refused;
  const start = async () => {
    if (!request || !summary) return;
    if (problem !== undefined) {
      setAskedPassword(true);
      return;
    }
    setStarting(true);
    const began = await startInstall(summary, {
      password: draft.password,
      secrets: givenSecrets(),
      certificate: currentAccess(draft).certificate,
      signIn: signInSecretsOf(draft),
      baseDir: request.settings.baseDir,
    });
    setStarting(false);
    if (began) goStep("install");
    else setRefused(summary.id);
  };

  return (
    <StepLayout
      wide
      title={t("steps.plan")}
      intro={t("plan.intro", {
        title: currentRelease(draft)?.title[language] ?? "",
        cluster: cluster.info?.name ?? "",
      })}
      footer={
        <>
          <Button variant="ghost" onPress={() => goStep("checks")}>
            {t("common.back")}
          </Button>
          <span className="grow" />
          <CommandsButton step="plan" />
          <Button
            variant={isOutOfDate ? "default" : "primary"}
            isDisabled={
              summary === undefined ||
              isOutOfDate ||
              starting ||
              busy ||
              (problem !== undefined && askedPassword) ||
              kfdefProblem !== undefined
            }
            onPress={() => void start()}
          >
            {starting ? t("plan.starting") : t("plan.install")}
          </Button>
        </>
      }
    >
      {request === undefined || !connected ? (
        <Missing noCluster={!connected} connecting={cluster.state === "connecting"} />
      ) : null}
      {request ? <InstalledAlready settings={request.settings} /> : null}
      {failed ? (
        <ErrorBanner
          error={failed}
          actions={
            request ? (
              <Button
                variant={failedFix ? "default" : "primary"}
                onPress={() => void preparePlan(request, { again: true })}
              >
                {t("common.again")}
              </Button>
            ) : null
          }
        />
      ) : null}
      {progress?.state === "cancelled" && request ? (
        <Banner
          tone="info"
          title={t("plan.cancelled")}
          actions={<Button onPress={() => void preparePlan(request, { again: true })}>{t("common.again")}</Button>}
        />
      ) : null}
      {installError && (isOutOfDate || installError.code !== "plan-stale") ? (
        <ErrorBanner error={installError} />
      ) : null}
      {kfdefProblem !== undefined && kfdefProblem !== "reading" ? (
        <Banner
          tone="warn"
          title={t(`kfdef.blocked.${kfdefProblem}`)}
          actions={<Button onPress={() => goStep("components")}>{t("steps.components")}</Button>}
        />
      ) : null}
      {currentSignIn(draft, kfdef) && askedPassword ? (
        <div className="plan-password">
          <PasswordField
            optional={passwordOptional(draft.folder)}
            error={problem === undefined ? undefined : problemText(t, problem)}
            onUsed={() => undefined}
          />
        </div>
      ) : null}
      {progress?.state === "running" ? <Preparing progress={progress} onCancel={() => void cancelPlan()} /> : null}
      {summary ? <Plan summary={summary} /> : null}
    </StepLayout>
  );
}

function Missing({ noCluster, connecting }: { noCluster: boolean; connecting: boolean }) {
  const { t } = useTranslation();
  if (connecting) return <Banner tone="info" title={t("cluster.connecting")} />;
  return (
    <Banner
      tone="warn"
      title={noCluster ? t("steps.locked.cluster") : t("steps.locked.settings")}
      actions={
        <Button variant="primary" onPress={() => goStep(noCluster ? "cluster" : "settings")}>
          {noCluster ? t("steps.cluster") : t("steps.settings")}
        </Button>
      }
    />
  );
}

/** Images that are gone have a card of their own; secrets are asked for before the plan, which goes without them. */
const saidElsewhere: ReadonlySet<string> = new Set(["override-images", "give-secrets"]);

function Plan({ summary }: { summary: PlanSummary }) {
  const warnings = summary.warnings.filter(({ fix }) => fix === undefined || !saidElsewhere.has(fix.id));
  return (
    <div className="plan">
      <Totals summary={summary} />
      {warnings.map((warning) => (
        <ErrorBanner key={warning.code + warning.message} error={warning} tone="warn" />
      ))}
      <GoneImages gone={summary.goneImages} />
      <div className="plan-columns">
        <div className="plan-main">
          <PlatformChanges platform={summary.platform} />
          {summary.conversions.length > 0 ? <Conversions changes={summary.conversions} /> : null}
          <CloudFiles files={summary.cloudFiles} />
          <ComponentTable release={summary.release} components={summary.components} />
        </div>
        <div className="plan-side">
          <Changes changes={summary.changes} />
          <Adjustments adjustments={summary.adjustments} />
          <Waves waves={summary.waves} />
          <Images images={summary.images} />
          <ImageChanges changes={summary.imageChanges} />
        </div>
      </div>
    </div>
  );
}
