import { setImmediate as breathe } from "node:timers/promises";
import type { ObjectRef } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { KfDir } from "../../kf-dir/index.ts";
import { documentsIn, parseRendered, refIn } from "../installation-dir/rendered-documents.ts";
import { keyOf } from "../objects.ts";
import { scaledKeys } from "../plan/normalise.ts";

interface Document {
  text: string;
  ref: ObjectRef;
}

/**
 * What KF_DIR/rendered has of an installation, with digests where secret values are. A document is read when it is asked
 * for: nine tenths of the text are definitions, which hardly anybody changes.
 */
export class RenderedObjects {
  readonly #byKey = new Map<string, Document>();
  readonly #byName = new Map<string, Document>();
  #scaled: ReadonlySet<string> = new Set();

  /**
   * @param components Their ids in the order in which they are applied: of an object that two of them have, the later counts.
   * @throws FlowdeckError `folder-unusable` where something in the folder is a link or the like.
   */
  static async read(kfDir: string, components: readonly string[]): Promise<RenderedObjects> {
    const rendered = new RenderedObjects();
    const files = new KfDir(kfDir);
    const scalers: KubeObject[] = [];
    for (const component of components) {
      const content = await files.readText(`rendered/${component}.yaml`);
      for (const part of documentsIn(content)) {
        const document = { text: part, ref: refIn(part) };
        if (document.ref === undefined) continue;
        rendered.#add({ ...document, ref: document.ref });
        if (document.ref.kind === "HorizontalPodAutoscaler") scalers.push(parseRendered(part, document.ref));
      }
      await breathe();
    }
    rendered.#scaled = scaledKeys(scalers);
    return rendered;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** All of them, as they are in the files. Throws where one can't be read. */
  all(): KubeObject[] {
    return [...this.#byKey.values()].map(({ text: written, ref }) => parseRendered(written, ref));
  }

  /** Keys of what a HorizontalPodAutoscaler of the installation scales. */
  get scaled(): ReadonlySet<string> {
    return this.#scaled;
  }

  /** The object that was applied as `ref`; undefined where the folder has none, or it can't be read. */
  get(ref: ObjectRef): KubeObject | undefined {
    const found = this.#byKey.get(keyOf(ref)) ?? this.#byName.get(keyOf({ ...ref, namespace: undefined }));
    try {
      return found && parseRendered(found.text, found.ref);
    } catch {
      return undefined;
    }
  }

  #add(document: Document): void {
    const { ref } = document;
    this.#byKey.set(keyOf(ref), document);
    // One that names no namespace went to the installation's, one of a kind that is in none lost what it named.
    this.#byName.set(keyOf({ ...ref, namespace: undefined }), document);
  }
}
