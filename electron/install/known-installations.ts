import { resolve } from "node:path";
import { latest } from "../../common/async/index.ts";
import {
  FlowdeckError,
  type InstallationEntry,
  type InstallSettings,
  type InstallState,
  type InstallStatus,
  type LogEntry,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { InstallationList } from "../settings/index.ts";
import { InstallLog } from "./installation-dir/install-log.ts";
import { InstallationFolder } from "./installation-dir/installation-dir.ts";
import { readJournal } from "./installation-dir/journal.ts";
import type { JournalState } from "./installation-dir/journal-entries.ts";
import { stateOf, storedStatus } from "./installation-dir/stored-status.ts";
import type { BegunOperation, Operations } from "./operations/operations.ts";

/** An installation as its folder on this computer records it. */
export interface RecordedInstallation {
  kfDir: string;
  /** Value of the installation's label. */
  id: string;
  settings: InstallSettings;
  journal: JournalState;
  state: InstallState;
}

/** No more often than this are changes told to a watcher, in milliseconds. */
const everyMs = 150;

/** What there is to see of installations: of the operation in this process where there is one, else of what KF_DIR keeps. */
export class KnownInstallations {
  readonly #installations: InstallationList;
  readonly #operations: Operations;

  constructor(installations: InstallationList, operations: Operations) {
    this.#installations = installations;
    this.#operations = operations;
  }

  /** What the folder keeps. Throws `not-found` where it is not the folder of an installation. */
  async get(kfDir: string): Promise<{ settings: InstallSettings; journal: JournalState | undefined }> {
    const place = resolve(kfDir);
    const [stored, journal] = await Promise.all([new InstallationFolder(place).readSettings(), readJournal(place)]);
    if (!stored) throw new FlowdeckError("not-found", message("installation.noFolder", { folder: place }));
    return { settings: stored.settings, journal };
  }

  /** Those with a journal of an installation; a folder that can't be read is left out. */
  async recorded(): Promise<RecordedInstallation[]> {
    const known = await this.#installations.all();
    const all = await Promise.all(known.map(({ kfDir }) => this.#record(resolve(kfDir)).catch(() => undefined)));
    return all.filter((one) => one !== undefined);
  }

  async #record(kfDir: string): Promise<RecordedInstallation | undefined> {
    const [stored, journal] = await Promise.all([new InstallationFolder(kfDir).readSettings(), readJournal(kfDir)]);
    if (!stored || !journal?.install) return undefined;
    const state = this.#operations.get(kfDir)?.statusStore.snapshot().state ?? stateOf(journal);
    return { kfDir, ...stored, journal, state };
  }

  async list(): Promise<InstallationEntry[]> {
    const known = await this.#installations.all();
    return Promise.all(known.map(({ kfDir }) => this.#entry(kfDir)));
  }

  async status(kfDir: string): Promise<InstallStatus> {
    const place = resolve(kfDir);
    return this.#operations.get(place)?.statusStore.snapshot() ?? keptStatus(place);
  }

  /** The status now and on every change, also across the end of one operation and the start of the next. */
  async *watch(kfDir: string, signal: AbortSignal): AsyncGenerator<InstallStatus, void, void> {
    const place = resolve(kfDir);
    if (!this.#operations.get(place)) yield await keptStatus(place);
    while (!signal.aborted) {
      const operation = this.#operations.get(place);
      if (!operation) {
        await this.#operations.next(signal);
        continue;
      }
      const { statusStore } = operation;
      const read = () => statusStore.snapshot();
      yield* this.#whileCurrent(place, operation, read, (listener) => statusStore.onChange(listener), signal);
    }
  }

  /** The log's entries after the one with that number, and those that come. */
  async *log(kfDir: string, after: number, signal: AbortSignal): AsyncGenerator<LogEntry[], void, void> {
    const place = resolve(kfDir);
    let seen = after;
    while (!signal.aborted) {
      const operation = this.#operations.get(place);
      const log = operation?.log ?? (await InstallLog.open(place));
      const read = () => log.after(seen);
      for await (const entries of this.#whileCurrent(
        place,
        operation,
        read,
        (listener) => log.onAdd(listener),
        signal,
      )) {
        seen = entries.at(-1)?.seq ?? seen;
        if (entries.length > 0) yield entries;
      }
    }
  }

  /** What is read now and after changes, until another operation than this begins in the folder. */
  #whileCurrent<T>(
    place: string,
    operation: BegunOperation | undefined,
    read: () => T,
    onChange: (listener: () => void) => () => void,
    signal: AbortSignal,
  ): AsyncGenerator<T, void, void> {
    return latest({
      read,
      onChange: (listener) => {
        const stops = [onChange(listener), this.#operations.onAdd(listener)];
        return () => {
          for (const stop of stops) stop();
        };
      },
      everyMs,
      signal,
      last: () => this.#operations.get(place) !== operation,
    });
  }

  async #entry(kfDir: string): Promise<InstallationEntry> {
    const base = { kfDir, name: kfDir.split(/[\\/]/).at(-1) ?? kfDir };
    try {
      const { settings, journal } = await this.get(kfDir);
      const running = this.#operations.get(kfDir)?.statusStore.snapshot();
      return {
        ...base,
        name: settings.name,
        release: settings.release,
        title: journal?.run?.title ?? settings.release,
        ...(journal?.run ? { contextName: journal.run.contextName } : {}),
        state: running?.state ?? stateOf(journal),
        activity: running?.activity ?? journal?.run?.activity ?? "install",
        ...(journal?.updatedAt ? { updatedAt: journal.updatedAt } : {}),
        settings,
      };
    } catch (error) {
      return { ...base, release: "", title: base.name, state: "none", activity: "install", error: toAppError(error) };
    }
  }
}

/** As the journal tells it; work that was begun and not ended goes on where another process holds the folder. */
async function keptStatus(place: string): Promise<InstallStatus> {
  const status = storedStatus(place, await readJournal(place));
  if (status.state !== "interrupted" || !(await isHeld(place))) return status;
  return { ...status, state: status.activity === "install" ? "running" : "removing" };
}

async function isHeld(place: string): Promise<boolean> {
  try {
    const unlock = await new InstallationFolder(place).lock();
    await unlock();
    return false;
  } catch (error) {
    return error instanceof FlowdeckError && error.code === "folder-in-use";
  }
}
