import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PlatformJob } from "../../../../common/contract/index.ts";
import { useCluster } from "../../../state/cluster.ts";
import { usePractice } from "../../../state/practice.ts";
import { go, goStep } from "../../../state/route.ts";
import { useStream } from "../../../state/use-stream.ts";
import { Button } from "../../../ui/Button.tsx";
import { CommandsButton, CommandsTeach } from "../CommandsButton.tsx";
import "../cluster/Cluster.css";
import { Teach } from "../ExplainPanel.tsx";
import { StepLayout } from "../StepLayout.tsx";
import { cardOf, takeEnded } from "./actions.ts";
import { CloudPanel } from "./CloudPanel.tsx";
import { ComputerPanel } from "./ComputerPanel.tsx";
import { ExistingPanel } from "./ExistingPanel.tsx";
import { JobView } from "./JobView.tsx";
import { PlatformCards } from "./PlatformCards.tsx";
import { ReadCommands } from "./ReadCommands.tsx";
import { cardInFront, openCard, usePlatform } from "./state.ts";
import { useViews } from "./use-views.ts";
import "./Platform.css";

/** Where Kubeflow will run: five platforms, and behind each what is there and what can be done. */
export function PlatformStep() {
  const { t } = useTranslation();
  const cluster = useCluster();
  const card = cardInFront(
    usePlatform((state) => state.card),
    cluster,
    usePractice(({ status }) => status?.state === "starting"),
  );
  const views = useViews();
  const { item: jobs = [] } = useStream("platforms.jobs", {});
  useEnded(jobs);
  // The card in front is open: what is on this computer is looked at, but nothing in a cloud.
  useEffect(() => {
    if (card === "computer" && usePlatform.getState().card === undefined)
      usePlatform.setState({ opened: ["computer"] });
  }, [card]);
  const connected = cluster.state === "connected";
  const own = cluster.list?.contexts.some((context) => !context.practice) ?? false;
  const broken = cluster.list?.files.some(({ error }) => error && error.code !== "kubeconfig-missing") ?? false;
  const shown = jobs.filter((job) => cardOf(job.request) === card).toReversed();
  const asked = card === undefined || card === "existing" ? "tools" : card;
  return (
    <StepLayout
      wide
      title={t("platforms.title")}
      intro={t("platforms.intro")}
      aside={
        <>
          <ReadCommands view={views[asked]} />
          <Teach title={t("cluster.teachContext.title")}>{t("cluster.teachContext.text")}</Teach>
          <Teach title={t("platforms.teach.changes")}>{t("platforms.teach.changesText")}</Teach>
          {card === "computer" ? (
            <Teach title={t("cluster.teachPractice.title")}>{t("cluster.teachPractice.text")}</Teach>
          ) : (
            <Teach title={t("platforms.teach.none")}>
              <p>{t("platforms.teach.noneText")}</p>
              <Button size="sm" variant="ghost" onPress={() => openCard("computer")}>
                {t("platforms.card.computer")}
              </Button>
            </Teach>
          )}
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
      <PlatformCards open={card} views={views} />
      <div className="platform-open">
        {shown.map((job) => (
          <JobView key={job.id} job={job} />
        ))}
        {card === "computer" ? (
          <ComputerPanel view={views.computer.item ?? views.tools.item} recommended={!own} />
        ) : null}
        {card === "existing" || (card === "computer" && broken && !own) ? <ExistingPanel /> : null}
        {card === "eks" || card === "gke" || card === "aks" ? (
          <CloudPanel key={card} platform={card} view={views[card].item ?? views.tools.item} />
        ) : null}
      </div>
    </StepLayout>
  );
}

/** Follows jobs to their end, which is acted on once. */
function useEnded(jobs: readonly PlatformJob[]): void {
  // A quick one has ended before the answer that names it is here.
  const connecting = usePlatform((state) => state.connecting);
  const running = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const isGoing = ({ state }: PlatformJob) => state === "running" || state === "cleaning";
    for (const job of jobs)
      if (!isGoing(job) && (running.current.has(job.id) || connecting.includes(job.id))) takeEnded(job);
    running.current = new Set(jobs.filter(isGoing).map(({ id }) => id));
  }, [jobs, connecting]);
}
