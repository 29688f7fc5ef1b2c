import { z } from "zod";
import type { KfDir } from "../../kf-dir/index.ts";

const folderName = "rendered";
const listName = ".flowdeck/rendered.json";
const fileName = z.string().regex(/^[^/\\\0]+\.yaml$/);
const fileList = z.array(fileName);

/**
 * The files in KF_DIR/rendered. What was written there is kept in a list beside the journal, and only what stands in it
 * is ever removed: people keep files of their own in such folders.
 */
export class RenderedFiles {
  readonly #files: KfDir;

  constructor(files: KfDir) {
    this.#files = files;
  }

  /** Throws `folder-unusable` where the folder, the list, or something in the folder is a link or the like. */
  async refuseLinks(): Promise<void> {
    await this.#files.kind(listName);
    for (const { name } of await this.#files.list(folderName)) await this.#files.kind(`${folderName}/${name}`);
  }

  /** Notes what is going to be written, so that it is known also after an interruption. */
  async begin(names: readonly string[]): Promise<void> {
    await this.#note([...new Set([...(await this.#written()), ...names])]);
  }

  async write(name: string, text: string): Promise<void> {
    await this.#files.write(`${folderName}/${name}`, text);
  }

  /** Removes what was written and is not among `wanted`; the folder, too, where nothing is left in it. */
  async removeOthers(wanted: readonly string[]): Promise<void> {
    const written = await this.#written();
    for (const name of written) if (!wanted.includes(name)) await this.#files.remove(`${folderName}/${name}`);
    await this.#files.removeEmptyFolder(folderName);
    if (written.length > 0 || wanted.length > 0) await this.#note(wanted);
  }

  async #note(names: readonly string[]): Promise<void> {
    await this.#files.write(listName, `${JSON.stringify([...names].sort(), null, 2)}\n`);
  }

  /** A list that cannot be read counts as empty: then nothing is removed. */
  async #written(): Promise<string[]> {
    const text = await this.#files.readText(listName, { maxBytes: 1024 ** 2 });
    try {
      return fileList.parse(JSON.parse(text ?? "[]"));
    } catch {
      return [];
    }
  }
}
