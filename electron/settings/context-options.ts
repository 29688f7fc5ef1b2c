import { join } from "node:path";
import { z } from "zod";
import {
  type ContextId,
  type ContextOptions,
  type ContextOptionsChange,
  contextId,
  contextOptions,
} from "../../common/contract/index.ts";
import { JsonStore, type StoreOptions } from "./store.ts";

type Damaged = StoreOptions<unknown>["onDamaged"];
type Known = Record<ContextId, ContextOptions>;

/** What the user chose about contexts (colour, read-only, …), by their ids, in dataDir/contexts.json. */
export class ContextOptionsStore {
  readonly #store: JsonStore<Known>;

  constructor(dataDir: string, onDamaged?: Damaged) {
    this.#store = new JsonStore<Known>({
      file: join(dataDir, "contexts.json"),
      schema: z.record(contextId, contextOptions),
      version: 1,
      initial: {},
      ...(onDamaged === undefined ? {} : { onDamaged }),
    });
  }

  /** Of a context nothing was chosen about: the defaults. */
  async get(id: ContextId): Promise<ContextOptions> {
    return (await this.#store.get())[id] ?? contextOptions.parse({});
  }

  async change(id: ContextId, change: ContextOptionsChange): Promise<ContextOptions> {
    const known = await this.#store.update((all) => ({ ...all, [id]: changed(all[id], change) }));
    return known[id] ?? contextOptions.parse({});
  }

  /** A renamed context keeps them under its new id. */
  async move(from: ContextId, to: ContextId): Promise<void> {
    await this.#store.update(({ [from]: moved, ...others }) =>
      moved === undefined ? others : { ...others, [to]: moved },
    );
  }

  async forget(id: ContextId): Promise<void> {
    await this.#store.update(({ [id]: _forgotten, ...others }) => others);
  }
}

function changed(known: ContextOptions | undefined, change: ContextOptionsChange): ContextOptions {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const merged = Object.entries({ ...known, ...Object.fromEntries(given) }).filter(([, value]) => value !== null);
  return contextOptions.parse(Object.fromEntries(merged));
}
