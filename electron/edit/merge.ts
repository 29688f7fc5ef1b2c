import { isDeepStrictEqual } from "node:util";
import { isRecord, own } from "../../common/json/index.ts";
import { fieldPath } from "./field-path.ts";
import { type ItemIdentity, identityIn, SchemaPlace } from "./list-shapes.ts";

export interface Merged {
  value: unknown;
  /** Where both sides changed the same, differently. */
  clashes: string[];
}

/** Where a merge is: in the object, and in its kind's schema. */
interface Here {
  path: string;
  schema: SchemaPlace;
}

/**
 * Puts what `mine` changed since `base` onto `theirs`. Where both changed the same field differently, `prefer` wins and
 * the path is told. The schema says how the items of lists are told apart.
 */
export function mergeChanges(
  base: unknown,
  theirs: unknown,
  mine: unknown,
  prefer: "mine" | "theirs",
  schema = new SchemaPlace(undefined),
): Merged {
  const merge = new Merge(prefer);
  return { value: merge.values(base, theirs, mine, { path: "", schema }), clashes: merge.clashes };
}

class Merge {
  readonly clashes: string[] = [];
  readonly #prefer: "mine" | "theirs";

  constructor(prefer: "mine" | "theirs") {
    this.#prefer = prefer;
  }

  values(base: unknown, theirs: unknown, mine: unknown, here: Here): unknown {
    if (isDeepStrictEqual(mine, base) || isDeepStrictEqual(mine, theirs)) return theirs;
    if (isDeepStrictEqual(theirs, base)) return mine;
    if (isRecord(theirs) && isRecord(mine)) return this.#fields(isRecord(base) ? base : {}, theirs, mine, here);
    if (Array.isArray(theirs) && Array.isArray(mine)) {
      const merged = this.#lists(Array.isArray(base) ? base : [], theirs, mine, here);
      if (merged !== undefined) return merged;
    }
    this.clashes.push(here.path);
    return this.#prefer === "mine" ? mine : theirs;
  }

  #fields(base: Fields, theirs: Fields, mine: Fields, { path, schema }: Here): Fields {
    const entries = union(Object.keys(theirs), Object.keys(mine)).map((name) => {
      const inside = { path: fieldPath(path, name), schema: schema.field(name) };
      return [name, this.values(own(base, name), own(theirs, name), own(mine, name), inside)] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  /** Undefined where the items can't be matched. */
  #lists(base: List, theirs: List, mine: List, here: Here): List | undefined {
    const shape = here.schema.list();
    if (shape?.type === "atomic") return undefined;
    if (shape?.type === "set") return mergeSets(base, theirs, mine);
    const identity = identityIn([base, theirs, mine], shape);
    if (identity !== undefined) return this.#items(base, theirs, mine, { ...here, identity });
    if (shape !== undefined || base.length !== theirs.length || base.length !== mine.length) return undefined;
    return theirs.map((item, index) =>
      this.values(base[index], item, mine[index], {
        path: fieldPath(here.path, index),
        schema: here.schema.item(),
      }),
    );
  }

  /** Item by item, in their order with mine at the end. */
  #items(base: List, theirs: List, mine: List, at: Here & { identity: ItemIdentity }): List {
    const { identity, path, schema } = at;
    const [old, there, here] = [base, theirs, mine].map((list) => itemsBy(identity, list));
    return union(there?.keys() ?? [], here?.keys() ?? [])
      .map((id) => {
        const items = [old?.get(id), there?.get(id), here?.get(id)] as const;
        const match = identity.match(items[1] ?? items[2]);
        return this.values(...items, { path: fieldPath(path, { match }), schema: schema.item() });
      })
      .filter((item) => item !== undefined);
  }
}

type Fields = Readonly<Record<string, unknown>>;
type List = readonly unknown[];

/** Theirs, without what mine took out and with what mine put in. */
function mergeSets(base: List, theirs: List, mine: List): List {
  const has = (list: List, wanted: unknown) => list.some((item) => isDeepStrictEqual(item, wanted));
  const kept = theirs.filter((item) => !has(base, item) || has(mine, item));
  return [...kept, ...mine.filter((item) => !has(base, item) && !has(kept, item))];
}

/** The items of a list by what they are known by. */
export function itemsBy(identity: ItemIdentity, list: List): Map<string, unknown> {
  return new Map(list.map((item) => [identity.id(item), item]));
}

/** Everything that is in one of them, once. */
export function union(...sides: Iterable<string>[]): string[] {
  return [...new Set(sides.flatMap((side) => [...side]))];
}
