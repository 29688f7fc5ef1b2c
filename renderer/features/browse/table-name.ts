import type { BrowsePlace } from "../../state/route.ts";

/** Names the table a place shows: the same name, the same marks and focus. */
export function tableName({ context, resource, namespaces, labels, fields }: BrowsePlace): string {
  return JSON.stringify([context, resource, namespaces.join(","), labels ?? "", fields ?? ""]);
}
