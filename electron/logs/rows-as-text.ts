import type { LogViewModel } from "./log-view-model.ts";
import { recordedLine } from "./row.ts";
import type { LogStore } from "./store.ts";

export interface ReadOptions {
  from: number;
  /** Up to this row, not including it; null: to the end. */
  to: number | null;
  timestamps: boolean;
  /** With the pod and container in front. */
  sources: boolean;
  limitBytes: number;
}

/** Rows of a view as text, each as `kubectl logs` gives it, as many whole lines as fit; `next` is where to go on, null when that was all. */
export function rowsAsText(store: LogStore, view: LogViewModel, names: readonly string[], options: ReadOptions) {
  const pieces: string[] = [];
  let size = 0;
  let row = Math.max(options.from, view.firstRow);
  const end = Math.min(options.to ?? view.endRow, view.endRow);
  for (const line of view.lines(row, end)) {
    const whole = recordedLine(store, line);
    if (whole === undefined) break;
    const time = options.timestamps && whole.at !== "" ? `${whole.at} ` : "";
    const name = options.sources && store.noticeAt(line) === undefined ? `[${names[whole.source] ?? ""}] ` : "";
    const piece = `${time}${name}${whole.text}\n`;
    if (pieces.length > 0 && size + piece.length > options.limitBytes) break;
    size += piece.length;
    pieces.push(piece);
    row++;
  }
  return { text: pieces.join(""), rows: pieces.length, next: row < end ? row : null };
}
