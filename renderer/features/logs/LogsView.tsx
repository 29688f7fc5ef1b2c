import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { useFormat } from "../../ui/format.ts";
import { ArrowDown, LoaderCircle } from "../../ui/icons.ts";
import { Announcer } from "./Announcer.tsx";
import { useFocusedCommands } from "./commands.ts";
import { EmptyLog } from "./EmptyLog.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { LogBar } from "./LogBar.tsx";
import { LogList } from "./LogList.tsx";
import { LogStatus } from "./LogStatus.tsx";
import { sourceLabels } from "./labels.ts";
import { noFilter, useLogLook } from "./settings.ts";
import { useLogCommands } from "./use-log-commands.ts";
import { useLogState } from "./use-log-state.ts";
import { WholeLine } from "./WholeLine.tsx";
import "./Logs.css";

export interface LogsViewProps {
  target: ObjectTarget;
  /** Further objects whose logs belong to it: pods that were chosen together. */
  more?: readonly ObjectTarget[] | undefined;
  /** Only this container; all of them when absent. */
  container?: string | undefined;
  /** Begins with the run before the present one. */
  previous?: boolean | undefined;
  /** Under which the backend keeps it for a page that is loaded anew; one of its own when absent. */
  name?: string;
  /** It is on screen; one that is not asks for no rows. */
  active?: boolean;
}

/** Logs of a pod or of all pods of a workload: read, searched, filtered, marked, saved. */
export function LogsView({ target, more = [], container, previous, name, active = true }: LogsViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const look = useLogLook();
  const [ownName] = useState(() => crypto.randomUUID());
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const [filterOpen, setFilterOpen] = useState(false);
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const filterRef = useRef<HTMLInputElement>(null);
  const state = useLogState({ name: name ?? ownName, targets: [target, ...more], container, previous, active });
  const { log, place, filter, search, current, marks, whole } = state;
  const { view, sources } = log;

  const focusSearch = useCallback(() => {
    searchRef.current?.focus();
    searchRef.current?.select();
  }, []);
  const toggleFilter = () => {
    if (filterOpen) {
      state.setFilter({ ...noFilter, hidden: filter.hidden });
      listRef.current?.focus();
    } else requestAnimationFrame(() => filterRef.current?.focus());
    setFilterOpen(!filterOpen);
  };
  const { commands, said } = useLogCommands(state, focusSearch, toggleFilter);
  const all = Object.values(commands);
  useFocusedCommands(state.name, root, all);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // The buttons in lines have keys of their own, but for the one that leads out of them.
    if (event.nativeEvent.isComposing || (event.target !== event.currentTarget && event.key !== "Escape")) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => void state.step(1),
      ArrowUp: () => void state.step(-1),
      PageDown: () =>
        place.move(
          place.top + place.pageRows >= (view?.endRow ?? 0) - place.pageRows ? "end" : place.top + place.pageRows,
        ),
      PageUp: () => place.move(Math.max(view?.firstRow ?? 0, place.top - place.pageRows)),
      Home: () => place.move(view?.firstRow ?? 0),
      End: () => place.move("end"),
      Enter: () => state.setWhole(current),
      ...(whole !== undefined ? { Escape: () => state.setWhole(undefined) } : {}),
      ...(whole === undefined && current !== undefined ? { Escape: () => state.setCurrent(undefined) } : {}),
    };
    // Keys of commands are looked at for the whole page.
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (run === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  const isEmpty = view !== undefined && view.endRow === view.firstRow;
  const currentText = current === undefined ? "" : (view?.rows.find(({ line }) => line === current)?.text ?? "");
  return (
    <section className="logs" ref={setRoot} aria-label={t("logs.of", { name: target.name })}>
      <LogBar
        state={state}
        commands={commands}
        filterOpen={filterOpen}
        searchRef={searchRef}
        onLeaveSearch={() => listRef.current?.focus()}
      />
      {filterOpen ? (
        <FilterBar
          filter={filter}
          problem={view?.filterProblem}
          inputRef={filterRef}
          onChange={state.setFilter}
          onClose={toggleFilter}
          onLeave={() => listRef.current?.focus()}
        />
      ) : null}
      {log.error ? <ErrorBanner error={log.error} /> : null}
      {view?.problem && !isEmpty ? <ErrorBanner error={view.problem} /> : null}
      <div className="logs-body">
        {view === undefined ? (
          log.error ? null : (
            <p className="logs-empty" role="status">
              <LoaderCircle className="spin" size={14} aria-hidden /> {t("logs.opening")}
            </p>
          )
        ) : (
          <>
            <div className="logs-screen">
              <LogList
                label={t("logs.of", { name: target.name })}
                view={view}
                listRef={listRef}
                follow={place.follow}
                top={place.top}
                wrap={look.wrap}
                times={look.times}
                labels={sourceLabels(sources)}
                marks={new Set(marks)}
                current={current}
                expression={state.expression}
                onViewport={place.onViewport}
                onMove={place.move}
                onCurrent={state.setCurrent}
                onWhole={state.setWhole}
                onKeyDown={onKeyDown}
              />
              {isEmpty ? (
                <EmptyLog
                  view={view}
                  sources={sources}
                  previous={state.previous}
                  onPresent={() => state.setPrevious(false)}
                  onNoFilter={() => {
                    state.setFilter(noFilter);
                    setFilterOpen(false);
                  }}
                  onAll={() => state.setRange("all")}
                />
              ) : null}
              {place.missed > 0 ? (
                <button type="button" className="logs-newer" onClick={() => place.move("end")}>
                  <ArrowDown size={13} aria-hidden />
                  {t("logs.newer", { count: place.missed, lines: format.number(place.missed) })}
                </button>
              ) : null}
            </div>
            {whole === undefined ? null : (
              <WholeLine
                view={state.name}
                line={whole}
                onClose={() => {
                  state.setWhole(undefined);
                  listRef.current?.focus();
                }}
              />
            )}
            <Announcer view={view} on={look.announce} />
          </>
        )}
      </div>
      <div className="sr-only" aria-live="polite">
        {currentText.slice(0, 500)}
      </div>
      {view === undefined ? null : (
        <LogStatus
          view={view}
          sources={sources}
          search={search}
          marks={marks.length}
          follow={place.follow}
          said={said}
        />
      )}
    </section>
  );
}
