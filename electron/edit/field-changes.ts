import { isDeepStrictEqual } from "node:util";
import type { FieldChange } from "../../common/contract/index.ts";
import { isRecord, own, stringifyJson } from "../../common/json/index.ts";
import { fieldPath } from "./field-path.ts";
import { identityIn, SchemaPlace } from "./list-shapes.ts";
import { itemsBy, union } from "./merge.ts";

const longestValue = 200;

/** What differs, field by field; list items are matched by what they are known by. */
export function changesBetween(
  before: unknown,
  after: unknown,
  schema = new SchemaPlace(undefined),
  path = "",
): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    return union(Object.keys(before), Object.keys(after)).flatMap((name) =>
      changesBetween(own(before, name), own(after, name), schema.field(name), fieldPath(path, name)),
    );
  }
  const items = Array.isArray(before) && Array.isArray(after) ? itemChanges(before, after, schema, path) : [];
  // Of lists without such, nothing but their order differs.
  return items.length > 0 ? items : [change(path, before, after)];
}

/** None where the items can't be matched. */
function itemChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  schema: SchemaPlace,
  path: string,
): FieldChange[] {
  const identity = identityIn([before, after], schema.list());
  if (identity !== undefined) {
    const [old, now] = [itemsBy(identity, before), itemsBy(identity, after)];
    return union(old.keys(), now.keys()).flatMap((id) => {
      const match = identity.match(now.get(id) ?? old.get(id));
      return changesBetween(old.get(id), now.get(id), schema.item(), fieldPath(path, { match }));
    });
  }
  if (before.length !== after.length) return [];
  return before.flatMap((item, index) => changesBetween(item, after[index], schema.item(), fieldPath(path, index)));
}

function change(path: string, was: unknown, becomes: unknown): FieldChange {
  return {
    path,
    ...(was === undefined ? {} : { was: short(was) }),
    ...(becomes === undefined ? {} : { becomes: short(becomes) }),
  };
}

function short(value: unknown): string {
  const json = stringifyJson(value);
  return json.length <= longestValue ? json : `${json.slice(0, longestValue)}…`;
}
