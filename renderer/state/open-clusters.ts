import { z } from "zod";
import { create } from "zustand";
import { type ContextEntry, type ContextId, type ContextList, contextId } from "../../common/contract/index.ts";
import { connect, findContext, leaveContext, useCluster } from "./cluster.ts";
import { formatRoute, go, parseRoute, type Route, useRoute } from "./route.ts";
import { recall, remember } from "./storage.ts";

/** The clusters that are open side by side, in the order they were opened, each with the place it was left at. */
interface OpenClusters {
  open: readonly ContextId[];
  /** Addresses, by context. */
  places: Readonly<Record<ContextId, string>>;
}

export const useOpenClusters = create<OpenClusters>(() => ({ open: [], places: {} }));

/** Those that are (still) in a kubeconfig. */
export function openEntries(list: ContextList | undefined, open: readonly ContextId[]): ContextEntry[] {
  return open.flatMap((id) => findContext(list, id) ?? []);
}

/** Opens what is chosen, and notes where each cluster stands; gives the function that stops. */
export function followOpenClusters(): () => void {
  useOpenClusters.setState(recalled());
  const note = (): void => {
    const { chosen } = useCluster.getState();
    const { route } = useRoute.getState();
    const { open, places } = useOpenClusters.getState();
    if (chosen !== undefined && !open.includes(chosen)) useOpenClusters.setState({ open: [...open, chosen] });
    const owner = ownerOf(route, chosen);
    const address = formatRoute(route);
    if (owner !== undefined && places[owner] !== address) {
      useOpenClusters.setState({ places: { ...places, [owner]: address } });
    }
  };
  note();
  const stops = [
    useCluster.subscribe(note),
    useRoute.subscribe(note),
    useOpenClusters.subscribe(({ open, places }) => remember("clusters", { open, places })),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Shows a cluster at the place where it was left. One that is new stays at the place that is on screen, or shows its pods
 * with `land` or when that place is another cluster's.
 */
export function switchCluster(id: ContextId, { land = false } = {}): void {
  const { chosen, state } = useCluster.getState();
  const { route } = useRoute.getState();
  // Before it is chosen: what is on screen then counts as its place.
  const left = useOpenClusters.getState().places[id];
  if (chosen !== id || state === "failed") void connect(id);
  if (chosen === id && !land) return;
  if (left !== undefined) {
    const place = parseRoute(left);
    go(place.place === "browse" ? { ...place, context: id } : place);
  } else if (land || route.place === "browse") {
    const resource = route.place === "browse" ? route.resource : "pods";
    go({ place: "browse", context: id, resource, namespaces: [] });
  }
}

/** Closes a cluster's tab; the one beside it is shown then. */
export function closeCluster(id: ContextId): void {
  const { open, places } = useOpenClusters.getState();
  const { [id]: _left, ...others } = places;
  const remaining = open.filter((other) => other !== id);
  const { chosen, list } = useCluster.getState();
  useOpenClusters.setState({ open: remaining, places: others });
  if (chosen !== id) return;
  const shown = openEntries(list, remaining).map((entry) => entry.id);
  const beside = shown[Math.min(Math.max(0, open.indexOf(id)), shown.length - 1)];
  leaveContext();
  // Leaving noted the place as that of no cluster; what is on screen was the closed one's.
  if (beside !== undefined) switchCluster(beside);
  else if (useRoute.getState().route.place === "browse") go({ place: "clusters" });
}

/** A renamed context is another one by its id: everything kept under the old one moves. */
export function moveOpenCluster(from: ContextId, to: ContextId): void {
  const { open, places } = useOpenClusters.getState();
  const { [from]: left, ...others } = places;
  const moved = left === undefined ? others : { ...others, [to]: withContext(left, to) };
  useOpenClusters.setState({ open: open.map((id) => (id === from ? to : id)), places: moved });
  const { route } = useRoute.getState();
  if (useCluster.getState().chosen !== from) return;
  void connect(to);
  if (route.place === "browse") go({ ...route, context: to }, { replace: true });
}

function withContext(address: string, id: ContextId): string {
  const place = parseRoute(address);
  return place.place === "browse" ? formatRoute({ ...place, context: id }) : address;
}

/** Whose place it is. The page of all clusters is nobody's. */
function ownerOf(route: Route, chosen: ContextId | undefined): ContextId | undefined {
  if (route.place === "clusters") return undefined;
  // A link to another cluster is on its way there.
  if (route.place === "browse" && route.context !== undefined && route.context !== chosen) return undefined;
  return chosen;
}

/** What is not as it was written is left out. */
function recalled(): OpenClusters {
  const kept = remembered.safeParse(recall("clusters"));
  const open = (kept.data?.open ?? []).flatMap((id) => contextId.safeParse(id).data ?? []);
  const places = open.flatMap((id) => {
    const place = kept.data?.places[id];
    return typeof place === "string" ? [[id, place]] : [];
  });
  return { open, places: Object.fromEntries(places) };
}

const remembered = z.object({ open: z.array(z.unknown()), places: z.record(z.string(), z.unknown()) });
