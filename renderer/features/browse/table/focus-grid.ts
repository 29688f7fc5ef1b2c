let wantedUntil = 0;
const patienceMs = 5000;

/** Gives the focus to the table's row that has (or would have) it; false when there is no row. */
export function focusGrid(): boolean {
  const row = document.querySelector<HTMLElement>('.browse .grid-row[data-key][tabindex="0"]');
  row?.focus({ preventScroll: true });
  return row !== null;
}

/** The table that comes on screen next gets the focus as soon as it has rows. */
export function wantGridFocus(): void {
  wantedUntil = Date.now() + patienceMs;
}

/** Called by the table when it has rows: takes the focus if somebody asked for that, or if nothing has it. */
export function takeGridFocus(): void {
  const nobody = document.activeElement === null || document.activeElement === document.body;
  if (!nobody && Date.now() > wantedUntil) return;
  if (focusGrid()) wantedUntil = 0;
}
