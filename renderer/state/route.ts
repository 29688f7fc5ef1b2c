import { create } from "zustand";
import { type ContextId, contextId } from "../../common/contract/index.ts";
import { decodePercent } from "../../common/text/index.ts";

export const stepIds = ["cluster", "settings", "components", "checks", "plan", "install", "done"] as const;
export type StepId = (typeof stepIds)[number];

/** A resource as kubectl writes it: `pods`, `deployments.apps`. The version is the one the group prefers. */
export type ResourceKey = string;

/** Where the resource browser stands: all of it is in the address, so that a link leads back to the same sight. */
export interface BrowsePlace {
  place: "browse";
  /** Id of the context; the chosen one when absent. */
  context?: ContextId;
  resource: ResourceKey;
  /** Empty: all namespaces. */
  namespaces: string[];
  /** As typed after `/`. */
  filter?: string;
  /** Only rows that are not well. */
  faults?: boolean;
  /** A label selector and a field selector, as `kubectl get -l … --field-selector …` takes them. */
  labels?: string;
  fields?: string;
  /** When it is not the one remembered for the resource. */
  sort?: { column: string; descending: boolean };
  /** The object whose pane is open. */
  object?: { namespace?: string; name: string };
  /** The pane's tab. */
  tab?: string;
}

export type Route =
  | { place: "home" }
  | { place: "install"; step: StepId }
  | BrowsePlace
  | { place: "overview" }
  | { place: "clusters" }
  /** With the folder of the installation that is being changed. */
  | { place: "kubeflow"; upgrade?: string }
  | { place: "forwards" }
  /** With the profile whose pane is open. */
  | { place: "profiles"; profile?: string }
  | { place: "access"; tab?: string };

/** Reads an address such as `#/install/plan` or `#/browse/pods?ns=kubeflow&o=kubeflow/mysql-0`; anything else is home. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?");
  const [, place, first, second] = path.split("/");
  const params = new URLSearchParams(query);
  switch (place) {
    case "install":
      return { place: "install", step: stepIds.find((id) => id === first) ?? "cluster" };
    case "browse":
      return parseBrowse(first, params);
    case "overview":
      return { place: "overview" };
    case "clusters":
      return { place: "clusters" };
    case "kubeflow":
      return first === "upgrade" && second
        ? { place: "kubeflow", upgrade: decodePercent(second) }
        : { place: "kubeflow" };
    case "forwards":
      return { place: "forwards" };
    case "profiles":
      return first ? { place: "profiles", profile: decodePercent(first) } : { place: "profiles" };
    case "access":
      return first ? { place: "access", tab: first } : { place: "access" };
    default:
      return { place: "home" };
  }
}

function parseBrowse(resource: string | undefined, params: URLSearchParams): BrowsePlace {
  const object = params.get("o")?.split("/");
  const name = object?.at(-1);
  const namespace = object?.length === 2 ? object[0] : undefined;
  const context = contextId.safeParse(params.get("c"));
  const filter = params.get("f");
  const labels = params.get("l");
  const fields = params.get("fs");
  const sort = params.get("sort");
  const tab = params.get("tab");
  return {
    place: "browse",
    resource: resource ? decodePercent(resource) : "pods",
    namespaces: params.get("ns")?.split(",").filter(Boolean) ?? [],
    ...(context.success ? { context: context.data } : {}),
    ...(filter ? { filter } : {}),
    ...(params.has("faults") ? { faults: true } : {}),
    ...(labels ? { labels } : {}),
    ...(fields ? { fields } : {}),
    ...(sort ? { sort: { column: sort.replace(/^-/, ""), descending: sort.startsWith("-") } } : {}),
    ...(name ? { object: namespace ? { namespace, name } : { name } } : {}),
    ...(tab ? { tab } : {}),
  };
}

export function formatRoute(route: Route): string {
  switch (route.place) {
    case "home":
      return "#/";
    case "install":
      return `#/install/${route.step}`;
    case "browse":
      return formatBrowse(route);
    case "kubeflow":
      return route.upgrade ? `#/kubeflow/upgrade/${encodeURIComponent(route.upgrade)}` : "#/kubeflow";
    case "profiles":
      return route.profile ? `#/profiles/${encodeURIComponent(route.profile)}` : "#/profiles";
    case "access":
      return route.tab ? `#/access/${route.tab}` : "#/access";
    default:
      return `#/${route.place}`;
  }
}

function formatBrowse(place: BrowsePlace): string {
  const { context, resource, namespaces, filter, faults, labels, fields, sort, object, tab } = place;
  const params = new URLSearchParams();
  if (context) params.set("c", context);
  if (namespaces.length > 0) params.set("ns", namespaces.join(","));
  if (filter) params.set("f", filter);
  if (faults) params.set("faults", "");
  if (labels) params.set("l", labels);
  if (fields) params.set("fs", fields);
  if (sort) params.set("sort", `${sort.descending ? "-" : ""}${sort.column}`);
  if (object) params.set("o", object.namespace ? `${object.namespace}/${object.name}` : object.name);
  if (tab) params.set("tab", tab);
  return `#/browse/${encodeURIComponent(resource)}${params.size > 0 ? `?${params}` : ""}`;
}

interface RouteState {
  route: Route;
  /** The wizard's step that was left last: its place in the rail goes back there. */
  lastStep: StepId;
  /** Where the browser was left last. */
  lastBrowse: BrowsePlace;
  /** How far the wizard was walked: what was not yet looked at is not called done. */
  furthest: number;
}

