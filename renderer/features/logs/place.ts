import { useCallback, useEffect, useRef, useState } from "react";
import type { LogQuery, LogView } from "../../../common/contract/index.ts";
import { lastTop, rowHeight, rowsOnScreen } from "./scroll.ts";

/** Rows asked for beyond each end of the screen. */
const around = 40;

/** Where a log is looked at: at its end, or from a row on. Asks for the rows that are needed there. */
export function useLogPlace(view: LogView | undefined, active: boolean, ask: (change: Partial<LogQuery>) => void) {
  const [follow, setFollow] = useState(true);
  const [top, setTop] = useState(0);
  const [viewport, setViewport] = useState(0);
  /** Lines there were when following ended: what came since is told. */
  const [linesThen, setLinesThen] = useState(0);
  const latest = useRef(view);
  latest.current = view;

  const fitting = rowsOnScreen(viewport);
  const offset = follow ? null : Math.max(0, Math.floor(top) - around);
  const count = active ? fitting + 2 * around : 0;
  useEffect(() => ask({ window: { offset, count } }), [ask, offset, count]);

  const stop = useCallback(() => {
    setFollow((following) => {
      if (following) setLinesThen(latest.current?.lines ?? 0);
      return false;
    });
  }, []);

  const move = useCallback(
    (to: number | "end") => {
      if (to === "end") setFollow(true);
      else {
        stop();
        setTop(to);
      }
    },
    [stop],
  );

  const extent = { firstRow: view?.firstRow ?? 0, endRow: view?.endRow ?? 0, viewport };
  const shownTop = follow ? lastTop(extent) : Math.max(top, extent.firstRow);

  /** Stays where it is while lines come, or goes to the end. */
  const toggle = () => {
    if (follow) move(shownTop);
    else setFollow(true);
  };

  /** Brings a row on screen, a third from the top if it is not there already. */
  const reveal = (row: number) => {
    const isSeen = row >= shownTop && row + 1 <= shownTop + viewport / rowHeight;
    move(isSeen ? shownTop : Math.max(extent.firstRow, Math.min(lastTop(extent), row - Math.floor(fitting / 3))));
  };

  return {
    follow,
    top: shownTop,
    /** Lines that came since it stopped following. */
    missed: follow ? 0 : Math.max(0, (view?.lines ?? 0) - linesThen),
    move,
    toggle,
    reveal,
    onViewport: setViewport,
    pageRows: Math.max(1, Math.floor(viewport / rowHeight) - 1),
  };
}
