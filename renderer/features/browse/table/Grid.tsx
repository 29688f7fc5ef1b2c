// biome-ignore-all lint/a11y/useSemanticElements: rows are absolutely placed, which the elements of a table can not be
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";
import type { TableView } from "../../../../common/contract/index.ts";
import { setSelection } from "../../../state/browse.ts";
import { markRange, type Selection, toggle } from "../../../state/selection.ts";
import { rowAt } from "../../../state/table-session.ts";
import type { LaidColumn } from "../columns/column-layout.ts";
import { takeGridFocus } from "./focus-grid.ts";
import { GridHead, type Sort } from "./GridHead.tsx";
import { Row, SkeletonRow } from "./Row.tsx";
import { useGridFocus } from "./use-grid-focus.ts";
import "./Grid.css";

const rowHeight = 30;
const menuWidth = 36;

export interface GridProps {
  /** Names the table in the store of selections. */
  table: string;
  label: string;
  view: TableView | undefined;
  columns: readonly LaidColumn[];
  selection: Selection;
  sort: Sort | null;
  /** Key of the row whose object's pane is open. */
  openKey: string | undefined;
  onSort: (sort: Sort | null) => void;
  onWidth: (column: string, width: number) => void;
  onRange: (first: number, last: number) => void;
  onOpen: (key: string) => void;
  onMenu: (key: string, at: { x: number; y: number }) => void;
  /** Keys from one row to another in the table's order; without ends, all that match. */
  keysBetween: (from?: string, to?: string) => Promise<string[]>;
}

/**
 * Rows of a table: only those on screen are drawn. The ARIA grid pattern with one row in the tab order, kept by its key:
 * https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function Grid(props: GridProps) {
  const { table, label, view, columns, selection, sort, openKey, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const focus = useGridFocus(table, view, selection, scroller, rowHeight);
  const { index: focused } = focus;
  const matched = view?.matched ?? 0;
  const waiting = view === undefined || (view.state === "listing" && view.total === 0);
  const count = waiting ? 24 : matched;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const shown = defaultRangeExtractor(range);
        if (focused === undefined || focused >= range.count) return shown;
        const [first = 0] = shown;
        const last = shown.at(-1) ?? 0;
        return focused < first ? [focused, ...shown] : focused > last ? [...shown, focused] : shown;
      },
      [focused],
    ),
  });
  const range = virtualizer.range;
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? 40;
  useEffect(() => onRange(first, last), [first, last, onRange]);
  useKeptInPlace(scroller, view, focused, sort);
  const some = !waiting && matched > 0;
  useEffect(() => {
    if (some) takeGridFocus();
  });

  // Somewhere to go with Tab before any row was chosen: the first one on screen.
  const tabbable = focused ?? first;
  const total = columns.reduce((sum, { least }) => sum + least, menuWidth);
  const template = [...columns.map(({ width, least }) => `minmax(${least}px, ${width}fr)`), `${menuWidth}px`].join(" ");
  const healthShown = columns.some((column) => column.health);

  return (
    <div
      role="grid"
      ref={scroller}
      className={selection.marked.size > 0 ? "grid grid-marking" : "grid"}
      aria-label={label}
      aria-multiselectable
      aria-rowcount={waiting ? -1 : matched + 1}
      aria-colcount={columns.length + 1}
      aria-busy={view?.state === "listing"}
      style={{ "--columns": template, "--total": `${total}px` } as CSSProperties}
      onKeyDown={(event) => onKey(event, props, focus, pageRows(scroller.current))}
      onMouseDown={(event) => {
        // A range of rows is marked, not the text between two clicks.
        if (event.shiftKey && rowOf(event.target)) event.preventDefault();
      }}
      onClick={(event) => onClick(event, props)}
      onContextMenu={(event) => onContext(event, props)}
      tabIndex={-1}
    >
      <GridHead columns={columns} sort={sort} onSort={props.onSort} onWidth={props.onWidth} />
      <div role="rowgroup" className="grid-body" style={{ height: count * rowHeight }}>
        {virtualizer.getVirtualItems().map(({ index }) => {
          const row = rowAt(view, index) ?? (index === focused ? focus.row : undefined);
          if (waiting || !row) return <SkeletonRow key={`#${index}`} index={index} columns={columns.length + 1} />;
          return (
            <Row
              key={row.key}
              id={`${table}-${index}`}
              row={row}
              index={index}
              columns={columns}
              tabbable={index === tabbable}
              marked={selection.marked.has(row.key)}
              open={row.key === openKey}
              healthShown={healthShown}
            />
          );
        })}
      </div>
    </div>
  );
}

function pageRows(element: HTMLElement | null): number {
  return Math.max(1, Math.floor(((element?.clientHeight ?? 600) - rowHeight) / rowHeight) - 1);
}

/** Rows that come in above the one with the focus don't push it away: the page scrolls along. */
function useKeptInPlace(
  scroller: React.RefObject<HTMLDivElement | null>,
  view: TableView | undefined,
  focused: number | undefined,
  sort: Sort | null,
): void {
  const before = useRef<{ focused: number; matched: number; sort: Sort | null } | undefined>(undefined);
  useLayoutEffect(() => {
    const element = scroller.current;
    const known = before.current;
    const matched = view?.matched ?? 0;
    before.current = focused === undefined ? undefined : { focused, matched, sort };
    if (!element || !known || focused === undefined || known.sort !== sort) return;
    const by = focused - known.focused;
    const top = known.focused * rowHeight;
    const wasSeen = top >= element.scrollTop - rowHeight && top <= element.scrollTop + element.clientHeight;
    // The focus itself moved when as many rows match as before: then the key handler scrolls.
    if (by === 0 || known.matched === matched || !wasSeen || element.scrollTop === 0) return;
    element.scrollTop += by * rowHeight;
  });
}