export const useRoute = create<RouteState>(() => ({
  route: { place: "home" },
  lastStep: "cluster",
  lastBrowse: { place: "browse", resource: "pods", namespaces: [] },
  furthest: -1,
}));

function show(route: Route): void {
  useRoute.setState((state) => {
    if (route.place === "install") {
      return { route, lastStep: route.step, furthest: Math.max(state.furthest, stepIds.indexOf(route.step)) };
    }
    return route.place === "browse" ? { route, lastBrowse: route } : { route };
  });
}

/** Goes there and writes it in the address, so that reload and the back button work; `replace` leaves no step to go back to. */
export function go(route: Route, { replace = false } = {}): void {
  show(route);
  const hash = formatRoute(route);
  if (window.location.hash === hash) return;
  if (replace) window.history.replaceState(null, "", hash);
  else window.location.hash = hash;
}

export function goStep(step: StepId): void {
  go({ place: "install", step });
}

/** Changes which namespaces of a cluster are looked at, without going to a list. */
export function lookAtNamespaces(context: ContextId, namespaces: string[]): void {
  useRoute.setState(({ lastBrowse }) => ({
    lastBrowse: changedPlace(lastBrowse, { ...(lastBrowse.context === context ? {} : { context }), namespaces }),
  }));
}

/** What of a place changes; undefined takes it away. */
export type BrowseChange = { [K in keyof BrowsePlace]?: BrowsePlace[K] | undefined };

/**
 * Goes to where the browser was left last, with some of it changed. What belongs to the kind that was shown (filter,
 * selectors, sort, object) does not follow to another kind or cluster.
 */
export function browse(change: BrowseChange = {}, options?: { replace?: boolean }): void {
  go(changedPlace(useRoute.getState().lastBrowse, change), options);
}

export function changedPlace(last: BrowsePlace, change: BrowseChange): BrowsePlace {
  const { place, context, resource, namespaces, filter, faults, labels, fields, sort, object, tab } = last;
  const elsewhere =
    (change.resource !== undefined && change.resource !== resource) ||
    ("context" in change && change.context !== context);
  const kept = elsewhere
    ? { context, resource, namespaces }
    : { context, resource, namespaces, filter, faults, labels, fields, sort, object, tab };
  const next = { ...kept, ...change };
  // A tab belongs to the object whose pane is open.
  if (next.object === undefined || ("object" in change && !("tab" in change))) next.tab = undefined;
  const given = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== false));
  return { place, resource: next.resource ?? resource, namespaces: next.namespaces ?? namespaces, ...given };
}

/** Follows the address bar; gives the function that stops it. */
export function followAddress(): () => void {
  const follow = () => show(parseRoute(window.location.hash));
  follow();
  window.addEventListener("hashchange", follow);
  return () => window.removeEventListener("hashchange", follow);
}
