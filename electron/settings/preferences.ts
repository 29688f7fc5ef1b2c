import { join } from "node:path";
import { type Preferences, preferences } from "../../common/contract/index.ts";
import { JsonStore, type StoreOptions } from "./store.ts";

type Damaged = StoreOptions<unknown>["onDamaged"];

/** What the app remembers between starts, in dataDir/preferences.json. */
export class PreferencesStore {
  readonly #store: JsonStore<Preferences>;

  constructor(dataDir: string, onDamaged?: Damaged) {
    this.#store = new JsonStore<Preferences>({
      file: join(dataDir, "preferences.json"),
      schema: preferences,
      version: 1,
      initial: preferences.parse({}),
      ...(onDamaged === undefined ? {} : { onDamaged }),
    });
  }

  get(): Promise<Preferences> {
    return this.#store.get();
  }

  /** Only what is given changes. */
  set(change: Partial<Preferences>): Promise<Preferences> {
    return this.#store.update((known) => ({ ...known, ...change }));
  }
}
