/** Pixels of a row that is not wrapped; the style sheet has the same. */
export const rowHeight = 18;
/** Browsers draw no element higher than this (Chromium 33.5, Firefox 17.9 million pixels). */
const highest = 16_000_000;

export interface Extent {
  firstRow: number;
  endRow: number;
  /** Pixels of the list on screen. */
  viewport: number;
}

/** Pixels that the scrollbar stands for. */
export function scrollHeight({ firstRow, endRow }: Extent): number {
  return Math.min((endRow - firstRow) * rowHeight, highest);
}

/** Rows that fit, the last one perhaps in part. */
export function rowsOnScreen(viewport: number): number {
  return Math.ceil(viewport / rowHeight);
}

function scrollable(extent: Extent): { pixels: number; rows: number } {
  return {
    pixels: Math.max(1, scrollHeight(extent) - extent.viewport),
    rows: Math.max(0, extent.endRow - extent.firstRow - extent.viewport / rowHeight),
  };
}

/** The row (with its fraction) at the top for a place of the scrollbar. */
export function topRow(scrollTop: number, extent: Extent): number {
  const { pixels, rows } = scrollable(extent);
  return extent.firstRow + Math.min(1, Math.max(0, scrollTop / pixels)) * rows;
}

/** The place of the scrollbar for a row at the top. */
export function scrollTopOf(top: number, extent: Extent): number {
  const { pixels, rows } = scrollable(extent);
  return rows === 0 ? 0 : Math.min(1, Math.max(0, (top - extent.firstRow) / rows)) * pixels;
}

/** The furthest row that can be at the top. */
export function lastTop(extent: Extent): number {
  return extent.firstRow + scrollable(extent).rows;
}
