import type { Tags } from "yaml";

/**
 * YAML as kubectl reads it: 1.1's booleans (`yes`, `on`) and octals (`0644`), but no dates, times or binary, which stay
 * text. The backend reads texts the same way; the page does so to say at once what does not fit.
 */
export const dialect = {
  schema: "yaml-1.1",
  customTags: (tags: Tags) =>
    tags.filter(
      (tag) => typeof tag === "string" || !(notInJson.includes(tag.tag) || ("format" in tag && tag.format === "TIME")),
    ),
} as const;

const notInJson = ["timestamp", "binary", "omap", "pairs", "set"].map((name) => `tag:yaml.org,2002:${name}`);
