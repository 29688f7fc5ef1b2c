import { type UIEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Input } from "react-aria-components/Input";
import { SearchField } from "react-aria-components/SearchField";
import { useTranslation } from "react-i18next";
import type { LogEntry } from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useInstall } from "../../../state/install.ts";
import { Button } from "../../../ui/Button.tsx";
import { useFormat } from "../../../ui/format.ts";
import { ChevronDown, Search } from "../../../ui/icons.ts";
import { entryText, filterLog } from "./log.ts";

/** The DOM holds this many lines at most; the filter finds the others. */
const shownAtMost = 600;

export interface LogDrawerProps {
  filter: string;
  onFilter: (filter: string) => void;
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** The last lines of the log, or all of it with a filter. Follows the end until it is scrolled away from or paused. */
export function LogDrawer({ filter, onFilter, open, onOpen }: LogDrawerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const log = useInstall((state) => state.log);
  const [paused, setPaused] = useState<readonly LogEntry[] | undefined>(undefined);
  const box = useRef<HTMLOListElement>(null);
  const follow = useRef(true);
  const source = paused ?? log;
  const found = useMemo(() => filterLog(source, open ? filter : "", language), [source, filter, open, language]);
  const shown = open ? found.slice(-shownAtMost) : found.slice(-3);
  const last = shown.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line, or a drawer just opened, moves the view
  useLayoutEffect(() => {
    const element = box.current;
    if (element && follow.current) element.scrollTop = element.scrollHeight;
  }, [last, open]);
  const onScroll = (event: UIEvent<HTMLOListElement>) => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    follow.current = scrollHeight - scrollTop - clientHeight < 24;
  };
  return (
    <section className={open ? "log log-open" : "log"} aria-label={t("install.log.title")}>
      <header className="log-head">
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={open}
          icon={<ChevronDown aria-hidden className={open ? "log-chevron" : "log-chevron log-chevron-up"} />}
          onPress={() => onOpen(!open)}
        >
          {t("install.log.title")}
        </Button>
        {open ? (
          <>
            <SearchField className="search" aria-label={t("install.log.filter")} value={filter} onChange={onFilter}>
              <Search aria-hidden size={14} />
              <Input placeholder={t("install.log.filter")} />
            </SearchField>
            <span className="faint">
              {found.length > shown.length
                ? t("install.log.last", { shown: shown.length, total: found.length })
                : t("install.log.lines", { count: found.length })}
            </span>
            <span className="grow" />
            <Button size="sm" variant="ghost" onPress={() => setPaused(paused ? undefined : log)}>
              {paused ? t("install.log.resume") : t("install.log.pause")}
            </Button>
          </>
        ) : null}
      </header>
      <ol
        className="log-lines mono"
        ref={box}
        onScroll={onScroll}
        tabIndex={open ? 0 : -1}
        aria-label={t("install.log.title")}
      >
        {shown.map((entry) => (
          <Line key={entry.seq} entry={entry} />
        ))}
        {shown.length === 0 ? <li className="faint">{t("install.log.none")}</li> : null}
      </ol>
    </section>
  );
}

function Line({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  return (
    <li className={`log-line log-${entry.level}`}>
      <span className="faint">{format.clock(entry.time)}</span>
      <span className="log-event">{t(`install.log.event.${entry.event}`, { defaultValue: entry.event })}</span>
      <span className="log-message">{entryText(entry, language)}</span>
      <span className="faint">{entry.tookMs === undefined ? "" : t("time.ms", { ms: Math.round(entry.tookMs) })}</span>
    </li>
  );
}
