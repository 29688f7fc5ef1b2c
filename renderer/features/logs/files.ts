import { client } from "../../state/client.ts";

export interface TextOptions {
  view: string;
  timestamps: boolean;
  sources: boolean;
  from?: number;
  to?: number;
  /** Stops after about so many characters. */
  limit?: number;
}

/** All rows shown, as the pieces of a text. */
export async function logText(options: TextOptions): Promise<{ pieces: string[]; rows: number; complete: boolean }> {
  const { view, timestamps, sources, to, limit = Number.POSITIVE_INFINITY } = options;
  const pieces: string[] = [];
  let rows = 0;
  let size = 0;
  let from: number | null = options.from ?? 0;
  while (from !== null && size < limit) {
    const piece: { text: string; rows: number; next: number | null } = await client().call("logs.read", {
      view,
      from,
      to: to ?? null,
      timestamps,
      sources,
    });
    pieces.push(piece.text);
    rows += piece.rows;
    size += piece.text.length;
    from = piece.next;
  }
  return { pieces, rows, complete: from === null };
}

/** Hands a text to the browser as a file to save. */
export function saveFile(name: string, pieces: readonly string[]): void {
  const address = URL.createObjectURL(new Blob([...pieces], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the data once it began.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** `kubeflow-web-7b99-20260102-030405.log` */
export function fileName(parts: readonly string[], now = new Date()): string {
  const stamp = now
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replace(/[-:]/g, "")
    .replace("T", "-");
  return `${[...parts, stamp].join("-").replace(/[^\w.-]+/g, "-")}.log`;
}
