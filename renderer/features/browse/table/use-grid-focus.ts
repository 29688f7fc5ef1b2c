import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { TableRow, TableView } from "../../../../common/contract/index.ts";
import { setSelection } from "../../../state/browse.ts";
import { focusOn, type Selection } from "../../../state/selection.ts";
import { rowAt } from "../../../state/table-session.ts";

export interface GridFocus {
  /** Place of the row with the focus among the matched rows, when known. */
  index: number | undefined;
  /** The row with the focus as it was last seen, also while it is outside the window. */
  row: TableRow | undefined;
  /** Moves the focus to a place, scrolling there; `done` gets its key as soon as the row is known. */
  moveTo(index: number, done?: (key: string) => void): void;
}

/** Where the focused row stands: where the backend says, or in the window while it has not yet been asked about this row. */
export function focusIndex(view: TableView | undefined, key: string | undefined): number | undefined {
  if (!view || key === undefined) return undefined;
  if (view.anchor?.key === key) return view.anchor.index;
  const at = view.rows.findIndex((row) => row.key === key);
  return at === -1 ? undefined : view.offset + at;
}

/**
 * Keeps the focus on a row by its key while rows come, go and change places. When its row is gone, the one that took its
 * place gets the focus. Only moves the page's focus while the grid already has it.
 */
export function useGridFocus(
  table: string,
  view: TableView | undefined,
  selection: Selection,
  scroller: RefObject<HTMLDivElement | null>,
  rowHeight: number,
): GridFocus {
  const key = selection.focus;
  const index = focusIndex(view, key);
  const pending = useRef<{ index: number; done: (key: string) => void } | undefined>(undefined);
  const last = useRef<{ key: string; index: number; row: TableRow | undefined } | undefined>(undefined);
  const hadFocus = useRef(false);

  const row = index === undefined ? undefined : (rowAt(view, index) ?? undefined);
  if (key !== undefined && index !== undefined) {
    const before = last.current?.key === key ? last.current : undefined;
    last.current = { key, index, row: row ?? before?.row };
  }

  const reveal = useCallback(
    (at: number) => {
      const element = scroller.current;
      if (!element) return;
      const head = rowHeight;
      const top = at * rowHeight;
      const space = element.clientHeight - head;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + space) element.scrollTop = top + rowHeight - space;
    },
    [scroller, rowHeight],
  );

  const moveTo = useCallback(
    (to: number, done?: (key: string) => void) => {
      const matched = view?.matched ?? 0;
      if (matched === 0) return;
      const at = Math.max(0, Math.min(matched - 1, to));
      const finish = done ?? ((found: string) => setSelection(table, (known) => focusOn(known, found)));
      reveal(at);
      hadFocus.current = true;
      const found = rowAt(view, at);
      if (found) {
        pending.current = undefined;
        finish(found.key);
      } else pending.current = { index: at, done: finish };
    },
    [table, view, reveal],
  );

  // A row that was asked for has come into the window.
  useEffect(() => {
    const wanted = pending.current;
    const found = wanted && rowAt(view, wanted.index);
    if (!wanted || !found) return;
    pending.current = undefined;
    wanted.done(found.key);
  }, [view]);

  // The row with the focus is gone: the one that took its place has it now.
  useEffect(() => {
    if (!view || view.state === "listing" || key === undefined || index !== undefined) return;
    const gone = last.current;
    // An answer to an older question says nothing of this row.
    if (gone?.key !== key || view.anchor?.key !== key) return;
    const heir = rowAt(view, Math.min(gone.index, view.matched - 1));
    if (heir) setSelection(table, (known) => focusOn(known, heir.key));
  }, [table, view, key, index]);

  // Follows the row with the page's focus, when the grid has it.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || key === undefined) return;
    const active = document.activeElement;
    const inRows = active instanceof HTMLElement && active.closest(".grid-body") !== null && element.contains(active);
    const lost = hadFocus.current && (active === null || active === document.body);
    if (!inRows && !lost && !hadFocus.current) return;
    const target = element.querySelector<HTMLElement>(`.grid-row[data-key="${CSS.escape(key)}"]`);
    if (!target || target.contains(active)) return;
    if (inRows || lost || active === element) target.focus({ preventScroll: true });
  });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const into = (event: FocusEvent) => {
      hadFocus.current = event.target instanceof HTMLElement && event.target.closest(".grid-body") !== null;
      // However it came there (Tab, the filter's Enter): what is done next is done to this row.
      const focused = event.target instanceof HTMLElement ? event.target.dataset.key : undefined;
      if (focused === undefined) return;
      // A range still begins where it was begun: pressing the mouse for its other end brings the focus there first.
      setSelection(table, (known) =>
        known.focus === focused ? known : { ...known, focus: focused, anchor: known.anchor ?? focused },
      );
    };
    const out = (event: FocusEvent) => {
      // Focus that goes nowhere was on a row that went away; focus that goes elsewhere was taken there by the user.
      if (event.relatedTarget !== null) hadFocus.current = false;
    };
    element.addEventListener("focusin", into);
    element.addEventListener("focusout", out);
    return () => {
      element.removeEventListener("focusin", into);
      element.removeEventListener("focusout", out);
    };
  }, [scroller, table]);

  return { index, row: row ?? (last.current?.key === key ? last.current?.row : undefined), moveTo };
}
