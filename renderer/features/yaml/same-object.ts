import { parse } from "yaml";
import type { ObjectJson, ObjectText } from "../../../common/contract/index.ts";
import { dialect } from "../../ui/yaml/dialect.ts";

const serverMetadata = ["resourceVersion", "generation", "managedFields"];

/**
 * Whether what people write in an object is still as in a text; its status, which changes by itself, does not count. Of
 * what is hidden only the version can be compared.
 */
export function isStillAs(object: ObjectJson, text: ObjectText): boolean {
  const metadata = fields(object.metadata);
  if (metadata.resourceVersion === text.resourceVersion) return true;
  if (text.masked) return false;
  return sorted(written(object)) === sorted(written(fields(parse(text.yaml, dialect))));
}

function written(object: Record<string, unknown>): unknown {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.entries(fields(metadata)).filter(([name]) => !serverMetadata.includes(name));
  return { ...rest, metadata: Object.fromEntries(kept) };
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The same text for the same values, whatever the order of their fields. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
