import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { LogFilter, LogPattern, LogSource, ObjectTarget } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useStable } from "../../state/use-stable.ts";
import { useLogPlace } from "./place.ts";
import { markingExpression } from "./segments.ts";
import { beginning, noFilter, noPattern, type Range, useLogLook } from "./settings.ts";
import { useLog } from "./use-log.ts";

export interface LogStateOptions {
  /** The log's own name. */
  name: string;
  targets: readonly ObjectTarget[];
  container: string | undefined;
  previous: boolean | undefined;
  active: boolean;
}

/** How long a match is waited for where nothing is being searched any more. */
const patienceMs = 3_000;

/** What a log view knows and can do, without its looks. */
export function useLogState({ name, targets, container, previous: first, active }: LogStateOptions) {
  const keepLines = useLogLook((look) => look.keepLines);
  const [previous, setPrevious] = useState(first ?? false);
  const [range, setRange] = useState<Range | string>("1000");
  const [only, setOnly] = useState(container);
  const [filter, setFilterState] = useState<LogFilter>(noFilter);
  const [search, setSearchState] = useState<LogPattern>(noPattern);
  const [current, setCurrent] = useState<number | undefined>(undefined);
  const [marks, setMarks] = useState<readonly number[]>([]);
  const [hit, setHit] = useState(0);
  const [whole, setWhole] = useState<number | undefined>(undefined);
  const sameTargets = useStable(targets);
  const source = useMemo<LogSource>(
    () => ({
      targets: [...sameTargets],
      containers: only === undefined ? [] : [only],
      previous,
      ...beginning(range),
      keepLines,
    }),
    [sameTargets, only, previous, range, keepLines],
  );
  const { log, ask } = useLog(name, source, { filter, search, window: { offset: null, count: 0 } });
  const place = useLogPlace(log.view, active, ask);
  const { move, reveal } = place;
  const expression = useMemo(() => markingExpression(search), [search]);

  /** A match that was asked for and is not found yet. */
  const wish = useRef<{ backwards: boolean; until: number }>(undefined);
  const [lastSource, setLastSource] = useState(source);
  if (lastSource !== source) {
    setLastSource(source);
    setCurrent(undefined);
    setMarks([]);
    setWhole(undefined);
    setHit(0);
  }
  // Other lines are read: the newest of them are looked at.
  useEffect(() => {
    if (source) move("end");
  }, [source, move]);

  const shown = useRef({ rows: log.view?.rows ?? [], current });
  shown.current = { rows: log.view?.rows ?? [], current };

  const setFilter = useCallback(
    (next: LogFilter) => {
      setFilterState(next);
      ask({ filter: next });
      move("end");
    },
    [ask, move],
  );

  const setSearch = useCallback(
    (next: LogPattern) => {
      wish.current = undefined;
      setSearchState(next);
      setHit(0);
      ask({ search: next });
    },
    [ask],
  );

  /** The row of the line that keys act on, as far as it is known here. */
  const rowOfCurrent = async (): Promise<number | undefined> => {
    const line = shown.current.current;
    if (line === undefined) return undefined;
    const index = shown.current.rows.findIndex((row) => row.line === line);
    if (index >= 0 && log.view) return log.view.offset + index;
    const found = await settle(client().call("logs.locate", { view: name, line }));
    return found.ok ? found.value.row : undefined;
  };

  const tryMatch = async (backwards: boolean, until: number): Promise<void> => {
    wish.current = undefined;
    const view = log.view;
    if (view === undefined || search.text === "") return;
    const from = await rowOfCurrent();
    // From the end of a log that is followed, the newest match comes first.
    const fromEnd = from === undefined && place.follow;
    const row = from ?? (fromEnd ? view.endRow : Math.ceil(place.top) - 1);
    const found = await settle(client().call("logs.match", { view: name, row, backwards: backwards || fromEnd }));
    if (!found.ok) return;
    if (found.value.row === null || found.value.line === null) {
      wish.current = { backwards, until };
      return;
    }
    setHit(found.value.index);
    setCurrent(found.value.line);
    reveal(found.value.row);
  };

  const goMatch = (backwards: boolean) => tryMatch(backwards, Date.now() + patienceMs);

  // Enter may be quicker than what it asks for: than the search that was typed right before, or than a long one.
  const again = useRef(tryMatch);
  again.current = tryMatch;
  useEffect(() => {
    const wanted = wish.current;
    if (wanted === undefined || log.view === undefined) return;
    const isOver = Date.now() > wanted.until && log.view.searchPending === 0;
    if (isOver) wish.current = undefined;
    else if (log.view.found) void again.current(wanted.backwards, wanted.until);
  }, [log.view]);

  const goLine = async (line: number) => {
    const found = await settle(client().call("logs.locate", { view: name, line }));
    setCurrent(line);
    if (found.ok) reveal(found.value.row);
  };

  const toggleMark = () => {
    const line = current ?? log.view?.rows.at(place.follow ? -1 : Math.ceil(place.top) - log.view.offset)?.line;
    if (line === undefined) return;
    setCurrent(line);
    setMarks((before) =>
      before.includes(line) ? before.filter((mark) => mark !== line) : [...before, line].sort((a, b) => a - b),
    );
  };

  const goMark = (backwards: boolean) => {
    const from = current ?? (backwards ? Number.POSITIVE_INFINITY : -1);
    const next = backwards ? marks.findLast((mark) => mark < from) : marks.find((mark) => mark > from);
    const mark = next ?? (backwards ? marks.at(-1) : marks[0]);
    if (mark !== undefined) void goLine(mark);
  };

  /** Moves the line that keys act on by so many rows. */
  const step = async (by: number) => {
    const view = log.view;
    if (view === undefined || view.endRow === view.firstRow) return;
    const from = (await rowOfCurrent()) ?? (place.follow ? view.endRow - (by < 0 ? 0 : 1) : Math.ceil(place.top) - by);
    const row = Math.max(view.firstRow, Math.min(view.endRow - 1, from + by));
    const line = view.rows[row - view.offset]?.line;
    if (line !== undefined) setCurrent(line);
    reveal(row);
  };

  const clear = () => {
    setMarks([]);
    setCurrent(undefined);
    setWhole(undefined);
    move("end");
    void settle(client().call("logs.clear", { view: name }));
  };

  return {
    name,
    log,
    place,
    source,
    previous,
    setPrevious,
    range,
    setRange,
    only,
    setOnly,
    filter,
    setFilter,
    search,
    setSearch,
    expression,
    hit,
    current,
    setCurrent,
    marks,
    toggleMark,
    goMark,
    goMatch,
    goLine,
    step,
    whole,
    setWhole,
    clear,
  };
}

export type LogState = ReturnType<typeof useLogState>;
