import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../../common/contract/index.ts";
import { closeDashboard, openDashboard, useInstall } from "../../../state/install.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { ExternalLink } from "../../../ui/icons.ts";
import { Tag } from "../../../ui/Tag.tsx";

export interface DashboardCardProps {
  kfDir: string;
  context: ContextId;
  signIn: boolean;
  email: string | undefined;
  /** Other ways in. */
  children?: ReactNode;
}

/** The way in: a port-forward that the app keeps, its address, and who signs in. */
export function DashboardCard({ kfDir, context, signIn, email, children }: DashboardCardProps) {
  const { t } = useTranslation();
  const dashboard = useInstall((state) => state.dashboard);
  const error = useInstall((state) => state.dashboardError);
  const [opening, setOpening] = useState(false);
  const open = async () => {
    setOpening(true);
    const url = await openDashboard(kfDir, context);
    setOpening(false);
    if (url !== undefined) window.open(url, "_blank", "noopener,noreferrer");
  };
  return (
    <section className="dashboard" aria-labelledby="dashboard-title">
      <header className="choice-head">
        <h2 id="dashboard-title">{t("done.dashboard")}</h2>
        {dashboard ? (
          <Tag tone="ok" sign="✓">
            {t("done.forwarding")}
          </Tag>
        ) : null}
      </header>
      <p>{t("done.dashboardText")}</p>
      <div className="dashboard-line">
        <Button
          variant="primary"
          icon={<ExternalLink aria-hidden />}
          isDisabled={opening}
          onPress={() => (dashboard ? window.open(dashboard.url, "_blank", "noopener,noreferrer") : void open())}
        >
          {opening ? t("done.opening") : t("done.open")}
        </Button>
        {dashboard ? (
          <>
            <a className="mono dashboard-address" href={dashboard.url} target="_blank" rel="noreferrer">
              {dashboard.url}
            </a>
            <span className="grow" />
            <Button variant="ghost" size="sm" onPress={() => void closeDashboard(kfDir)}>
              {t("done.close")}
            </Button>
          </>
        ) : null}
      </div>
      {dashboard?.simulated ? (
        <Banner tone="info" title={t("done.simulated")}>
          {t("done.simulatedText")}
        </Banner>
      ) : null}
      {error ? <ErrorBanner error={error} /> : null}
      {children}
      {signIn ? (
        <dl className="login">
          <div>
            <dt>{t("settings.email")}</dt>
            <dd className="mono">{dashboard?.email ?? email ?? "–"}</dd>
          </div>
          <div>
            <dt>{t("settings.password")}</dt>
            <dd>{t("done.yourPassword")}</dd>
          </div>
        </dl>
      ) : null}
    </section>
  );
}
