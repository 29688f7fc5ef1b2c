import type { CollectionTag, ScalarTag, Tags } from "yaml";
import { escapeForYaml, needsEscape } from "./escape.ts";

/**
 * YAML as kubectl reads it: 1.1's booleans (`yes`, `on`) and octals (`0644`), but no dates, times or binary, which stay
 * text (sigs.k8s.io/yaml turns everything into JSON). Whole numbers beyond 2^53 are read as `bigint`, as from JSON, and
 * text is written so that kubectl reads the same characters. For reading and for writing.
 */
export const dialect = {
  schema: "yaml-1.1",
  customTags: (tags: Tags) => tags.filter(isInJson).map(exactTag),
} as const;

/** The tags of a schema, such that whole numbers and text stay what they are. */
export const exactTags = { customTags: (tags: Tags) => tags.map(exactTag) } as const;

const notInJson = ["timestamp", "binary", "omap", "pairs", "set"].map((name) => `tag:yaml.org,2002:${name}`);

function isInJson(tag: Tags[number]): boolean {
  if (typeof tag === "string") return true;
  // 12:30:45, a number in YAML 1.1, shares its tag with other numbers.
  return !notInJson.includes(tag.tag) && !isTime(tag);
}

function isTime(tag: ScalarTag | CollectionTag): boolean {
  return "format" in tag && tag.format === "TIME";
}

/** A tag such that whole numbers beyond 2^53 are read as `bigint`, and text is written so that kubectl reads the same. */
export function exactTag(tag: Tags[number]): Tags[number] {
  if (typeof tag === "string" || tag.collection !== undefined) return tag;
  if (tag.tag === "tag:yaml.org,2002:int" && !isTime(tag)) return exactInteger(tag);
  return tag.tag === "tag:yaml.org,2002:str" ? exactText(tag) : tag;
}

function exactInteger(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    resolve: (source, onError, options) => {
      const value: unknown = tag.resolve(source, onError, { ...options, intAsBigInt: true });
      return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
    },
  };
}

function exactText(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify: (item, context, onComment, onChompKeep) =>
      typeof item.value === "string" && needsEscape(item.value)
        ? escapeForYaml(JSON.stringify(item.value))
        : (tag.stringify?.(item, context, onComment, onChompKeep) ?? String(item.value)),
  };
}
