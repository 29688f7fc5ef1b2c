import { at, isRecord, own } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { fieldPath } from "../../edit/index.ts";
import { OwnedFields, type Owner } from "./owned-fields.ts";

/** A field of an object that is not as it was applied. */
export interface DifferingField {
  path: string;
  /** As it was applied, and as it is; undefined where it is not there any more. */
  applied: unknown;
  live: unknown;
  /** Who set it; undefined for what was taken away, of which the server keeps no record. */
  owner?: Owner;
}

/**
 * The fields of `applied` that `live` has otherwise, whoever changed them. What the server fills in besides is no
 * difference, nor what it or a webhook made of a value that is still ours: `isOurs` says it of an owner. Pure.
 */
export function differingFields(
  applied: KubeObject,
  live: KubeObject,
  isOurs: (owner: Owner) => boolean,
): DifferingField[] {
  const { apiVersion: _version, kind: _kind, metadata, status: _status, ...rest } = applied;
  const { name: _name, namespace: _namespace, ...meta } = metadata;
  const owned = OwnedFields.of(live);
  const found = walk({ ...rest, metadata: meta }, live, { owned, path: "" });
  return found.flatMap(({ owners, ...field }) => {
    if (owners.some(isOurs)) return [];
    const owner = owners.toSorted((one, other) => other.at.localeCompare(one.at))[0];
    return [{ ...field, ...(owner ? { owner } : {}) }];
  });
}

interface Place {
  owned: OwnedFields;
  path: string;
}

type Found = Omit<DifferingField, "owner"> & { owners: readonly Owner[] };

function walk(applied: unknown, live: unknown, place: Place): Found[] {
  if (isRecord(applied) && isRecord(live)) {
    return Object.entries(applied).flatMap(([name, value]) =>
      walkField(value, own(live, name), {
        owned: place.owned.field(name),
        path: fieldPath(place.path, name),
      }),
    );
  }
  if (Array.isArray(applied) && Array.isArray(live)) return walkList(applied, live, place);
  return isSame(applied, live) ? [] : [found(applied, live, place)];
}

/** Nothing (null), and what says nothing (an empty text, false, 0, an empty list), is not stored by the server. */
function walkField(applied: unknown, live: unknown, place: Place): Found[] {
  if (applied === null || applied === undefined) return [];
  return live === undefined && isEmpty(applied) ? [] : walk(applied, live, place);
}

function walkList(applied: readonly unknown[], live: readonly unknown[], place: Place): Found[] {
  const { owned, path } = place;
  const keys = owned.itemKeys();
  if (keys !== undefined) {
    return applied.flatMap((item) => {
      const match = Object.fromEntries(keys.flatMap((key) => keyOf(item, key)));
      const there = live.find((other) =>
        Object.entries(match).every(([key, value]) => String(at(other, key)) === value),
      );
      const below = { owned: owned.item(there ?? item), path: fieldPath(path, { match }) };
      return there === undefined ? [found(item, undefined, below)] : walk(item, there, below);
    });
  }
  if (owned.isSet()) {
    const isThere = (value: unknown) => live.some((other) => isSame(value, other));
    return applied.every(isThere) ? [] : [found(applied, live, place)];
  }
  if (applied.length !== live.length) return [found(applied, live, place)];
  const owners = owned.inside();
  return applied.flatMap((item, index) => walk(item, live[index], { owned: owners, path: fieldPath(path, index) }));
}

function keyOf(item: unknown, key: string): [string, string][] {
  const value = at(item, key);
  return value === undefined || value === null ? [] : [[key, String(value)]];
}

function found(applied: unknown, live: unknown, { owned, path }: Place): Found {
  return { path, applied, live, owners: owned.owners };
}

function isSame(applied: unknown, live: unknown): boolean {
  if (applied === live) return true;
  const numbers = [applied, live].every((value) => typeof value === "number" || typeof value === "bigint");
  return numbers && Number(applied) === Number(live);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.values(value).every((inner) => inner === null || isEmpty(inner));
  return value === "" || value === false || value === 0 || value === 0n || value === null;
}
