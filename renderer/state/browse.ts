import { z } from "zod";
import { create } from "zustand";
import type { AppError, BrowsePreferences, ContextId, KindCount, ResourceInfo } from "../../common/contract/index.ts";
import { setPreferences, useApp } from "./app.ts";
import { client } from "./client.ts";
import { useCluster } from "./cluster.ts";
import { noSelection, type Selection } from "./selection.ts";
import { recall, remember } from "./storage.ts";

/** What is known of the cluster that is looked at: its kinds, namespaces and counts. */
interface BrowseState {
  context: ContextId | undefined;
  kinds: ResourceInfo[] | undefined;
  kindsError: AppError | undefined;
  namespaces: { names: string[]; allowed: boolean } | undefined;
  counts: ReadonlyMap<string, KindCount>;
  /** The kinds' column at the left is open. */
  sidebar: boolean;
  /** Width of the object's pane, pixels. */
  paneWidth: number;
}

export const useBrowse = create<BrowseState>(() => ({
  context: undefined,
  kinds: undefined,
  kindsError: undefined,
  namespaces: undefined,
  counts: new Map(),
  sidebar: true,
  paneWidth: 340,
}));

const looks = z.object({ sidebar: z.boolean(), paneWidth: z.number().min(200).max(2000) });

/** Takes up how the browser looked before the page was loaded anew, and keeps what changes. */
export function restoreBrowse(): void {
  const kept = looks.safeParse(recall("browse"));
  if (kept.success) useBrowse.setState(kept.data);
  useBrowse.subscribe(({ sidebar, paneWidth }, before) => {
    if (sidebar !== before.sidebar || paneWidth !== before.paneWidth) remember("browse", { sidebar, paneWidth });
  });
}

export function toggleSidebar(): void {
  useBrowse.setState(({ sidebar }) => ({ sidebar: !sidebar }));
}

/** Follows the cluster that is connected, whichever it is: lists, palette and choosers read what is known of it. */
export function followChosenCluster(): () => void {
  let followed: ContextId | undefined;
  let stop: (() => void) | undefined;
  const follow = ({ chosen, state }: { chosen: ContextId | undefined; state: string }) => {
    // While it is connected to anew, what is known stays.
    const wanted =
      state === "connected" ? chosen : chosen === followed && state === "connecting" ? followed : undefined;
    if (wanted === followed) return;
    stop?.();
    followed = wanted;
    stop = wanted === undefined ? undefined : followCluster(wanted);
  };
  follow(useCluster.getState());
  const unsubscribe = useCluster.subscribe(follow);
  return () => {
    unsubscribe();
    stop?.();
  };
}

/** Follows a cluster's kinds and namespaces; gives the function that stops. */
function followCluster(context: ContextId): () => void {
  if (useBrowse.getState().context !== context)
    useBrowse.setState({ context, kinds: undefined, kindsError: undefined, namespaces: undefined, counts: new Map() });
  const stopKinds = client().subscribe(
    "resources.watch",
    { context },
    {
      onItem: (kinds) => useBrowse.setState({ kinds, kindsError: undefined }),
      onError: (kindsError) => useBrowse.setState({ kindsError }),
    },
  );
  const stopNamespaces = client().subscribe(
    "namespaces.watch",
    { context },
    {
      onItem: (namespaces) => useBrowse.setState({ namespaces }),
      onError: () => useBrowse.setState({ namespaces: { names: [], allowed: false } }),
    },
  );
  return () => {
    stopKinds();
    stopNamespaces();
  };
}

export function countKey({ group, plural }: { group: string; plural: string }): string {
  return `${plural}.${group}`;
}

/** Follows the counts of some kinds; gives the function that stops. Those of kinds no longer asked for stay as they were. */
export function followCounts(
  context: ContextId,
  namespaces: string[],
  resources: readonly Pick<ResourceInfo, "group" | "version" | "plural">[],
): () => void {
  return client().subscribe(
    "resources.counts",
    {
      context,
      namespaces,
      resources: resources.slice(0, 100).map(({ group, version, plural }) => ({ group, version, plural })),
    },
    {
      onItem: (items) =>
        useBrowse.setState(({ counts }) => {
          const next = new Map(counts);
          for (const item of items) next.set(countKey(item), item);
          return { counts: next };
        }),
      onError: () => undefined, // lists say themselves why they can't be shown; a count that is missing says nothing
    },
  );
}

/** What is chosen in each table, by table, kept while the user is elsewhere. */
export const useSelections = create<Record<string, Selection>>(() => ({}));

export function selectionOf(table: string): Selection {
  return useSelections.getState()[table] ?? noSelection;
}

export function setSelection(table: string, change: Selection | ((selection: Selection) => Selection)): void {
  const before = selectionOf(table);
  const after = typeof change === "function" ? change(before) : change;
  if (after !== before) useSelections.setState({ [table]: after });
}

const noPreferences: BrowsePreferences = {
  favouriteKinds: [],
  favouriteNamespaces: {},
  views: [],
  columns: {},
  closedGroups: [],
  aliases: [],
};

export function useBrowsePreferences(): BrowsePreferences {
  return useApp((state) => state.preferences.browse) ?? noPreferences;
}

export function browsePreferences(): BrowsePreferences {
  return useApp.getState().preferences.browse ?? noPreferences;
}

export function setBrowsePreferences(change: (known: BrowsePreferences) => Partial<BrowsePreferences>): void {
  const known = browsePreferences();
  void setPreferences({ browse: { ...known, ...change(known) } });
}

/** The list with the item taken out, or put in at the end. */
export function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}
