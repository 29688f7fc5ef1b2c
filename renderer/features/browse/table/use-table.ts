import { useCallback, useEffect, useRef, useState } from "react";
import type { TableQuery, TableSource } from "../../../../common/contract/index.ts";
import { windowAround } from "../../../state/table-session.ts";
import { TableSession, type TableState, useShownTable } from "../../../state/tables.ts";

export type Look = Pick<TableQuery, "filter" | "faults" | "sort">;

const nothing: TableState = { view: undefined, error: undefined, receivedAt: 0 };

/**
 * A view of a table while the component stands; `source` is what it began with (another one needs another component).
 * @param anchor key of the row whose place is to be told wherever it is
 */
export function useTable(source: TableSource, look: Look, anchor: string | undefined) {
  const [state, setState] = useState<TableState>(nothing);
  const session = useRef<TableSession | undefined>(undefined);
  const range = useRef({ first: 0, last: 40 });
  const wanted = useRef({ look, anchor });
  wanted.current = { look, anchor };
  const began = useRef(source);

  const query = useCallback((): TableQuery => {
    const { first, last } = range.current;
    const { look: now, anchor: kept } = wanted.current;
    return { ...now, window: windowAround(first, last), anchor: kept ?? null };
  }, []);

  const open = useCallback(() => {
    session.current?.close();
    const opened = new TableSession(began.current, query(), () => {
      setState(opened.state);
      useShownTable.setState({ state: opened.state });
    });
    session.current = opened;
    setState(opened.state);
    useShownTable.setState({ session: opened, state: opened.state });
  }, [query]);

  useEffect(() => {
    open();
    return () => {
      session.current?.close();
      if (useShownTable.getState().session === session.current)
        useShownTable.setState({ session: undefined, state: undefined });
    };
  }, [open]);

  const { filter, faults, sort } = look;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the query is made of
  useEffect(() => session.current?.look(query()), [query, filter, faults, sort?.column, sort?.descending, anchor]);

  const onRange = useCallback(
    (first: number, last: number) => {
      range.current = { first, last };
      session.current?.look(query());
    },
    [query],
  );

  const keysBetween = useCallback(
    (from?: string, to?: string) => session.current?.keys(from ?? null, to ?? null) ?? Promise.resolve([]),
    [],
  );

  return { state, onRange, keysBetween, retry: open };
}
