import type { TFunction } from "i18next";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { InstalledView } from "../../../common/contract/index.ts";
import { useTitles } from "../../state/use-titles.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { useFormat } from "../../ui/format.ts";
import { ExternalLink, RotateCw } from "../../ui/icons.ts";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import type { useDashboard } from "./use-dashboard.ts";

export interface HeadProps {
  view: InstalledView;
  cluster: string;
  others: readonly InstalledView[];
  onChoose: (id: string) => void;
  onCheck: () => void;
  checking: boolean;
  dashboard: ReturnType<typeof useDashboard>;
}

/** What is installed and where, with one tag that says how it is. */
export function Head({ view, cluster, others, onChoose, onCheck, checking, dashboard }: HeadProps) {
  const { t } = useTranslation();
  const titles = useTitles();
  const heading = useRef<HTMLHeadingElement>(null);
  const { tone, sign, words } = tagOf(view, t);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className="kubeflow-head">
      <div className="kubeflow-title">
        <h1 ref={heading} tabIndex={-1}>
          {titles.release(view)}
        </h1>
        <Tag tone={tone} sign={sign}>
          {words}
        </Tag>
        <span className="grow" />
        {view.origin === "here" ? (
          <Button icon={<RotateCw aria-hidden />} onPress={onCheck} isDisabled={checking}>
            {t("kubeflow.checkAgain")}
          </Button>
        ) : null}
        {dashboard.open ? (
          <Button
            variant="primary"
            icon={<ExternalLink aria-hidden />}
            isDisabled={dashboard.opening}
            onPress={() => dashboard.open?.()}
          >
            {t(dashboard.opening ? "kubeflow.opening" : "kubeflow.openDashboard")}
          </Button>
        ) : null}
      </div>
      <Facts view={view} cluster={cluster} />
      {others.length > 1 ? (
        <fieldset className="kubeflow-others" aria-label={t("kubeflow.choose")}>
          {others.map((other) => (
            <Button
              key={other.id}
              size="sm"
              variant={other.id === view.id ? "primary" : "default"}
              aria-pressed={other.id === view.id}
              onPress={() => onChoose(other.id)}
            >
              {other.name}
            </Button>
          ))}
        </fieldset>
      ) : null}
      {dashboard.error ? <ErrorBanner error={dashboard.error} /> : null}
    </header>
  );
}

function Facts({ view, cluster }: { view: InstalledView; cluster: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { origin, host = "", kfDir = "", installedAt, objects, components } = view;
  const pods = components.reduce((sum, { podsTotal }) => sum + podsTotal, 0);
  return (
    <p className="kubeflow-facts muted">
      <span>{t("kubeflow.onCluster", { cluster })}</span>
      {installedAt ? <span>{t("kubeflow.installedAt", { time: format.date(installedAt) })}</span> : null}
      {objects > 0 ? <span>{t("kubeflow.objects", { count: objects })}</span> : null}
      <span>{t("kubeflow.pods", { count: pods })}</span>
      {origin === "here" ? <span className="mono">{kfDir}</span> : null}
      {origin === "elsewhere" ? <span>{t("kubeflow.fromElsewhere", { host, folder: kfDir })}</span> : null}
      {origin === "other" ? <span>{t("kubeflow.fromOther")}</span> : null}
    </p>
  );
}

/** The one word on how it is; what the last run left undone goes before what runs. */
function tagOf(view: InstalledView, t: TFunction): { tone: Tone; sign: string; words: string } {
  const { state, health, components, looking } = view;
  const count = (wanted: InstalledView["health"]) => components.filter((one) => one.health === wanted).length;
  if (state === "running") return { tone: "run", sign: "◐", words: t("kubeflow.health.running") };
  if (state === "removing") return { tone: "run", sign: "◐", words: t("kubeflow.health.removing") };
  if (health === "bad") {
    const bad = { count: count("bad"), total: components.length };
    return { tone: "bad", sign: "!", words: t("kubeflow.health.bad", bad) };
  }
  if (state !== "installed") return { tone: "warn", sign: "△", words: t("kubeflow.health.incomplete") };
  if (looking) return { tone: "idle", sign: "·", words: t("common.looking") };
  if (health === "progressing") {
    return { tone: "run", sign: "◐", words: t("kubeflow.health.progressing", { count: count("progressing") }) };
  }
  if (health === "unknown") return { tone: "idle", sign: "·", words: t("kubeflow.health.unknown") };
  return { tone: "ok", sign: "✓", words: t("kubeflow.health.ok") };
}
