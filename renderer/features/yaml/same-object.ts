import { parse } from "yaml";
import type { ObjectJson, ObjectText } from "../../../common/contract/index.ts";
import { canonicalJson, fields } from "../../../common/json/index.ts";
import { dialect } from "../../../common/yaml/index.ts";

const serverMetadata = ["resourceVersion", "generation", "managedFields"];

/**
 * Whether what people write in an object is still as in a text; its status, which changes by itself, does not count. Of
 * what is hidden only the version can be compared.
 */
export function isStillAs(object: ObjectJson, text: ObjectText): boolean {
  const metadata = fields(object.metadata);
  if (metadata.resourceVersion === text.resourceVersion) return true;
  if (text.masked) return false;
  return canonicalJson(written(object)) === canonicalJson(written(fields(parse(text.yaml, dialect))));
}

function written(object: Record<string, unknown>): unknown {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.entries(fields(metadata)).filter(([name]) => !serverMetadata.includes(name));
  return { ...rest, metadata: Object.fromEntries(kept) };
}
