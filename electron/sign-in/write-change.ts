import type { ObjectRef } from "../../common/contract/index.ts";
import { fields } from "../../common/json/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { configHashAnnotation, disabledFile, fieldManager } from "../install/index.ts";
import { refs } from "./dex-in-cluster.ts";

type Client = Pick<ClusterClient, "mergePatch" | "get">;

/** An object before a change, and what the change makes of some of its fields: null removes one. */
export interface Patch {
  ref: ObjectRef;
  before: KubeObject;
  patch: Record<string, unknown>;
}

/** Of Secrets and ConfigMaps: the keys that become other than they are. */
export function dataPatch(ref: ObjectRef, before: KubeObject, data: Record<string, string | null>): Patch | undefined {
  const now = fields(before.data);
  const changed = Object.entries(data).filter(([key, value]) => (now[key] ?? null) !== value);
  return changed.length === 0 ? undefined : { ref, before, patch: { data: Object.fromEntries(changed) } };
}

export function configPatch(before: KubeObject, config: string, disabled: string | undefined): Patch | undefined {
  return dataPatch(refs.config, before, { "config.yaml": config, [disabledFile]: disabled ?? null });
}

/** Dex's pods start again with another mark. */
export function restartPatch(ref: ObjectRef, before: KubeObject, mark: string): Patch {
  const template = { metadata: { annotations: { [configHashAnnotation]: mark } } };
  return { ref, before, patch: { spec: { template } } };
}

/**
 * Writes patches one after the other, each onto the data it was made for. What was written when one is rejected, or
 * when `undo` is called, is taken back.
 */
export class Written {
  readonly #client: Client;
  readonly #done: Patch[] = [];

  constructor(client: Client) {
    this.#client = client;
  }

  /** All of them are asked for in a dry run first. Throws what the server says, with nothing written. */
  async write(patches: readonly Patch[]): Promise<void> {
    for (const one of patches) await this.#send(one, true);
    for (const one of patches) {
      await this.#send(one, false);
      this.#done.push(one);
    }
  }

  /** Puts back what was before, the last first; goes on after a failure and throws the first. */
  async undo(): Promise<void> {
    let failed: unknown;
    for (const { ref, before, patch } of this.#done.splice(0).toReversed()) {
      try {
        await this.#client.mergePatch(ref, reverse(patch, before), { fieldManager });
      } catch (error) {
        failed ??= error;
      }
    }
    if (failed !== undefined) throw failed;
  }

  async #send({ ref, before, patch }: Patch, dryRun: boolean): Promise<void> {
    const { resourceVersion } = before.metadata;
    // Of a Deployment only a mark is set, and its status changes all the time.
    const onto = ref.kind === "Deployment" ? {} : { metadata: { resourceVersion } };
    await this.#client.mergePatch(ref, { ...patch, ...onto }, { fieldManager, dryRun });
  }
}

/** The patch that makes of the fields what they were. */
function reverse(patch: Record<string, unknown>, before: unknown): Record<string, unknown> {
  const was = fields(before);
  return Object.fromEntries(
    Object.entries(patch).map(([key, value]) => {
      const old = was[key];
      if (value !== null && typeof value === "object" && !Array.isArray(value))
        return [key, reverse(fields(value), old)];
      return [key, old ?? null];
    }),
  );
}
