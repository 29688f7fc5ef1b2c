import {
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { LogView } from "../../../common/contract/index.ts";
import { LogLine } from "./LogLine.tsx";
import { lastTop, rowHeight, scrollHeight, scrollTopOf, topRow } from "./scroll.ts";

export interface LogListProps {
  label: string;
  view: LogView;
  listRef: RefObject<HTMLDivElement | null>;
  /** The newest rows stay on screen. */
  follow: boolean;
  /** Else the row (with its fraction) at the top. */
  top: number;
  wrap: boolean;
  times: boolean;
  labels: ReadonlyMap<number, string>;
  marks: ReadonlySet<number>;
  /** Number of the line that keys act on. */
  current: number | undefined;
  expression: RegExp | undefined;
  onViewport: (pixels: number) => void;
  /** The user moved: to a row, or to the end. */
  onMove: (to: number | "end") => void;
  onCurrent: (line: number) => void;
  onWhole: (line: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
}

/**
 * The rows on screen of a log of any length: the scrollbar tells which row is at the top, and only what is seen (and a
 * little around it) is drawn. Wrapped lines may be of any height, as nothing adds heights up.
 */
export function LogList(props: LogListProps) {
  const { view, listRef, follow, top, wrap, onViewport, onMove } = props;
  const rowsRef = useRef<HTMLDivElement>(null);
  const placed = useRef(0);
  const [viewport, setViewport] = useState(0);
  const extent = { firstRow: view.firstRow, endRow: view.endRow, viewport };
  const shownTop = Math.max(view.firstRow, Math.min(top, lastTop(extent)));

  useEffect(() => {
    const list = listRef.current;
    if (list === null) return;
    const observer = new ResizeObserver(() => {
      setViewport(list.clientHeight);
      onViewport(list.clientHeight);
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [listRef, onViewport]);

  // The scrollbar follows the rows, not the other way round; what it is set to here is no move of the user's.
  useLayoutEffect(() => {
    const list = listRef.current;
    if (list === null) return;
    const wanted = follow ? list.scrollHeight - list.clientHeight : scrollTopOf(shownTop, extent);
    if (Math.abs(list.scrollTop - wanted) >= 1) list.scrollTop = wanted;
    placed.current = list.scrollTop;
    const rows = rowsRef.current;
    if (rows === null) return;
    const first = rows.firstElementChild;
    const fraction = shownTop - Math.floor(shownTop);
    const height = wrap && first !== null ? first.getBoundingClientRect().height : rowHeight;
    const missing = Math.max(0, view.offset - Math.floor(shownTop)) * rowHeight;
    rows.style.transform = follow ? "" : `translateY(${missing - fraction * height}px)`;
  });

  const onScroll = () => {
    const list = listRef.current;
    if (list === null || Math.abs(list.scrollTop - placed.current) < 1) return;
    placed.current = list.scrollTop;
    const atEnd = list.scrollTop >= list.scrollHeight - list.clientHeight - 2;
    onMove(atEnd ? "end" : topRow(list.scrollTop, extent));
  };

  const longest = Math.min(24, Math.max(0, ...[...props.labels.values()].map((name) => name.length)));
  const rowsStyle: CSSProperties & { "--label": string } = { height: viewport, "--label": `${longest}ch` };
  const fitting = Math.ceil(viewport / rowHeight) + 2;
  // Rows that are not here yet leave their place empty.
  const from = follow ? Math.max(0, view.rows.length - fitting) : Math.floor(shownTop) - view.offset;
  const shown = view.rows.slice(Math.max(0, from), follow ? undefined : Math.max(0, from + fitting));
  return (
    // The list scrolls, so it takes the focus: keys move in it.
    <div
      ref={listRef}
      className={wrap ? "logs-list logs-wrap" : "logs-list"}
      role="log"
      aria-live="off"
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and answers keys
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={props.onKeyDown}
      onClick={(event) => {
        const line = event.target instanceof Element ? event.target.closest("[data-line]") : null;
        const selected = window.getSelection()?.isCollapsed === false;
        if (line instanceof HTMLElement && !selected) props.onCurrent(Number(line.dataset.line));
      }}
    >
      <div className={follow ? "logs-rows logs-rows-end" : "logs-rows"} style={rowsStyle}>
        <div ref={rowsRef}>
          {shown.map((row) => (
            <LogLine
              key={row.line}
              row={row}
              label={props.labels.get(row.source)}
              times={props.times}
              marked={props.marks.has(row.line)}
              current={props.current === row.line}
              expression={props.expression}
              onWhole={props.onWhole}
            />
          ))}
        </div>
      </div>
      <div style={{ height: Math.max(0, scrollHeight(extent) - viewport) }} />
    </div>
  );
}
