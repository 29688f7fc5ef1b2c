import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { registryManager } from "../../install/index.ts";
import { refOf } from "./plan-deployment.ts";

type Client = Pick<ClusterClient, "get" | "apply" | "delete" | "replace">;

interface Done {
  object: KubeObject;
  uid: string | undefined;
  /** As it was in the cluster. */
  before: KubeObject | undefined;
}

/** Applies objects one after the other, and takes back what it did. */
export class AppliedObjects {
  readonly #client: Client;
  readonly #done: Done[] = [];

  constructor(client: Client) {
    this.#client = client;
  }

  /** Throws the server's refusal; what was applied before stays until {@link undo}. */
  async apply(object: KubeObject, signal: AbortSignal): Promise<void> {
    const before = await this.#client.get(refOf(object), signal);
    signal.throwIfAborted();
    // Not cut off in the middle: whether it was done would not be known.
    const { metadata } = await this.#client.apply(object, { fieldManager: registryManager });
    this.#done.push({ object, before, uid: metadata.uid });
  }

  /** The last first; gives the objects that could not be put back. */
  async undo(): Promise<KubeObject[]> {
    const left: KubeObject[] = [];
    for (const { object, before, uid } of this.#done.splice(0).toReversed()) {
      try {
        if (before === undefined) await this.#client.delete(refOf(object), uid === undefined ? {} : { uid });
        else await this.#client.replace(unversioned(before));
      } catch {
        left.push(object);
      }
    }
    return left;
  }
}

function unversioned(object: KubeObject): KubeObject {
  const { resourceVersion: _version, managedFields: _managers, ...metadata } = object.metadata;
  return { ...object, metadata };
}
