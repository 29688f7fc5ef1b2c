import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useInstall } from "../../../state/install.ts";
import { goStep } from "../../../state/route.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { StepLayout } from "../StepLayout.tsx";
import { Announcer } from "./Announcer.tsx";
import { ComponentTimeline } from "./ComponentTimeline.tsx";
import { InstallFooter } from "./InstallFooter.tsx";
import { InstallHead } from "./InstallHead.tsx";
import { LogDrawer } from "./LogDrawer.tsx";
import { PodSquares } from "./PodSquares.tsx";
import { Problems } from "./Problems.tsx";
import { Standing } from "./RunStatus.tsx";
import { Waiting } from "./Waiting.tsx";
import "./Install.css";

export function InstallStep() {
  const { t } = useTranslation();
  const status = useInstall((state) => state.status);
  const error = useInstall((state) => state.error);
  const [filter, setFilter] = useState("");
  const [logOpen, setLogOpen] = useState(false);

  if (status === undefined || status.state === "none")
    return (
      <StepLayout
        title={t("steps.install")}
        footer={
          <Button variant="ghost" onPress={() => goStep("plan")}>
            {t("common.back")}
          </Button>
        }
      >
        {error ? <ErrorBanner error={error} /> : null}
        <div className="install-empty">
          <Banner
            tone="info"
            title={t("install.empty")}
            actions={
              <Button variant="primary" onPress={() => goStep("plan")}>
                {t("install.emptyGo")}
              </Button>
            }
          >
            {t("install.emptyText")}
          </Banner>
        </div>
      </StepLayout>
    );

  const showLog = (about: string) => {
    setFilter(about);
    setLogOpen(true);
  };
  return (
    <div className="install">
      <InstallHead status={status} />
      <div className="install-body">
        {error ? <ErrorBanner error={error} /> : null}
        <Standing status={status} />
        <Problems problems={status.problems} onLog={showLog} />
        <div className="install-grid">
          <ComponentTimeline status={status} onLog={showLog} />
          <div className="install-side">
            <PodSquares pods={status.pods} total={status.activity === "uninstall" ? 0 : status.podsTotal} />
            <Waiting status={status} />
          </div>
        </div>
      </div>
      <LogDrawer filter={filter} onFilter={setFilter} open={logOpen} onOpen={setLogOpen} />
      <InstallFooter status={status} />
      <Announcer status={status} />
    </div>
  );
}
