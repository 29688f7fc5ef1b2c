import { type RefObject, useEffect, useRef } from "react";
import { Button } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import type { ComponentProgress, InstallStatus } from "../../../../common/contract/index.ts";
import { isActive } from "../../../state/install.ts";
import { useTitles } from "../../../state/use-titles.ts";
import { Card } from "../../../ui/Card.tsx";
import { useFormat } from "../../../ui/format.ts";
import { useErrorWords } from "../../../ui/use-error-words.ts";
import { atWork, axisEnd, barOf, ticks } from "./axis.ts";
import { useElapsed } from "./use-elapsed.ts";

const signs: Record<ComponentProgress["state"], string> = {
  waiting: "·",
  applying: "◔",
  starting: "◐",
  ready: "✓",
  failed: "!",
  removing: "◐",
  removed: "✓",
};

/** Every component as a bar on one time axis, from its first object to its last workload. */
export function ComponentTimeline({ status, onLog }: { status: InstallStatus; onLog: (about: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const end = axisEnd(useElapsed(status));
  const marks = ticks(end);
  const titles = useTitles();
  const long = status.components.length > 25;
  const rows = useRef<HTMLUListElement>(null);
  useFollowWork(rows, long && isActive(status) ? atWork(status.components) : undefined);
  return (
    <Card padded={false} className={long ? "timeline timeline-long" : "timeline"}>
      <header className="timeline-head">
        <h2 className="section-title">{t("install.components")}</h2>
        <div className="timeline-axis" aria-hidden>
          <span className="axis-start">{format.duration(0)}</span>
          {marks.map((mark) => (
            <span key={mark.ms} className="axis-mark" style={{ left: `${mark.at}%` }}>
              {format.duration(mark.ms)}
            </span>
          ))}
          <span className="axis-end">{isActive(status) ? t("install.now") : format.duration(end)}</span>
        </div>
        <span className="timeline-count-head">
          {status.activity === "install" ? t("install.ready") : t("install.gone")}
        </span>
      </header>
      <ul className="timeline-rows" ref={rows}>
        {status.components.map((component) => (
          <Row
            removing={status.activity === "uninstall"}
            key={component.id}
            component={component}
            title={titles.component(status.release, component)}
            troubled={status.problems.some((problem) => problem.component === component.id)}
            end={end}
            marks={marks}
            onLog={onLog}
          />
        ))}
      </ul>
    </Card>
  );
}

/** Keeps the row that is at work in sight, until the user moves the list. */
function useFollowWork(rows: RefObject<HTMLUListElement | null>, row: number | undefined): void {
  const own = useRef(false);
  useEffect(() => {
    const box = rows.current?.closest(".install-body");
    const stop = () => {
      own.current = true;
    };
    const kinds = ["wheel", "pointerdown", "keydown"] as const;
    for (const kind of kinds) box?.addEventListener(kind, stop, { passive: true });
    return () => {
      for (const kind of kinds) box?.removeEventListener(kind, stop);
    };
  }, [rows]);
  useEffect(() => {
    if (row !== undefined && !own.current) rows.current?.children[row]?.scrollIntoView({ block: "nearest" });
  }, [rows, row]);
}

interface RowProps {
  component: ComponentProgress;
  title: string;
  /** While it is taken out, `applied` counts what is still there. */
  removing: boolean;
  /** One of its objects needs the user, while the component itself goes on trying. */
  troubled: boolean;
  end: number;
  marks: readonly { ms: number; at: number }[];
  onLog: (about: string) => void;
}

function Row({ component, title, removing, troubled, end, marks, onLog }: RowProps) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const bar = barOf(component, end);
  const state = troubled ? "failed" : component.state;
  const byWorkloads =
    !removing && component.workloads > 0 && (state === "starting" || state === "ready" || state === "failed");
  const placed = removing ? component.objects - component.applied : component.applied;
  const [done, total] = byWorkloads ? [component.ready, component.workloads] : [placed, component.objects];
  const words = [
    t(`install.component.${state}`),
    t(byWorkloads ? "install.workloadsOf" : removing ? "install.objectsRemoved" : "install.objectsOf", { done, total }),
    component.error && errorWords(component.error).title,
  ].filter(Boolean);
  const took =
    component.startedMs !== undefined && component.endedMs !== undefined
      ? format.duration(component.endedMs - component.startedMs)
      : undefined;
  return (
    <li>
      <Button className={`timeline-row timeline-${state}`} onPress={() => onLog(component.id)}>
        <span className="timeline-sign" aria-hidden>
          {signs[state]}
        </span>
        <span className="timeline-name" title={title}>
          {title}
        </span>
        <span className="sr-only">{`: ${words.join(", ")}. ${t("install.log.show")}`}</span>
        <span className="lane" aria-hidden>
          {marks.map((mark) => (
            <i key={mark.ms} className="lane-mark" style={{ left: `${mark.at}%` }} />
          ))}
          {bar ? <i className="lane-bar" style={{ left: `${bar.left}%`, width: `${bar.width}%` }} /> : null}
        </span>
        <span className="timeline-count mono" title={took} aria-hidden>
          {state === "waiting" ? "" : `${done}/${total}`}
        </span>
      </Button>
    </li>
  );
}
