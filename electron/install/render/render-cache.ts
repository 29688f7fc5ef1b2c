import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { parseJson, stringifyJson } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { asObjects, type Builder } from "./build.ts";

/** What was built before, by the content it was built from. A file that cannot be used counts as absent. */
export class RenderCache {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, "cache", "renders");
  }

  /** The key of one folder's build: the program, the trees it may read, and its path. */
  key(builder: Pick<Builder, "version">, contents: readonly string[], path: string): string {
    return createHash("sha256")
      .update(JSON.stringify([1, builder.version, contents, path]))
      .digest("hex");
  }

  async read(key: string): Promise<KubeObject[] | undefined> {
    try {
      return asObjects(parseJson(await readFile(join(this.#folder, `${key}.json`), "utf8")), key);
    } catch {
      return undefined; // absent or damaged: it is built again
    }
  }

  async write(key: string, objects: readonly KubeObject[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeFileAtomic(join(this.#folder, `${key}.json`), stringifyJson(objects), { fsync: false });
  }
}
