import type { ContextId } from "../../common/contract/index.ts";
import type { BrowsePlace } from "./route.ts";

/** Where the browser was left, in the cluster that is chosen now: an object of another cluster is not looked for in it. */
export function placeToBrowse(last: BrowsePlace, chosen: ContextId | undefined): BrowsePlace {
  if (chosen === undefined || last.context === chosen) return last;
  return { place: "browse", context: chosen, resource: last.resource, namespaces: [] };
}
