import { mkdir, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { errorCode } from "../../common/contract/index.ts";

export interface StoreOptions<T> {
  file: string;
  /** Of this version's data. */
  schema: z.ZodType<T>;
  version: number;
  initial: T;
  /** From an older version's data to this one's; without it older files are set aside. */
  migrate?: (data: unknown, from: number) => unknown;
  /** Told when a file could not be used; it has been kept under the name given. */
  onDamaged?: (file: string, kept: string) => void;
}

const envelope = z.looseObject({ version: z.number().int().positive(), data: z.unknown() });

/**
 * One small JSON file with a version, read once and written as a whole. A file that cannot be used never stops the app:
 * it is kept beside (`….damaged-<time>`) and the initial value is used. Changes come one after another.
 */
export class JsonStore<T> {
  readonly #options: StoreOptions<T>;
  #value: T | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: StoreOptions<T>) {
    this.#options = options;
  }

  get(): Promise<T> {
    return this.#inTurn(() => this.#load());
  }

  /** Gives the changed value, once it is on disk. Throws what the disk says; the value is then as before. */
  update(change: (value: T) => T): Promise<T> {
    return this.#inTurn(async () => {
      const next = this.#options.schema.parse(change(await this.#load()));
      await mkdir(dirname(this.#options.file), { recursive: true });
      const text = JSON.stringify({ version: this.#options.version, data: next }, null, 2);
      await writeFileAtomic(this.#options.file, `${text}\n`, { mode: 0o600 });
      this.#value = next;
      return next;
    });
  }

  #inTurn<R>(task: () => Promise<R>): Promise<R> {
    const turn = this.#last.then(task, task);
    this.#last = turn.catch(() => undefined); // its caller hears of it; the next one is not held up
    return turn;
  }

  async #load(): Promise<T> {
    this.#value ??= await this.#read();
    return this.#value;
  }

  async #read(): Promise<T> {
    const { file, initial, schema } = this.#options;
    let text: string;
    try {
      text = await readFile(file, "utf8");
    } catch (error) {
      if (errorCode(error) === "ENOENT") return initial;
      throw error;
    }
    try {
      return schema.parse(this.#current(envelope.parse(JSON.parse(text))));
    } catch {
      const kept = `${file}.damaged-${Date.now()}`;
      await rename(file, kept);
      this.#options.onDamaged?.(file, kept);
      return initial;
    }
  }

  #current({ version, data }: { version: number; data?: unknown }): unknown {
    if (version === this.#options.version) return data;
    if (version < this.#options.version && this.#options.migrate !== undefined)
      return this.#options.migrate(data, version);
    throw new Error(`version ${version} is not known`);
  }
}
