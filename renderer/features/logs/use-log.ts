import { useCallback, useEffect, useRef, useState } from "react";
import type { AppError, LogQuery, LogSource, LogSourceState, LogView } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useStable } from "../../state/use-stable.ts";

export interface Log {
  view: LogView | undefined;
  sources: readonly LogSourceState[];
  /** The log could not be opened, or its way to the backend broke. */
  error: AppError | undefined;
}

const nothing: Log = { view: undefined, sources: [], error: undefined };

/**
 * Reads a log while shown; `ask` changes how it is looked at, without a pause between two changes longer than an answer takes.
 * @param name the log's own: a page that is loaded anew finds it by that
 */
export function useLog(name: string, source: LogSource, initial: LogQuery) {
  const [log, setLog] = useState<Log>(nothing);
  const query = useRef(initial);
  const asking = useRef({ busy: false, again: false });
  const wanted = useStable(source);

  useEffect(() => {
    setLog((before) => ({ ...nothing, view: before.view === undefined ? undefined : { ...before.view, rows: [] } }));
    return client().subscribe("logs.open", () => ({ view: name, source: wanted, query: query.current }), {
      onItem: (view) => setLog(({ sources }) => ({ view, sources: view.sources ?? sources, error: undefined })),
      onError: (error) => setLog((before) => ({ ...before, error })),
    });
  }, [name, wanted]);

  const ask = useCallback(
    (change: Partial<LogQuery>) => {
      query.current = { ...query.current, ...change };
      const state = asking.current;
      state.again = true;
      if (state.busy) return;
      state.busy = true;
      const send = async () => {
        while (state.again) {
          state.again = false;
          // A log that is not open yet is opened with the newest query anyway.
          await settle(client().call("logs.query", { view: name, query: query.current }));
        }
        state.busy = false;
      };
      void send();
    },
    [name],
  );

  return { log, ask };
}
