import { isDeepStrictEqual } from "node:util";
import type { FieldChange } from "../../common/contract/index.ts";
import { fieldPath, type Step } from "./field-path.ts";

/** Fields that list items are known by, most telling first: what strategic merge patch uses for the core kinds. */
const itemKeys = [
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
const longestValue = 200;

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The field that tells the items of these lists apart, if every item of each has it and no two of a list share it. */
function itemKey(lists: readonly (readonly unknown[])[]): string | undefined {
  const all = lists.flat();
  if (all.length === 0 || !all.every(isFields)) return undefined;
  return itemKeys.find((key) =>
    lists.every((list) => {
      const values = list.map((item) => (isFields(item) ? item[key] : undefined));
      const scalar = values.every((value) => typeof value === "string" || typeof value === "number");
      return scalar && new Set(values).size === values.length;
    }),
  );
}

function itemsBy(key: string, list: readonly unknown[]): Map<string, unknown> {
  return new Map(list.map((item) => [String(isFields(item) ? item[key] : ""), item]));
}

function union(...sides: Iterable<string>[]): string[] {
  return [...new Set(sides.flatMap((side) => [...side]))];
}

/** What differs, field by field; list items are matched by what they are known by. */
export function changesBetween(before: unknown, after: unknown, path = ""): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isFields(before) && isFields(after)) {
    return union(Object.keys(before), Object.keys(after)).flatMap((name) =>
      changesBetween(before[name], after[name], fieldPath(path, name)),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const key = itemKey([before, after]);
    if (key !== undefined) {
      const [old, now] = [itemsBy(key, before), itemsBy(key, after)];
      const changes = union(old.keys(), now.keys()).flatMap((id) =>
        changesBetween(old.get(id), now.get(id), fieldPath(path, { match: { [key]: id } })),
      );
      // Nothing but their order differs.
      return changes.length > 0 ? changes : [change(path, before, after)];
    }
    if (before.length === after.length) {
      return before.flatMap((item: unknown, index) => changesBetween(item, after[index], fieldPath(path, index)));
    }
  }
  return [change(path, before, after)];
}

function change(path: string, was: unknown, becomes: unknown): FieldChange {
  return {
    path,
    ...(was === undefined ? {} : { was: short(was) }),
    ...(becomes === undefined ? {} : { becomes: short(becomes) }),
  };
}

function short(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length <= longestValue ? json : `${json.slice(0, longestValue)}…`;
}

export interface Merged {
  value: unknown;
  /** Where both sides changed the same, differently. */
  clashes: string[];
}

/**
 * Puts what `mine` changed since `base` onto `theirs`. Where both changed the same field differently, `prefer` wins and
 * the path is told.
 */
export function mergeChanges(base: unknown, theirs: unknown, mine: unknown, prefer: "mine" | "theirs"): Merged {
  const clashes: string[] = [];
  const merge = (was: unknown, there: unknown, here: unknown, path: string): unknown => {
    if (isDeepStrictEqual(here, was) || isDeepStrictEqual(here, there)) return there;
    if (isDeepStrictEqual(there, was)) return here;
    if (isFields(there) && isFields(here)) {
      const before = isFields(was) ? was : {};
      const merged: Fields = {};
      for (const name of union(Object.keys(there), Object.keys(here))) {
        const value = merge(before[name], there[name], here[name], fieldPath(path, name));
        if (value !== undefined) merged[name] = value;
      }
      return merged;
    }
    if (Array.isArray(there) && Array.isArray(here)) {
      const before: unknown[] = Array.isArray(was) ? was : [];
      const merged = mergeLists(before, there, here, path, merge);
      if (merged !== undefined) return merged;
    }
    clashes.push(path);
    return prefer === "mine" ? here : there;
  };
  return { value: merge(base, theirs, mine, ""), clashes };
}

/** Item by item, in their order with mine at the end; undefined where the items can't be matched. */
function mergeLists(
  was: readonly unknown[],
  there: readonly unknown[],
  here: readonly unknown[],
  path: string,
  merge: (was: unknown, there: unknown, here: unknown, path: string) => unknown,
): unknown[] | undefined {
  const key = itemKey([was, there, here]);
  const step = (id: string): Step => ({ match: { [key ?? ""]: id } });
  if (key !== undefined) {
    const [old, theirs, mine] = [itemsBy(key, was), itemsBy(key, there), itemsBy(key, here)];
    return union(theirs.keys(), mine.keys())
      .map((id) => merge(old.get(id), theirs.get(id), mine.get(id), fieldPath(path, step(id))))
      .filter((item) => item !== undefined);
  }
  if (was.length !== there.length || was.length !== here.length) return undefined;
  return there.map((item, index) => merge(was[index], item, here[index], fieldPath(path, index)));
}
