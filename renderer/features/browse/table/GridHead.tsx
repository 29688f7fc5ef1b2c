// biome-ignore-all lint/a11y/useSemanticElements: rows are absolutely placed, which the elements of a table can not be
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid of rows one row (or a button in it) takes the focus, cells do not
import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LaidColumn } from "../columns/column-layout.ts";

export interface Sort {
  column: string;
  descending: boolean;
}

export interface GridHeadProps {
  columns: readonly LaidColumn[];
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  onWidth: (column: string, width: number) => void;
}

/** Up, down, and back to the server's order. */
export function nextSort(sort: Sort | null, column: string): Sort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

const widthStep = 24;
const narrowest = 48;

/** The columns' names: one stop for Tab, arrows go from name to name, Enter sorts, Shift with arrows changes the width. */
export const GridHead = memo(function GridHead({ columns, sort, onSort, onWidth }: GridHeadProps) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState(0);
  const row = useRef<HTMLDivElement>(null);
  const focusHeader = (at: number) => {
    const next = Math.max(0, Math.min(columns.length - 1, at));
    setCurrent(next);
    row.current?.querySelectorAll<HTMLElement>(".head-button")[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    const column = columns[current];
    if (by !== 0 && event.shiftKey && column) onWidth(column.name, Math.max(narrowest, column.width + by * widthStep));
    else if (by !== 0) focusHeader(current + by);
    else if (event.key === "Home") focusHeader(0);
    else if (event.key === "End") focusHeader(columns.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-head-row" ref={row} onKeyDown={onKeyDown}>
        {columns.map((column, at) => {
          const direction = sort?.column === column.name ? (sort.descending ? "descending" : "ascending") : undefined;
          return (
            <div
              key={column.name}
              role="columnheader"
              aria-colindex={at + 1}
              aria-sort={direction ?? "none"}
              className={headClass(column)}
            >
              <button
                type="button"
                className="head-button"
                tabIndex={at === Math.min(current, columns.length - 1) ? 0 : -1}
                title={column.description || undefined}
                onFocus={() => setCurrent(at)}
                onClick={() => onSort(nextSort(sort, column.name))}
              >
                <span>{column.name}</span>
                <span aria-hidden className="head-sign">
                  {direction === "descending" ? "↓" : direction === "ascending" ? "↑" : ""}
                </span>
              </button>
              <Handle width={column.width} onWidth={(width) => onWidth(column.name, width)} />
            </div>
          );
        })}
        <div role="columnheader" aria-colindex={columns.length + 1} className="head-cell head-menu">
          <span className="sr-only">{t("browse.table.actions")}</span>
        </div>
      </div>
    </div>
  );
});

function headClass(column: LaidColumn): string {
  if (column.pinned) return "head-cell head-name";
  return column.as === "number" || column.as === "quantity" ? "head-cell cell-number" : "head-cell";
}

/** The edge of a column, to be drawn with the mouse; the keyboard has Shift with arrows on the name. */
function Handle({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const from = useRef<{ x: number; width: number } | undefined>(undefined);
  const start = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const shown = event.currentTarget.parentElement?.getBoundingClientRect().width ?? width;
    from.current = { x: event.clientX, width: shown };
  };
  const move = (event: PointerEvent<HTMLSpanElement>) => {
    if (from.current) onWidth(Math.max(narrowest, Math.round(from.current.width + event.clientX - from.current.x)));
  };
  const end = () => {
    from.current = undefined;
  };
  return (
    <span
      className="head-handle"
      aria-hidden
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}
