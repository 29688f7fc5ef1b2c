import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { KfDir, unreadable } from "../../kf-dir/index.ts";
import { withDiskReason } from "../disk.ts";
import { keyOf } from "../objects.ts";
import {
  type JournalEntry,
  type JournalNote,
  type JournalState,
  journalEntry,
  reduceJournal,
} from "./journal-entries.ts";

export const journalName = ".flowdeck/journal.jsonl";

export function journalPath(kfDir: string): string {
  return join(kfDir, journalName);
}

/**
 * Reads what a text of journal lines says. A last line without an end is what a crash left and is not counted.
 * @throws FlowdeckError `journal-invalid` for any other line that is not an entry.
 */
export function parseJournal(content: string, path: string): JournalEntry[] {
  const whole = content.slice(0, content.lastIndexOf("\n") + 1);
  return whole.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      value = undefined;
    }
    const parsed = journalEntry.safeParse(value);
    if (parsed.success) return [parsed.data];
    throw new FlowdeckError(
      "journal-invalid",
      message("installation.journalLine", { line: String(index + 1), file: path }),
      {
        advice: message("installation.journalLineAdvice"),
      },
    );
  });
}

/** The state a folder's journal tells, or undefined when it has none. Throws `journal-invalid`, `folder-unusable`. */
export async function readJournal(kfDir: string): Promise<JournalState | undefined> {
  const path = journalPath(kfDir);
  let content: string | undefined;
  try {
    content = await new KfDir(kfDir).readText(journalName);
  } catch (error) {
    if (error instanceof FlowdeckError) throw error;
    throw new FlowdeckError("journal-invalid", unreadable(path, error), { cause: error });
  }
  if (content === undefined) return undefined;
  const entries = parseJournal(content, path);
  return entries.length === 0 ? undefined : reduceJournal(entries, keyOf);
}

/** Appends to a folder's journal. Entries are written in order; `commit` returns once they are on disk. */
export class JournalWriter {
  readonly #handle: FileHandle;
  readonly #path: string;
  #tail: Promise<void> = Promise.resolve();
  #failure: unknown;
  #keys: { t: "applied" | "removed"; keys: string[]; uids?: Record<string, string> } | undefined;
  #flushTimer: NodeJS.Timeout | undefined;

  private constructor(handle: FileHandle, path: string) {
    this.#handle = handle;
    this.#path = path;
  }

  /** Opens it, cutting off a torn last line. */
  static async open(kfDir: string): Promise<JournalWriter> {
    const path = journalPath(kfDir);
    try {
      const handle = await new KfDir(kfDir).openToAppend(journalName);
      const content = await handle.readFile();
      const end = content.lastIndexOf(10) + 1;
      if (end < content.length) await handle.truncate(end);
      return new JournalWriter(handle, path);
    } catch (error) {
      throw await withDiskReason(error, dirname(path));
    }
  }

  /** Writes soon. A failure to write is thrown by the next `commit`. */
  note(entry: JournalNote): void {
    this.#flushKeys();
    this.#append([entry]);
  }

  /** Objects that were applied (`uid`: one that is ours) or removed: gathered for a moment, then written together. */
  noteKey(t: "applied" | "removed", key: string, uid?: string): void {
    if (this.#keys && this.#keys.t !== t) this.#flushKeys();
    this.#keys ??= { t, keys: [] };
    this.#keys.keys.push(key);
    if (uid !== undefined) this.#keys.uids = { ...this.#keys.uids, [key]: uid };
    this.#flushTimer ??= setTimeout(() => this.#flushKeys(), 150);
  }

  /** Writes an entry and returns when everything so far would survive a power cut. */
  async commit(entry?: JournalNote): Promise<void> {
    this.#flushKeys();
    if (entry) this.#append([entry]);
    await this.#tail;
    if (this.#failure !== undefined) throw await withDiskReason(this.#failure, dirname(this.#path));
    try {
      await this.#handle.sync();
    } catch (error) {
      throw await withDiskReason(error, dirname(this.#path));
    }
  }

  async close(): Promise<void> {
    this.#flushKeys();
    await this.#tail;
    await this.#handle.close();
  }

  #flushKeys(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const keys = this.#keys;
    this.#keys = undefined;
    if (keys) this.#append([keys]);
  }

  #append(entries: readonly JournalNote[]): void {
    const at = new Date().toISOString();
    const text = entries.map((entry) => `${JSON.stringify({ ...entry, at })}\n`).join("");
    this.#tail = this.#tail
      .then(async () => {
        if (this.#failure === undefined) await this.#handle.appendFile(text);
      })
      .catch((error: unknown) => {
        this.#failure = error;
      });
  }
}