function rowOf(target: EventTarget): { key: string; element: HTMLElement; target: HTMLElement } | undefined {
  if (!(target instanceof Element)) return undefined;
  const element = target.closest<HTMLElement>(".grid-row[data-key]");
  const key = element?.dataset.key;
  return element && key !== undefined
    ? { key, element, target: target instanceof HTMLElement ? target : element }
    : undefined;
}

function onClick(event: MouseEvent, { table, selection, onOpen, onMenu, keysBetween }: GridProps): void {
  const row = rowOf(event.target);
  if (!row || !(event.target instanceof Element)) return;
  const menu = event.target.closest("[data-menu]");
  if (menu) {
    const box = menu.getBoundingClientRect();
    row.element.focus({ preventScroll: true });
    setSelection(table, (known) => focusForMenu(known, row.key));
    onMenu(row.key, { x: box.left, y: box.bottom + 2 });
    return;
  }
  row.element.focus({ preventScroll: true });
  if (event.shiftKey && selection.anchor !== undefined) {
    markBetween(table, selection.anchor, row.key, keysBetween);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.target.closest("[data-mark]")) {
    setSelection(table, (known) => toggle(known, row.key));
    return;
  }
  // Text that was just selected in a row is to be copied, not an object to be opened.
  if (window.getSelection()?.type === "Range" && event.detail === 1 && window.getSelection()?.toString()) return;
  setSelection(table, { marked: new Set(), focus: row.key, anchor: row.key });
  onOpen(row.key);
}

/** A menu on a marked row is about all marked rows; on another one, about that one alone. */
function focusForMenu(selection: Selection, key: string): Selection {
  return selection.marked.has(key)
    ? { ...selection, focus: key }
    : { marked: new Set<string>(), focus: key, anchor: key };
}

function onContext(event: MouseEvent, { table, onMenu }: GridProps): void {
  const row = rowOf(event.target);
  if (!row) return;
  event.preventDefault();
  row.element.focus({ preventScroll: true });
  setSelection(table, (known) => focusForMenu(known, row.key));
  onMenu(row.key, { x: event.clientX, y: event.clientY });
}

function markBetween(table: string, from: string, to: string, keysBetween: GridProps["keysBetween"]): void {
  setSelection(table, (known) => ({ ...known, focus: to }));
  void keysBetween(from, to).then((keys) =>
    setSelection(table, (known) => (known.focus === to ? markRange(known, keys.length > 0 ? keys : [to], to) : known)),
  );
}

function onKey(
  event: KeyboardEvent,
  { table, selection, view, onOpen, onMenu, keysBetween }: GridProps,
  focus: ReturnType<typeof useGridFocus>,
  page: number,
): void {
  if (!(event.target instanceof HTMLElement) || event.target.closest(".grid-body") === null) return;
  if (event.altKey) return;
  const held = event.ctrlKey || event.metaKey;
  const at = focus.index ?? -1;
  const last = (view?.matched ?? 0) - 1;
  const to = held && event.key !== "Home" && event.key !== "End" ? undefined : destination(event.key, at, last, page);
  const key = selection.focus;
  if (to !== undefined) {
    const anchor = selection.anchor ?? key;
    if (event.shiftKey && anchor !== undefined)
      focus.moveTo(to, (found) => markBetween(table, anchor, found, keysBetween));
    else focus.moveTo(to);
  } else if (event.key === " " && key !== undefined) setSelection(table, (known) => toggle(known, key));
  else if (event.key === "Enter" && !held && key !== undefined) onOpen(key);
  else if (held && event.key.toLowerCase() === "a" && !event.shiftKey) markAll(table, keysBetween);
  else if ((event.key === "F10" && event.shiftKey) || event.key === "ContextMenu") {
    const box = rowOf(event.target)?.element.getBoundingClientRect();
    if (key !== undefined && box) {
      setSelection(table, (known) => focusForMenu(known, key));
      onMenu(key, { x: box.left + 40, y: box.bottom });
    }
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const grid = event.target.closest(".grid");
    grid?.scrollBy({ left: event.key === "ArrowLeft" ? -120 : 120 });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

export function markAll(table: string, keysBetween: GridProps["keysBetween"]): void {
  void keysBetween().then((keys) =>
    setSelection(table, (known) => ({ marked: new Set(keys), focus: known.focus ?? keys[0], anchor: keys[0] })),
  );
}

function destination(key: string, at: number, last: number, page: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return Math.min(last, at + 1);
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "PageDown":
      return Math.min(last, at + page);
    case "PageUp":
      return Math.max(0, at - page);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}
