import { type FSWatcher, watch } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { pause } from "./pause.ts";

/** Editors and tools write a file in several steps. */
const settleMs = 120;

/**
 * Yields once at the start, and again some moments after one of the files (or `changes`) changed. Watches their folders,
 * as a file that is replaced by a rename is another file, and one that is made later is not there yet.
 */
export async function* watchFiles(
  paths: () => Promise<string[]>,
  changes: EventTarget,
  signal: AbortSignal,
): AsyncGenerator<void, void, void> {
  let wake: () => void = () => undefined;
  let changed = false;
  const onChange = (): void => {
    changed = true;
    wake();
  };
  const onAbort = (): void => wake();
  const watchers = new Map<string, FolderWatch>();
  changes.addEventListener("change", onChange);
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      changed = false;
      // Watchers first: a change between the two is then seen.
      follow(watchers, await foldersOf(await paths()), onChange);
      yield;
      if (!changed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      await pause(settleMs, signal).catch(() => {
        // Aborted: the loop ends.
      });
    }
  } finally {
    changes.removeEventListener("change", onChange);
    signal.removeEventListener("abort", onAbort);
    for (const { watcher } of watchers.values()) watcher.close();
  }
}

interface FolderWatch {
  watcher: FSWatcher;
  names: Set<string>;
}

/** The folders to watch, and the names in them that matter; links are followed to the file they stand for. */
async function foldersOf(files: readonly string[]): Promise<Map<string, Set<string>>> {
  const folders = new Map<string, Set<string>>();
  const add = (file: string): void => {
    const folder = path.dirname(file);
    folders.set(folder, (folders.get(folder) ?? new Set()).add(path.basename(file)));
  };
  for (const file of files) {
    // A folder that is not there yet is waited for in the nearest one that is.
    let watched = file;
    while (path.dirname(watched) !== watched && !(await isFolder(path.dirname(watched))))
      watched = path.dirname(watched);
    add(watched);
    try {
      const target = await realpath(file);
      if (target !== file) add(target);
    } catch {
      // Not there yet.
    }
  }
  return folders;
}

function follow(watchers: Map<string, FolderWatch>, folders: Map<string, Set<string>>, onChange: () => void): void {
  for (const [folder, { watcher }] of watchers) {
    if (folders.has(folder)) continue;
    watcher.close();
    watchers.delete(folder);
  }
  for (const [folder, names] of folders) {
    const existing = watchers.get(folder);
    if (existing !== undefined) {
      existing.names = names;
      continue;
    }
    try {
      const watcher = watch(folder, { persistent: false });
      const entry: FolderWatch = { watcher, names };
      watcher.on("change", (_event, name) => {
        if (name === null || entry.names.has(name.toString())) onChange();
      });
      watcher.on("error", () => {
        // The folder went away: look for the nearest one again.
        watcher.close();
        watchers.delete(folder);
        onChange();
      });
      watchers.set(folder, entry);
    } catch {
      // Not to be watched (gone meanwhile, or no watches left): the list stays as it is until something else changes.
    }
  }
}

async function isFolder(candidate: string): Promise<boolean> {
  try {
    return (await stat(candidate)).isDirectory();
  } catch {
    return false;
  }
}
