import type { ObjectRef } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

export const nodeRef = ({ metadata }: KubeObject): ObjectRef => ({
  apiVersion: "v1",
  kind: "Node",
  name: metadata.name,
});

/** "a, b, c and 4 more" is too long for a line of a list; this many names are not. */
export function someNames(names: readonly string[], most = 4): string {
  return [...names.slice(0, most), ...(names.length > most ? ["…"] : [])].join(", ");
}
