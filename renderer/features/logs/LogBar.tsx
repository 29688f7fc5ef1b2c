import { type KeyboardEvent, type RefObject, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { ArrowDown, ArrowUp, Clock, Funnel, History, Pause, Play, Search, WrapText } from "../../ui/icons.ts";
import { Select } from "../../ui/Select.tsx";
import { PatternBox } from "./PatternBox.tsx";
import { Sources } from "./Sources.tsx";
import { noFilter, ranges, useLogLook } from "./settings.ts";
import { MoreMenu, ToolButton, ToolSwitch } from "./Toolbar.tsx";
import type { useLogCommands } from "./use-log-commands.ts";
import type { LogState } from "./use-log-state.ts";
import "./LogBar.css";

export interface LogBarProps {
  state: LogState;
  commands: ReturnType<typeof useLogCommands>["commands"];
  filterOpen: boolean;
  searchRef: RefObject<HTMLInputElement | null>;
  onLeaveSearch: () => void;
}

const everything = "*";
const chosenTime = "time";

/** What is read, the search, and the switches. */
export function LogBar({ state, commands, filterOpen, searchRef, onLeaveSearch }: LogBarProps) {
  const { t } = useTranslation();
  const look = useLogLook();
  const { log, place, filter, range } = state;
  // Containers that are not read now can still be chosen.
  const seen = useRef(new Set<string>());
  for (const { container } of log.sources) seen.current.add(container);
  const containers = [...seen.current];
  const isTime = !ranges.some((known) => known === range);
  return (
    <div className="logs-bar">
      <Sources
        sources={log.sources}
        leftOut={log.view?.leftOut ?? 0}
        hidden={filter.hidden}
        onHidden={(hidden) => state.setFilter({ ...filter, hidden })}
      />
      {containers.length > 1 ? (
        <Select
          compact
          label={t("logs.containers")}
          value={state.only ?? everything}
          options={[
            { value: everything, label: t("logs.allContainers") },
            ...containers.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(name) => {
            state.setFilter({ ...filter, hidden: noFilter.hidden });
            state.setOnly(name === everything ? undefined : name);
          }}
        />
      ) : null}
      <Select
        compact
        label={t("logs.range.label")}
        value={isTime ? chosenTime : range}
        options={[
          ...ranges.map((value) => ({ value: value as string, label: t(`logs.range.${value}`) })),
          { value: chosenTime, label: t("logs.range.time") },
        ]}
        onChange={(value) =>
          state.setRange(value === chosenTime ? localMinute(new Date(Date.now() - 3_600_000)) : value)
        }
      />
      {isTime ? (
        <input
          type="datetime-local"
          className="logs-since"
          aria-label={t("logs.range.time")}
          value={range}
          onChange={(event) => event.target.value !== "" && state.setRange(event.target.value)}
        />
      ) : null}
      <span className="grow" />
      <SearchBox state={state} commands={commands} inputRef={searchRef} onLeave={onLeaveSearch} />
      <fieldset className="logs-tools" aria-label={t("logs.tools")}>
        <ToolSwitch on={filterOpen} command={commands.filter}>
          <Funnel size={15} aria-hidden />
        </ToolSwitch>
        <ToolSwitch on={state.previous} command={commands.previous}>
          <History size={15} aria-hidden />
        </ToolSwitch>
        <ToolSwitch on={look.times} command={commands.times}>
          <Clock size={15} aria-hidden />
        </ToolSwitch>
        <ToolSwitch on={look.wrap} command={commands.wrap}>
          <WrapText size={15} aria-hidden />
        </ToolSwitch>
        <ToolButton command={commands.follow}>
          {place.follow ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
        </ToolButton>
        <MoreMenu
          commands={[
            commands.save,
            commands.copy,
            commands.clear,
            commands.mark,
            commands.nextMark,
            commands.lastMark,
            commands.announce,
            commands.keep,
          ]}
        />
      </fieldset>
    </div>
  );
}

function SearchBox(props: {
  state: LogState;
  commands: LogBarProps["commands"];
  inputRef: RefObject<HTMLInputElement | null>;
  onLeave: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, commands } = props;
  const { search, hit, log } = state;
  const { view } = log;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") void state.goMatch(event.shiftKey);
    else if (event.key === "ArrowDown") props.onLeave();
    else if (event.key === "Escape") {
      if (search.text === "") props.onLeave();
      else state.setSearch({ ...search, text: "" });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const found = format.number(view?.found ?? 0);
  const pending = (view?.searchPending ?? 0) > 0;
  return (
    <search className="logs-search">
      <PatternBox
        label={t("logs.search")}
        placeholder={t("logs.searchHint")}
        icon={<Search size={13} aria-hidden />}
        pattern={search}
        problem={view?.searchProblem}
        onChange={state.setSearch}
        onKeyDown={onKeyDown}
        inputRef={props.inputRef}
      >
        {search.text === "" ? null : (
          <>
            <span className="logs-count" role="status">
              {view?.searchProblem === undefined
                ? `${hit > 0 ? t("logs.foundAt", { index: format.number(hit), found }) : found}${pending ? "…" : ""}`
                : t("logs.badPattern")}
            </span>
            <ToolButton command={commands.back}>
              <ArrowUp size={14} aria-hidden />
            </ToolButton>
            <ToolButton command={commands.next}>
              <ArrowDown size={14} aria-hidden />
            </ToolButton>
          </>
        )}
      </PatternBox>
    </search>
  );
}

/** As a field for a date and time has it: local, to the minute. */
function localMinute(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
