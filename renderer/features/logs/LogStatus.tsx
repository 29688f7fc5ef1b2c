import { useTranslation } from "react-i18next";
import type { LogPattern, LogSourceState, LogView } from "../../../common/contract/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useFormat } from "../../ui/format.ts";
import { Tag } from "../../ui/Tag.tsx";
import { reasonText } from "./reason-text.ts";

/** Fewer lines are filtered before anyone could read that they are. */
const muchPending = 10_000;

export interface LogStatusProps {
  view: LogView;
  sources: readonly LogSourceState[];
  search: LogPattern;
  marks: number;
  follow: boolean;
  /** What the last command did. */
  said: string;
}

/** How many lines there are and how they come; what had to be dropped, exactly, and from where. */
export function LogStatus({ view, sources, marks, follow, said }: LogStatusProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  const rows = view.endRow - view.firstRow;
  const kept = view.lines - view.dropped;
  const worst = sources
    .filter(({ dropped }) => dropped > 0)
    .toSorted((a, b) => b.dropped - a.dropped)
    .map(({ pod, container, dropped }) => `${pod}/${container} ${format.number(dropped)}`);
  const reconnecting = sources.filter(({ state }) => state === "reconnecting");
  const failed = sources.filter(({ state }) => state === "failed");
  return (
    <footer className="logs-status">
      <span>
        {rows === kept
          ? t("logs.lines", { count: view.lines, lines: format.number(view.lines) })
          : t("logs.shownOf", { shown: format.number(rows), lines: format.number(view.lines) })}
      </span>
      <span className="faint">{format.bytes(view.bytes)}</span>
      {view.pending > muchPending ? <span className="faint">{t("logs.filtering")}</span> : null}
      {marks > 0 ? <span className="faint">{t("logs.marks", { count: marks })}</span> : null}
      {view.dropped > 0 ? (
        <span title={worst.join("\n")}>
          <Tag tone="warn" sign="△">
            {t("logs.dropped", { count: view.dropped, lines: format.number(view.dropped) })}
          </Tag>{" "}
          <span className="faint">{worst.slice(0, 3).join(" · ")}</span>
        </span>
      ) : null}
      {view.leftOut > 0 ? (
        <Tag tone="warn" sign="△">
          {t("logs.sources.leftOut", { count: view.leftOut })}
        </Tag>
      ) : null}
      {reconnecting.length > 0 ? (
        <span title={reasonText(reconnecting[0]?.reason, language)}>
          <Tag tone="warn" sign="△">
            {t("logs.reconnecting", { count: reconnecting.length })}
          </Tag>
        </span>
      ) : null}
      {failed.length > 0 ? (
        <span title={reasonText(failed[0]?.reason, language)}>
          <Tag tone="bad" sign="!">
            {t("logs.unreadable", { count: failed.length })}
          </Tag>
        </span>
      ) : null}
      <span className="grow" />
      <span role="status">{said}</span>
      <span className="faint">{view.finished ? t("logs.finished") : t(follow ? "logs.following" : "logs.paused")}</span>
    </footer>
  );
}
