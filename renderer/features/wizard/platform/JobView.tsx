import { useTranslation } from "react-i18next";
import type { PlatformJob } from "../../../../common/contract/index.ts";
import { findContext, useCluster } from "../../../state/cluster.ts";
import { Age } from "../../../ui/Age.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { Tag, type Tone } from "../../../ui/Tag.tsx";
import { ContextRow } from "../cluster/ContextRow.tsx";
import { cancelJob, showTerminal } from "./actions.ts";

const tones: Record<PlatformJob["state"], { tone: Tone; sign: string }> = {
  running: { tone: "run", sign: "◐" },
  cleaning: { tone: "run", sign: "◐" },
  done: { tone: "ok", sign: "✓" },
  failed: { tone: "bad", sign: "!" },
  cancelled: { tone: "idle", sign: "·" },
};

/** An action under way or ended: its output, and the context that it led to. */
export function JobView({ job }: { job: PlatformJob }) {
  const { t } = useTranslation();
  const { state, request, output, problem, startedAt, terminal } = job;
  const title = t(`platforms.job.${request.action}`, { name: request.name });
  const context = useCluster(({ list }) => findContext(list, job.context));
  const going = state === "running" || state === "cleaning";
  const look = tones[state];
  return (
    <section className="platform-job" aria-label={title}>
      <div className="choice-head" role="status">
        <b>{title}</b>
        <Tag tone={look.tone} sign={look.sign}>
          {t(`platforms.job.${state}`)}
        </Tag>
        {going ? (
          <span className="faint">
            {t("platforms.job.since")} <Age since={startedAt} />
          </span>
        ) : null}
        <span className="grow" />
        {terminal ? (
          <Button size="sm" variant="ghost" onPress={() => showTerminal(terminal, title)}>
            {t("platforms.job.terminal")}
          </Button>
        ) : null}
        {state === "running" ? (
          <Button size="sm" onPress={() => void cancelJob(job.id)}>
            {t("platforms.job.cancel")}
          </Button>
        ) : null}
      </div>
      {problem ? <ErrorBanner error={problem} /> : null}
      {going ? (
        <Output lines={output} />
      ) : output.length > 0 ? (
        <Disclosure title={t("platforms.job.output")} level={2}>
          <Output lines={output} />
        </Disclosure>
      ) : null}
      {context && state === "done" ? (
        <ul className="contexts">
          <ContextRow context={context} />
        </ul>
      ) : null}
    </section>
  );
}

function Output({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <ScrollRegion className="platform-output" label={t("platforms.job.output")}>
      <pre>{lines.join("\n")}</pre>
    </ScrollRegion>
  );
}
