import { join, resolve } from "node:path";
import { z } from "zod";
import { JsonStore, type StoreOptions } from "./store.ts";

const knownInstallation = z.strictObject({
  kfDir: z.string().min(1),
  /** The installation that this computer put there; what the folder says of itself anybody can have written. */
  id: z.string().optional(),
  /** ISO 8601; when it was last worked on. */
  usedAt: z.string(),
});
export type KnownInstallation = z.infer<typeof knownInstallation>;

type Damaged = StoreOptions<unknown>["onDamaged"];

/** The installation folders this app has worked on, in dataDir/installations.json; the newest first. */
export class InstallationList {
  readonly #store: JsonStore<KnownInstallation[]>;

  constructor(dataDir: string, onDamaged?: Damaged) {
    this.#store = new JsonStore<KnownInstallation[]>({
      file: join(dataDir, "installations.json"),
      schema: z.array(knownInstallation),
      version: 1,
      initial: [],
      ...(onDamaged === undefined ? {} : { onDamaged }),
    });
  }

  all(): Promise<KnownInstallation[]> {
    return this.#store.get();
  }

  /** Adds a folder, or moves it to the front. */
  remember(kfDir: string, { id, now = new Date() }: { id?: string; now?: Date } = {}): Promise<KnownInstallation[]> {
    const place = resolve(kfDir);
    return this.#store.update((known) => [
      { ...known.find((one) => one.kfDir === place), kfDir: place, usedAt: now.toISOString(), ...(id ? { id } : {}) },
      ...known.filter((one) => one.kfDir !== place),
    ]);
  }

  /** Takes it off the list; the folder itself stays. */
  forget(kfDir: string): Promise<KnownInstallation[]> {
    const place = resolve(kfDir);
    return this.#store.update((known) => known.filter((one) => one.kfDir !== place));
  }
}
