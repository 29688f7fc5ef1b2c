import { isRecord, own, stringifyJson } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { type Describer, eventTable, head, word } from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";

const acronyms = new Set(["API", "URL", "UID", "GUID"]);
const shownAbove = new Set([".metadata.name", ".metadata.namespace", ".metadata.labels", ".metadata.annotations"]);

/** Any kind: all of its fields, their names spelled out. */
export const describeAny: Describer = (sheet, object, look) => {
  head(sheet, object);
  fieldLines(sheet, object, 0, "");
  eventTable(sheet, object, look);
};

function fieldLines(sheet: Sheet, value: KubeObject | Record<string, unknown>, level: number, path: string): void {
  for (const field of Object.keys(value).toSorted()) {
    const here = `${path}.${field}`;
    if (shownAbove.has(here)) continue;
    const inner = own(value, field);
    const label = labelOf(field);
    if (Array.isArray(inner)) {
      sheet.heading(label, level);
      for (const item of inner) {
        if (isRecord(item)) {
          fieldLines(sheet, item, level + 1, here);
        } else sheet.text(goWord(item), level + 1);
      }
    } else if (isRecord(inner)) {
      sheet.heading(label, level);
      fieldLines(sheet, inner, level + 1, here);
    } else sheet.pair(label, goWord(inner), level);
  }
}

function goWord(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  return word(value) ?? stringifyJson(value);
}

/** `storageClassName` → `Storage Class Name`; names with other signs than letters and dashes stay as they are. */
export function labelOf(field: string): string {
  if (!/^[\p{L}-]+$/u.test(field)) return field;
  const words = field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|-/gu) ?? [field];
  const merged: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const here = words[index] ?? "";
    const next = words[index + 1];
    if (here.length >= 2 && here === here.toUpperCase() && next !== undefined && /^\p{Lu}/u.test(next)) {
      merged.push(here + next);
      index++;
    } else merged.push(here);
  }
  return merged
    .map((part) => {
      if (acronyms.has(part.toUpperCase())) return part.toUpperCase();
      return part === part.toLowerCase() ? part.slice(0, 1).toUpperCase() + part.slice(1) : part;
    })
    .join(" ");
}
