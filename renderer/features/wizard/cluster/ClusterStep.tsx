import { useTranslation } from "react-i18next";
import { useCluster } from "../../../state/cluster.ts";
import { AddFile } from "../../../state/connected/AddFile.tsx";
import { go, goStep } from "../../../state/route.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { CommandsButton, CommandsTeach } from "../CommandsButton.tsx";
import { Teach } from "../ExplainPanel.tsx";
import { StepLayout } from "../StepLayout.tsx";
import { ContextFiles } from "./ContextFiles.tsx";
import { PracticeCard } from "./PracticeCard.tsx";
import "./Cluster.css";

export function ClusterStep() {
  const { t } = useTranslation();
  const cluster = useCluster();
  const own = cluster.list?.contexts.filter((context) => !context.practice) ?? [];
  const connected = cluster.state === "connected";
  const practiceFirst = own.length === 0;
  const contexts = (
    <section className="cluster-own" aria-labelledby="own-clusters">
      <h2 className="cluster-title" id="own-clusters">
        {t("cluster.own")}
      </h2>
      {cluster.listError ? <ErrorBanner error={cluster.listError} /> : null}
      <ContextFiles />
      <AddFile />
    </section>
  );
  return (
    <StepLayout
      title={t("cluster.title")}
      intro={t("cluster.intro")}
      aside={
        <>
          <Teach title={t("cluster.teachContext.title")}>{t("cluster.teachContext.text")}</Teach>
          <Teach title={t("cluster.teachPractice.title")}>{t("cluster.teachPractice.text")}</Teach>
          <CommandsTeach step="cluster" />
        </>
      }
      footer={
        <>
          <Button variant="ghost" onPress={() => go({ place: "home" })}>
            {t("common.back")}
          </Button>
          <span className="grow" />
          {connected ? null : <span className="foot-note">{t("steps.locked.cluster")}</span>}
          <CommandsButton step="cluster" />
          <Button variant="primary" isDisabled={!connected} onPress={() => goStep("settings")}>
            {t("common.continue")}
          </Button>
        </>
      }
    >
      {practiceFirst ? (
        <>
          <PracticeCard recommended />
          {contexts}
        </>
      ) : (
        <>
          {contexts}
          <PracticeCard recommended={false} />
        </>
      )}
    </StepLayout>
  );
}
