/** Gives the focus to the table's row that has (or would have) it; false when there is no row. */
export function focusGrid(): boolean {
  const row = document.querySelector<HTMLElement>('.browse .grid-row[tabindex="0"]');
  row?.focus({ preventScroll: true });
  return row !== null;
}
