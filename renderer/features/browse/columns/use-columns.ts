import { useMemo, useRef } from "react";
import type { ColumnChoice, TableView } from "../../../../common/contract/index.ts";
import { browsePreferences, setBrowsePreferences, useBrowsePreferences } from "../../../state/browse.ts";
import type { ResourceKey } from "../../../state/route.ts";
import { emptyChoice, type LaidColumn, layColumns, measure, orderedColumns } from "./column-layout.ts";

/** Widths measured for a resource, kept while the page is open, so that a list looks the same when come back to. */
const measuredFor = new Map<string, { widths: Record<string, number>; rows: number; names: string }>();
const enoughRows = 40;

function widthsOf(table: string, view: TableView | undefined, withNamespace: boolean): Record<string, number> {
  const known = measuredFor.get(table);
  if (!view || view.rows.length === 0) return known?.widths ?? {};
  const names = view.columns.map(({ name }) => name).join("\n") + withNamespace;
  const settled = known && known.names === names && (known.rows >= enoughRows || view.rows.length <= known.rows * 2);
  if (settled) return known.widths;
  const widths: Record<string, number> = {};
  for (const [at, { column, source }] of orderedColumns(view.columns, emptyChoice, withNamespace).entries())
    widths[column.name] = Math.max(
      measure(column, source, view.rows, at === 0),
      known?.names === names ? (known.widths[column.name] ?? 0) : 0,
    );
  measuredFor.set(table, { widths, rows: view.rows.length, names });
  return widths;
}

/** The columns on screen; they are the same array as long as nothing about them changes. */
export function useColumns(table: string, resource: ResourceKey, view: TableView | undefined, withNamespace: boolean) {
  const choice = useChoice(resource);
  const widths = widthsOf(table, view, withNamespace);
  const columns = view?.columns;
  const previous = useRef<LaidColumn[]>([]);
  return useMemo(() => {
    if (columns) previous.current = layColumns(columns, choice, widths, withNamespace);
    return previous.current;
  }, [columns, choice, widths, withNamespace]);
}

export function useChoice(resource: ResourceKey): ColumnChoice {
  return useBrowsePreferences().columns[resource] ?? emptyChoice;
}

export function setChoice(resource: ResourceKey, change: Partial<ColumnChoice>): void {
  setBrowsePreferences(({ columns }) => ({
    columns: { ...columns, [resource]: { ...(columns[resource] ?? emptyChoice), ...change } },
  }));
}

export function choiceOf(resource: ResourceKey): ColumnChoice {
  return browsePreferences().columns[resource] ?? emptyChoice;
}
