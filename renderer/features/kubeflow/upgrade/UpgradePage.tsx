import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId, InstallSettings } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { cancelPlan } from "../../../state/plan.ts";
import { formatRoute, go } from "../../../state/route.ts";
import { useStable } from "../../../state/use-stable.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { wholePercent } from "../../../ui/format.ts";
import { Progress } from "../../../ui/Progress.tsx";
import { Target } from "./Target.tsx";
import { UpgradePlanView } from "./UpgradePlanView.tsx";
import { firstSettings, useTargets, useUpgradePlan } from "./use-upgrade-plan.ts";
import "./Upgrade.css";

/** Changes an installation to another release or other components: what that does, what it needs consent for, and the start. */
export function UpgradePage({ kfDir, context }: { kfDir: string; context: ContextId }) {
  const { t } = useTranslation();
  const { known, error: unknown } = useTargets(kfDir);
  const [chosen, setChosen] = useState<InstallSettings>();
  const settings = chosen ?? (known && firstSettings(kfDir, known));
  const { progress, summary, error, again } = useUpgradePlan(context, useStable(settings));
  const [refused, setRefused] = useState<AppError>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${t("upgrade.title")} · Flowdeck`;
  }, [t]);
  const to = settings?.release ?? "";
  const problem = unknown ?? error;
  return (
    <div className="upgrade">
      <header className="upgrade-head">
        <p>
          <a href={formatRoute({ place: "kubeflow" })}>{t("kubeflow.title")}</a>
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {known === undefined
            ? t("upgrade.title")
            : known.from === to
              ? t("upgrade.headingSame", { from: known.from })
              : t("upgrade.heading", { from: known.from, to })}
        </h1>
        {known && settings ? <Target known={known} settings={settings} onChange={setChosen} /> : null}
      </header>
      {problem ? (
        <ErrorBanner error={problem} actions={<Button onPress={again}>{t("upgrade.planAgain")}</Button>} />
      ) : null}
      {refused ? (
        <ErrorBanner
          error={refused}
          actions={
            <Button
              onPress={() => {
                setRefused(undefined);
                again();
              }}
            >
              {t("upgrade.planAgain")}
            </Button>
          }
        />
      ) : null}
      {progress?.state === "running" ? <Making fraction={progress.fraction} said={progress.said} /> : null}
      {progress?.state === "cancelled" ? <Button onPress={again}>{t("upgrade.planAgain")}</Button> : null}
      {summary?.upgrade && settings ? (
        <UpgradePlanView key={summary.id} {...{ summary, settings }} plan={summary.upgrade} onRefused={setRefused} />
      ) : (
        <footer className="upgrade-foot">
          <Button variant="ghost" onPress={() => go({ place: "kubeflow" })}>
            {t("upgrade.back")}
          </Button>
        </footer>
      )}
    </div>
  );
}

function Making({ fraction, said }: { fraction: number; said: Parameters<typeof textOf>[0] | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="upgrade-making">
      <p role="status">{said === undefined ? t("upgrade.loading") : textOf(said, language)}</p>
      <Progress label={t("upgrade.plan")} fraction={fraction} />
      <span className="faint">{wholePercent(fraction)}%</span>
      <Button size="sm" onPress={() => void cancelPlan()}>
        {t("common.cancel")}
      </Button>
    </div>
  );
}
