import { at, fields, list } from "../../common/json/index.ts";
import type { KubeObject } from "../cluster/index.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** The fields at the end of a path; none where it ends early. */
export function inner(value: unknown, ...path: string[]): Fields {
  return fields(at(value, ...path));
}

/** A list of objects. */
export function records(value: unknown): Fields[] {
  return list(value).map(fields);
}

/** The owner that made it and would make it anew. */
export function controllerOf(object: KubeObject) {
  return object.metadata.ownerReferences?.find(({ controller }) => controller === true);
}
