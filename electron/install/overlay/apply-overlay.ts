import { at, isRecord } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { parseFieldPath, type Step } from "../../edit/index.ts";
import type { OverlayField } from "./overlay-file.ts";

/** A copy of an object with the fields of an overlay set or removed, and those for which it has no place. Pure. */
export function withFields(
  object: KubeObject,
  fields: readonly Pick<OverlayField, "path" | "value">[],
): { object: KubeObject; unfit: string[] } {
  const copy = structuredClone(object);
  const unfit = fields.filter(({ path, value }) => !write(copy, parseFieldPath(path), value)).map(({ path }) => path);
  return { object: copy, unfit };
}

/** What an object has at a field path; undefined where it has nothing. Pure. */
export function valueAt(object: unknown, path: string): unknown {
  return parseFieldPath(path).reduce<unknown>(stepInto, object);
}

function stepInto(here: unknown, step: Step): unknown {
  if (Array.isArray(here)) return here[indexIn(here, step)];
  return typeof step === "object" ? undefined : at(here, String(step));
}

/** -1 where there is no such item. */
function indexIn(items: readonly unknown[], step: Step): number {
  if (typeof step === "number") return step < items.length ? step : -1;
  if (typeof step === "string") return -1;
  const wanted = Object.entries(step.match);
  return items.findIndex((item) =>
    wanted.every(([key, value]) => {
      const given = at(item, key);
      // A port's protocol goes without saying.
      return given === undefined ? key === "protocol" && value === "TCP" : String(given) === value;
    }),
  );
}

/** Whether there was a place for it. Without a value the field is removed; maps that are missing are made. */
function write(object: KubeObject, steps: readonly Step[], value: unknown): boolean {
  let here: unknown = object;
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    if (Array.isArray(here)) {
      const place = indexIn(here, step);
      if (isLast) return writeItem(here, place, step, value);
      if (place === -1) return value === undefined;
      here = here[place];
    } else if (isRecord(here) && typeof step !== "object") {
      const name = String(step);
      if (isLast) {
        if (value === undefined) delete here[name];
        else here[name] = value;
        return true;
      }
      if (at(here, name) === undefined) {
        if (value === undefined) return true;
        here[name] = typeof steps[index + 1] === "string" ? {} : [];
      }
      here = at(here, name);
    } else return false;
  }
  return false;
}

function writeItem(items: unknown[], place: number, step: Step, value: unknown): boolean {
  if (value === undefined) {
    if (place !== -1) items.splice(place, 1);
    return true;
  }
  if (place !== -1) items[place] = value;
  else if (typeof step === "object") items.push(value);
  else return false;
  return true;
}
