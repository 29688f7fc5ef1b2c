import { lstat, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { FlowdeckError, podReadyMs, practiceFault } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";

/** What the supervisor puts into its folder; a reset deletes these and nothing else. */
const own = [
  "control.json",
  "egress.sock",
  "etcd",
  "internal",
  "kubeconfig",
  "lock",
  "logs",
  "pki",
  "ports.json",
  "settings.json",
];

const savedSettings = z.object({
  nodes: z.number(),
  podReadyMs,
  faults: z.array(practiceFault).default([]),
});
export type SavedSettings = z.infer<typeof savedSettings>;

/** The folder of one practice cluster. */
export class ClusterFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Throws `folder-unusable` when the path is taken by something else. */
  async ensure(): Promise<void> {
    try {
      await mkdir(this.file("logs"), { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw this.#unusable(cause);
    }
    if (!(await lstat(this.path)).isDirectory()) throw this.#unusable();
  }

  /** Whether a cluster's data is there. */
  async hasData(): Promise<boolean> {
    return lstat(this.file("etcd")).then(
      () => true,
      () => false,
    );
  }

  async settings(): Promise<SavedSettings | undefined> {
    try {
      return savedSettings.parse(JSON.parse(await readFile(this.file("settings.json"), "utf8")));
    } catch {
      return undefined; // not there, or not ours to understand: the defaults do
    }
  }

  /** Deletes the cluster. What somebody else put into the folder stays, and with it the folder. */
  async clear(): Promise<void> {
    const there = await lstat(this.path).catch(() => undefined); // nothing to delete
    if (there === undefined) return;
    // A link would lead out of the data folder.
    if (!there.isDirectory()) throw this.#unusable();
    for (const name of await readdir(this.path)) {
      if (own.includes(name) || own.some((each) => name.startsWith(`.${each}-`))) {
        await rm(this.file(name), { recursive: true, force: true });
      }
    }
    if ((await readdir(this.path)).length === 0) await rm(this.path, { recursive: true });
  }

  #unusable(cause?: unknown): FlowdeckError {
    return new FlowdeckError("folder-unusable", message("practice.folderUnusable", { folder: this.path }), {
      ...(cause instanceof Error ? { detail: cause.message } : { advice: message("practice.somethingElse") }),
      cause,
    });
  }
}
