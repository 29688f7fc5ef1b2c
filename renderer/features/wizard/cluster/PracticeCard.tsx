import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PracticeStatus } from "../../../../common/contract/index.ts";
import { connect, useCluster } from "../../../state/cluster.ts";
import { cancelStart, resetPractice, startPractice, stopPractice, usePractice } from "../../../state/practice.ts";
import { Button } from "../../../ui/Button.tsx";
import { ConfirmPane } from "../../../ui/ConfirmPane.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Tag, type Tone } from "../../../ui/Tag.tsx";
import { ClusterFacts } from "./ClusterFacts.tsx";
import { PracticeOptions } from "./PracticeOptions.tsx";
import { StartSteps } from "./StartSteps.tsx";

const tones: Record<PracticeStatus["state"], { tone: Tone; sign: string }> = {
  absent: { tone: "idle", sign: "·" },
  stopped: { tone: "idle", sign: "·" },
  starting: { tone: "run", sign: "◐" },
  running: { tone: "ok", sign: "✓" },
  stopping: { tone: "run", sign: "◐" },
  failed: { tone: "bad", sign: "!" },
};

/** The practice cluster: start it, see it start, use it, stop or reset it. */
export function PracticeCard({ recommended }: { recommended: boolean }) {
  const { t } = useTranslation();
  const { status, error } = usePractice();
  const cluster = useCluster();
  const [asking, setAsking] = useState<"stop" | "reset" | undefined>(undefined);
  const state = status?.state ?? "absent";
  const chosen = cluster.chosen !== undefined && cluster.chosen === status?.context;
  const look = tones[state];
  return (
    <section
      className={chosen || (recommended && cluster.chosen === undefined) ? "choice choice-on" : "choice"}
      aria-labelledby="practice-title"
    >
      <header className="choice-head">
        <h2 id="practice-title">{t("practice.title")}</h2>
        {recommended && state === "absent" ? (
          <Tag tone="run">{t("practice.recommended")}</Tag>
        ) : (
          <Tag tone={look.tone} sign={look.sign}>
            {t(`practice.state.${state}`)}
          </Tag>
        )}
        <span className="grow" />
        <Actions status={status} chosen={chosen} ask={setAsking} />
      </header>
      <p className="choice-text">{t("practice.text")}</p>
      {error ? <ErrorBanner error={error} /> : null}
      {state === "failed" && status?.error ? <ErrorBanner error={status.error} /> : null}
      {state === "starting" && status ? <StartSteps status={status} /> : null}
      {asking ? (
        <ConfirmPane
          title={t(`practice.${asking}.title`)}
          confirm={t(`practice.${asking}.confirm`)}
          keep={t("common.keep")}
          onKeep={() => setAsking(undefined)}
          onConfirm={() => {
            setAsking(undefined);
            void (asking === "stop" ? stopPractice() : resetPractice());
          }}
          danger={asking === "reset"}
        >
          <p>{t(`practice.${asking}.text`)}</p>
        </ConfirmPane>
      ) : null}
      {chosen && state === "running" ? <ClusterFacts /> : null}
      {chosen && state === "running" && cluster.error ? <ErrorBanner error={cluster.error} /> : null}
      {state === "absent" || state === "stopped" || state === "failed" ? <PracticeOptions status={status} /> : null}
    </section>
  );
}

interface ActionsProps {
  status: PracticeStatus | undefined;
  chosen: boolean;
  ask: (what: "stop" | "reset") => void;
}

function Actions({ status, chosen, ask }: ActionsProps) {
  const { t } = useTranslation();
  const failed = useCluster((known) => chosen && known.state === "failed");
  const state = status?.state;
  if (state === undefined || state === "stopping") return null;
  if (state === "starting")
    return (
      <Button size="sm" variant="ghost" onPress={() => void cancelStart()}>
        {t("common.cancel")}
      </Button>
    );
  const context = status?.context;
  if (state === "running")
    return (
      <>
        <Button size="sm" variant="ghost" onPress={() => ask("reset")}>
          {t("practice.reset.ask")}
        </Button>
        <Button size="sm" variant="ghost" onPress={() => ask("stop")}>
          {t("practice.stop.ask")}
        </Button>
        {(chosen && !failed) || context === undefined ? null : (
          <Button size="sm" variant="primary" onPress={() => void connect(context)}>
            {failed ? t("common.again") : t("cluster.use")}
          </Button>
        )}
      </>
    );
  return (
    <>
      {state === "absent" ? null : (
        <Button size="sm" variant="ghost" onPress={() => ask("reset")}>
          {t("practice.reset.ask")}
        </Button>
      )}
      <Button size="sm" variant="primary" onPress={() => void startPractice()}>
        {state === "failed" ? t("common.again") : t("practice.start")}
      </Button>
    </>
  );
}
