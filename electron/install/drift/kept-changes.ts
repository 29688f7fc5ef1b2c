import { z } from "zod";
import { objectRef } from "../../../common/contract/index.ts";
import { KfDir } from "../../kf-dir/index.ts";
import { keyOf } from "../objects.ts";

export const keptChangesName = ".flowdeck/kept-changes.json";

const keptChange = z.object({
  object: objectRef,
  /** Stands for what the object was like when its change was kept; no value can be read from it. */
  state: z.string(),
});
export type KeptChange = z.infer<typeof keptChange>;

const keptFile = z.object({ version: z.literal(1), changes: z.array(keptChange) });

/** Changes to objects of an installation that somebody wants as they are, in KF_DIR: each until the object changes again. */
export class KeptChanges {
  readonly #files: KfDir;

  constructor(kfDir: string) {
    this.#files = new KfDir(kfDir);
  }

  /** By the object's key. A file that can't be read keeps nothing: then changes are shown again. */
  async read(): Promise<Map<string, KeptChange>> {
    const text = await this.#files.readText(keptChangesName, { maxBytes: 1024 ** 2 });
    try {
      const { changes } = keptFile.parse(JSON.parse(text ?? ""));
      return new Map(changes.map((change) => [keyOf(change.object), change]));
    } catch {
      return new Map();
    }
  }

  /** Adds these, or takes them out again; the others stay. */
  async change(changes: readonly KeptChange[], keep: boolean): Promise<void> {
    const kept = await this.read();
    for (const change of changes) {
      if (keep) kept.set(keyOf(change.object), change);
      else kept.delete(keyOf(change.object));
    }
    const sorted = [...kept].sort(([one], [other]) => one.localeCompare(other)).map(([, change]) => change);
    await this.#files.write(keptChangesName, `${JSON.stringify({ version: 1, changes: sorted }, null, 2)}\n`);
  }
}
