import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ResourceInfo, TableSource } from "../../../../common/contract/index.ts";
import { selectionOf, setSelection, useSelections } from "../../../state/browse.ts";
import { kindName } from "../../../state/kind-name.ts";
import { type BrowsePlace, browse } from "../../../state/route.ts";
import { keepOnly, keyOf, noSelection, parseKey } from "../../../state/selection.ts";
import { choiceOf, setChoice, useChoice, useColumns } from "../columns/use-columns.ts";
import { BulkBar } from "./BulkBar.tsx";
import { Grid } from "./Grid.tsx";
import type { Sort } from "./GridHead.tsx";
import { RowMenu } from "./RowMenu.tsx";
import { TableNotice } from "./TableNotice.tsx";
import { useTable } from "./use-table.ts";

export interface TableAreaProps {
  /** Names the table: the same name, the same selection. */
  table: string;
  info: ResourceInfo;
  source: TableSource;
  place: BrowsePlace;
}

/** The list of one kind: rows, what stands in their place when there are none, and what to do with those marked. */
export function TableArea({ table, info, source, place }: TableAreaProps) {
  const { t } = useTranslation();
  const choice = useChoice(place.resource);
  const sort = place.sort ?? choice.sort;
  const filter = filterToSend(place.filter ?? "");
  const faults = place.faults ?? false;
  const selection = useSelections((state) => state[table]) ?? noSelection;
  const { state, onRange, keysBetween, retry } = useTable(source, { filter, faults, sort }, selection.focus);
  const { view, error } = state;
  const withNamespace = info.namespaced && source.namespaces.length !== 1;
  const columns = useColumns(table, place.resource, view, withNamespace);
  const [menu, setMenu] = useState<{ key: string; x: number; y: number } | undefined>(undefined);
  useMarksThatAreThere(table, keysBetween, view?.matched, view?.total);
  const openKey = place.object ? keyOf(place.object) : undefined;
  const openWidths = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [dragged, setDragged] = useState<Record<string, number>>({});
  const shownColumns = useMemo(
    () => columns.map((column) => ({ ...column, width: dragged[column.name] ?? column.width })),
    [columns, dragged],
  );
  const targets = useMemo(
    () => (menu ? menuKeys(table, menu.key).map((key) => ({ ...source, kind: info.kind, ...parseKey(key) })) : []),
    [menu, table, source, info.kind],
  );

  const onSort = (next: Sort | null) => {
    setChoice(place.resource, { sort: next });
    browse({ sort: next ?? undefined }, { replace: true });
  };
  const onWidth = (column: string, width: number) => {
    setDragged((known) => ({ ...known, [column]: width }));
    clearTimeout(openWidths.current);
    openWidths.current = setTimeout(() => {
      setChoice(place.resource, { widths: { ...choiceOf(place.resource).widths, [column]: width } });
    }, 400);
  };

  const notice = <TableNotice info={info} place={place} state={state} onAgain={retry} />;
  if (error) return notice;
  return (
    <>
      {notice}
      <Grid
        table={table}
        label={kindName(t, info)}
        view={view}
        columns={shownColumns}
        selection={selection}
        sort={sort}
        openKey={openKey}
        onSort={onSort}
        onWidth={onWidth}
        onRange={onRange}
        onOpen={(key) => browse({ object: parseKey(key), tab: place.object ? place.tab : undefined })}
        onMenu={(key, at) => setMenu({ key, ...at })}
        keysBetween={keysBetween}
      />
      <BulkBar table={table} info={info} source={source} selection={selection} />
      {menu ? <RowMenu targets={targets} at={menu} table={table} onClose={() => setMenu(undefined)} /> : null}
    </>
  );
}

/** A selector typed in the filter box is not yet a filter. */
function filterToSend(filter: string): string {
  return /^-l(\s|$)/.test(filter) ? "" : filter;
}

function menuKeys(table: string, key: string): string[] {
  const { marked } = selectionOf(table);
  return marked.has(key) ? [...marked] : [key];
}

/** A mark on a row that is gone, or that the filter hides, would be acted on unseen: it is taken away. */
function useMarksThatAreThere(
  table: string,
  keysBetween: () => Promise<string[]>,
  matched: number | undefined,
  total: number | undefined,
): void {
  const some = useSelections((state) => (state[table]?.marked.size ?? 0) > 0);
  const last = useRef<string | undefined>(undefined);
  const now = `${matched}/${total}`;
  useEffect(() => {
    const before = last.current;
    last.current = some ? now : undefined;
    if (!some || before === undefined || before === now) return;
    const timer = setTimeout(() => {
      void keysBetween().then((keys) => setSelection(table, (known) => keepOnly(known, new Set(keys))));
    }, 300);
    return () => clearTimeout(timer);
  }, [table, some, now, keysBetween]);
}
