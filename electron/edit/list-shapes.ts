import type { KindSchema, SchemaNode } from "../../common/contract/index.ts";
import { isRecord, own, parseJson, stringifyJson } from "../../common/json/index.ts";

/**
 * How an API server takes a list: `map` lists hold objects that are known by `keys`, a `set` holds different values, and
 * an `atomic` list is one value.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export type ListShape =
  | { type: "map"; keys: readonly string[]; defaults: Readonly<Record<string, unknown>> }
  | { type: "set" }
  | { type: "atomic" };

/** A place in a kind's schema; without a schema, and where that ends, every step leads to the same unknown place. */
export class SchemaPlace {
  readonly #schema: KindSchema | undefined;
  readonly #node: SchemaNode | undefined;

  constructor(schema: KindSchema | undefined, node = schema?.root) {
    this.#schema = schema;
    this.#node = node;
  }

  field(name: string): SchemaPlace {
    const node = this.#resolved();
    return this.#to(own(node?.fields ?? {}, name) ?? (node?.value === "map" ? node.item : undefined));
  }

  item(): SchemaPlace {
    return this.#to(this.#resolved()?.item);
  }

  /** Undefined where the schema says nothing, or there is none. */
  list(): ListShape | undefined {
    const { listType, listKeys } = this.#resolved() ?? {};
    if (listType === "set" || listType === "atomic") return { type: listType };
    return listKeys === undefined
      ? undefined
      : { type: "map", keys: listKeys, defaults: this.item().#defaults(listKeys) };
  }

  /** What an item is known by where it leaves a key out: a port without a protocol is a TCP port. */
  #defaults(keys: readonly string[]): Record<string, unknown> {
    const all = this.#resolved()?.fields ?? {};
    return Object.fromEntries(
      keys.flatMap((key) => {
        const written = own(all, key)?.default;
        return written === undefined ? [] : [[key, parseJson(written)]];
      }),
    );
  }

  #resolved(): SchemaNode | undefined {
    const node = this.#node;
    if (node?.ref === undefined || node.fields !== undefined) return node;
    return own(this.#schema?.definitions ?? {}, node.ref) ?? node;
  }

  #to(node: SchemaNode | undefined): SchemaPlace {
    return new SchemaPlace(this.#schema, node);
  }
}

/** Fields that list items are known by, most telling first: a guess for lists that no schema says anything about. */
const usualKeys = [
  "name",
  "key",
  "type",
  "uid",
  "containerPort",
  "port",
  "mountPath",
  "devicePath",
  "ip",
  "topologyKey",
];

/** Tells the items of a list apart. */
export interface ItemIdentity {
  /** Equal for what is the same item in another version of the list. */
  id(item: unknown): string;
  /** The fields it is known by, as a field path has them. */
  match(item: unknown): Record<string, string>;
}

/**
 * How the items of some versions of one list are told apart: as the schema says, else by the first usual key that tells
 * them all apart. Undefined where they can't be.
 */
export function identityIn(
  lists: readonly (readonly unknown[])[],
  shape: ListShape | undefined,
): ItemIdentity | undefined {
  if (shape?.type === "map") {
    const identity = identityBy(shape.keys, shape.defaults);
    return tellsApart(identity, lists) ? identity : undefined;
  }
  if (shape !== undefined || lists.every(({ length }) => length === 0)) return undefined;
  return usualKeys.map((key) => identityBy([key], {})).find((identity) => tellsApart(identity, lists));
}

function tellsApart(identity: ItemIdentity, lists: readonly (readonly unknown[])[]): boolean {
  return lists.every((list) => {
    const ids = list.map(identity.id);
    return !ids.includes("") && new Set(ids).size === ids.length;
  });
}

function identityBy(keys: readonly string[], defaults: Readonly<Record<string, unknown>>): ItemIdentity {
  return {
    id(item) {
      if (!isRecord(item)) return "";
      const values = keys.map((key) => own(item, key) ?? own(defaults, key));
      return values.every(isKey) ? stringifyJson(values) : "";
    },
    match: (item) =>
      Object.fromEntries(
        keys.flatMap((key) => {
          const value = isRecord(item) ? own(item, key) : undefined;
          return value === undefined ? [] : [[key, String(value)]];
        }),
      ),
  };
}

function isKey(value: unknown): boolean {
  return ["string", "number", "bigint", "boolean"].includes(typeof value);
}
