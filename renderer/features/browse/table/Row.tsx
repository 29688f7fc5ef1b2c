// biome-ignore-all lint/a11y/useSemanticElements: rows are absolutely placed, which the elements of a table can not be
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid of rows one row (or a button in it) takes the focus, cells do not
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: the role differs by column; both may have aria-colindex
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Cell, RowHealth, TableRow } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { Age } from "../../../ui/Age.tsx";
import { Check, Ellipsis } from "../../../ui/icons.ts";
import { Tag, type Tone } from "../../../ui/Tag.tsx";
import type { LaidColumn } from "../columns/column-layout.ts";

export const healthTone: Record<RowHealth, Tone> = { ok: "ok", warn: "warn", bad: "bad", done: "idle" };
export const healthSign: Record<RowHealth, string> = { ok: "✓", warn: "△", bad: "!", done: "✓" };

export interface RowProps {
  id: string;
  row: TableRow;
  /** Among the matched rows, from 0. */
  index: number;
  columns: readonly LaidColumn[];
  /** The one row that Tab reaches. */
  tabbable: boolean;
  marked: boolean;
  /** Its object's pane is open. */
  open: boolean;
  /** Some column shows the health; where none does, the name carries a sign. */
  healthShown: boolean;
}

/** One object's line. Events are the grid's: it finds the row by data-key. */
export const Row = memo(function Row({ id, row, index, columns, tabbable, marked, open, healthShown }: RowProps) {
  const { t } = useTranslation();
  return (
    <div
      id={id}
      role="row"
      className={row.deleting ? "grid-row grid-row-deleting" : "grid-row"}
      data-key={row.key}
      style={{ top: `calc(var(--row) * ${index})` }}
      tabIndex={tabbable ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={marked}
      {...(open ? { "aria-current": true as const } : {})}
    >
      {columns.map((column, at) => (
        <div
          key={column.name}
          role={column.pinned ? "rowheader" : "gridcell"}
          aria-colindex={at + 1}
          className={cellClass(column)}
        >
          {column.pinned ? (
            <>
              <span className="grid-row-mark" data-mark aria-hidden>
                <Check size={12} strokeWidth={3} />
              </span>
              {!healthShown && (row.health === "warn" || row.health === "bad") ? (
                <span className={`grid-row-sign text-${healthTone[row.health]}`}>{healthSign[row.health]} </span>
              ) : null}
              {column.names ? (
                <span className="cell-text mono" title={visibleBidi(row.name)}>
                  {visibleBidi(row.name)}
                </span>
              ) : (
                <CellContent column={column} row={row} />
              )}
              {row.deleting ? <Tag tone="idle">{t("browse.row.deleting")}</Tag> : null}
            </>
          ) : (
            <CellContent column={column} row={row} />
          )}
        </div>
      ))}
      <div role="gridcell" aria-colindex={columns.length + 1} className="grid-cell cell-menu">
        <button
          type="button"
          tabIndex={-1}
          className="grid-row-menu"
          data-menu
          aria-label={t("browse.row.menu", { name: row.name })}
        >
          <Ellipsis size={14} aria-hidden />
        </button>
      </div>
    </div>
  );
});

function cellClass(column: LaidColumn): string {
  if (column.pinned) return "grid-cell cell-name";
  return column.as === "number" || column.as === "quantity" ? "grid-cell cell-number" : "grid-cell";
}

function CellContent({ column, row }: { column: LaidColumn; row: TableRow }) {
  const value = column.source === "namespace" ? (row.namespace ?? null) : (row.cells[column.source] ?? null);
  if (column.as === "age" && typeof value === "number")
    return (
      <span className="muted">
        <Age since={value} />
      </span>
    );
  const text = cellText(value);
  if (column.health && text !== "")
    return (
      <span className={`tag tag-${healthTone[row.health]} cell-tag`} title={text}>
        <span aria-hidden>{healthSign[row.health]}</span>
        <span className="cell-text">{text}</span>
      </span>
    );
  if (text === "" || text === "<none>" || text === "<unset>") return <span className="faint">–</span>;
  return (
    <span className={`cell-text ${toneOf(column, value)}`} title={text.length > 6 ? text : undefined}>
      {text}
    </span>
  );
}

function cellText(value: Cell): string {
  return value === null ? "" : visibleBidi(String(value));
}

/** Restarts are worth a look, "0" of anything is not. */
function toneOf(column: LaidColumn, value: Cell): string {
  if (column.name === "Restarts") return Number.parseInt(String(value), 10) > 0 ? "text-warn" : "faint";
  if (value === 0 || value === "0") return "faint";
  return column.pinned || column.as === "ready" ? "" : "muted";
}

/** A line that is not known yet: it only shows when the answer takes longer than a moment. */
export const SkeletonRow = memo(function SkeletonRow({ index, columns }: { index: number; columns: number }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="grid-row grid-row-skeleton"
      style={{ top: `calc(var(--row) * ${index})` }}
    >
      {Array.from({ length: columns }, (_, at) => at).map((at) => (
        <div key={at} role={at === 0 ? "rowheader" : "gridcell"} aria-colindex={at + 1} className="grid-cell">
          <i className="bone" style={{ width: `${45 + ((index * 17 + at * 29) % 40)}%` }} />
        </div>
      ))}
    </div>
  );
});
