import type { DocumentOptions, ParseOptions, SchemaOptions, Tags } from "yaml";
import { exactTag } from "../../../common/yaml/index.ts";

/**
 * YAML as Go's readers take it (go-yaml 2, which kfctl and kustomize 3 have): 1.1 with its words for true and false and
 * its `<<`, but without numbers to the base of 60 and without dates, which stay texts; a lone dot is a text, too.
 * Whole numbers beyond 2^53, which Go holds, are `bigint`.
 */
export const goYaml = {
  version: "1.1",
  // The package compares each key of a mapping with every other; whoever minds can do better.
  uniqueKeys: false,
  customTags: (tags: Tags): Tags =>
    tags
      .filter((tag) => typeof tag === "string" || (tag.format !== "TIME" && tag.tag !== "tag:yaml.org,2002:timestamp"))
      .map((tag) =>
        typeof tag !== "string" &&
        tag.tag === "tag:yaml.org,2002:float" &&
        "test" in tag &&
        tag.test?.test(".") === true
          ? Object.assign({}, tag, { test: /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)$/ })
          : tag,
      )
      .map(exactTag),
} as const satisfies ParseOptions & DocumentOptions & SchemaOptions;
