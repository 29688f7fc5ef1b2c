import type { BrowsePlace } from "../store/route.ts";

/** Lists of every kind the cluster serves, with the pane of the chosen object. */
export function Browse({ place }: { place: BrowsePlace }) {
  return <h1>{place.resource}</h1>;
}
