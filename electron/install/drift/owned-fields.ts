import { at, isRecord, list, own, parseJson, text } from "../../../common/json/index.ts";
import { atManagedFields } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

/** Who set a field, how, and when that was last done. */
export interface Owner {
  manager: string;
  operation: string;
  /** ISO 8601; empty where the server does not say. */
  at: string;
}

interface Owned {
  owner: Owner;
  node: Record<string, unknown>;
}

/**
 * What `metadata.managedFields` says of one place in an object: who owns it and what lies below. Steps are those of
 * FieldsV1: `f:` a field, `k:` an item of a list by its keys, `v:` a value of a set; an empty node is a leaf, and who owns
 * a leaf owns all below it.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export class OwnedFields {
  readonly #entries: readonly Owned[];

  constructor(entries: readonly Owned[]) {
    this.#entries = entries;
  }

  /** Of a whole object; what controllers report in its status is left out. */
  static of({ metadata }: KubeObject): OwnedFields {
    const entries = list(metadata.managedFields).flatMap((entry): Owned[] => {
      const node = at(entry, "fieldsV1");
      if (!isRecord(node) || atManagedFields(entry, "subresource") === "status") return [];
      const owner = {
        manager: text(atManagedFields(entry, "manager")) ?? "",
        operation: text(atManagedFields(entry, "operation")) ?? "",
        at: text(atManagedFields(entry, "time")) ?? "",
      };
      return [{ owner, node }];
    });
    return new OwnedFields(entries);
  }

  get owners(): readonly Owner[] {
    return this.#entries.map(({ owner }) => owner);
  }

  field(name: string): OwnedFields {
    return this.#below((node) => own(node, `f:${name}`));
  }

  /** An item that is known by these keys, which may be fewer than the server knows it by (it fills in defaults). */
  item(value: unknown): OwnedFields {
    return this.#below(
      (node) => Object.entries(node).find(([step]) => step.startsWith("k:") && hasKeys(value, keysOf(step)))?.[1],
    );
  }

  /** Whatever item of a list that is one value. */
  inside(): OwnedFields {
    return this.#below(() => undefined);
  }

  /** The fields that items of the list here are told apart by; undefined where they are not known by any. */
  itemKeys(): string[] | undefined {
    for (const { node } of this.#entries) {
      const step = Object.keys(node).find((name) => name.startsWith("k:"));
      if (step !== undefined) return Object.keys(keysOf(step));
    }
    return undefined;
  }

  /** Whether the list here is a set of values. */
  isSet(): boolean {
    return this.#entries.some(({ node }) => Object.keys(node).some((name) => name.startsWith("v:")));
  }

  #below(step: (node: Record<string, unknown>) => unknown): OwnedFields {
    return new OwnedFields(
      this.#entries.flatMap((entry) => {
        if (Object.keys(entry.node).length === 0) return [entry];
        const node = step(entry.node);
        return isRecord(node) ? [{ owner: entry.owner, node }] : [];
      }),
    );
  }
}

function keysOf(step: string): Record<string, unknown> {
  try {
    const keys: unknown = parseJson(step.slice(2));
    return isRecord(keys) ? keys : {};
  } catch {
    return {};
  }
}

function hasKeys(value: unknown, keys: Record<string, unknown>): boolean {
  return Object.entries(keys).every(([name, wanted]) => {
    const given = at(value, name);
    return given === wanted || (given !== undefined && String(given) === String(wanted));
  });
}
