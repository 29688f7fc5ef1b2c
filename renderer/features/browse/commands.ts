import type { TFunction } from "i18next";
import {
  selectionOf,
  setBrowsePreferences,
  setSelection,
  toggled,
  toggleSidebar,
  useBrowse,
} from "../../state/browse.ts";
import { useCluster } from "../../state/cluster.ts";
import type { Command } from "../../state/command-registry.ts";
import { placeToBrowse } from "../../state/place-to-browse.ts";
import { type BrowsePlace, browse, go, useRoute } from "../../state/route.ts";
import { parseKey } from "../../state/selection.ts";
import { useShownTable } from "../../state/tables.ts";
import { useAliasDialog } from "./alias/aliases.ts";
import { choiceOf, setChoice } from "./columns/use-columns.ts";
import { openNamespaces } from "./head/namespaces-open.ts";
import { goToNamespaces } from "./navigate.ts";
import { focusGrid } from "./table/focus-grid.ts";
import { markAll } from "./table/Grid.tsx";
import { tableName } from "./table-name.ts";

/** What leads to the lists from everywhere, and the names of lines. */
export function goCommands(t: TFunction): Command[] {
  const { lastBrowse } = useRoute.getState();
  const { chosen } = useCluster.getState();
  return [
    {
      id: "go:browse",
      title: t("browse.command.browse"),
      group: "go",
      unavailable: undefined,
      run: () => go(placeToBrowse(lastBrowse, chosen)),
    },
    {
      id: "aliases:edit",
      title: t("browse.alias.open"),
      group: "look",
      unavailable: undefined,
      run: () => useAliasDialog.setState({ open: true }),
    },
  ];
}

/** What can be done with the list on screen; elsewhere these are not there. */
export function browseCommands(t: TFunction): Command[] {
  const { route } = useRoute.getState();
  if (route.place !== "browse") return [];
  const { session, state } = useShownTable.getState();
  const table = tableName(route);
  const selection = selectionOf(table);
  const none = session === undefined ? t("browse.command.noList") : undefined;
  const noRow = selection.focus === undefined ? t("browse.command.noRow") : undefined;
  const { sidebar } = useBrowse.getState();
  const choice = choiceOf(route.resource);
  const command = (
    id: string,
    title: string,
    run: () => void,
    more: Partial<Pick<Command, "keys" | "scope" | "unavailable">> = {},
  ): Command => ({ id: `browse:${id}`, title, group: "table", unavailable: none, run, ...more });
  return [
    command("filter", t("browse.command.filter"), focusFilter, { keys: "/" }),
    command(
      "faults",
      t(route.faults ? "browse.faults.showAll" : "browse.faults.showOnly"),
      () => browse({ faults: !route.faults }, { replace: true }),
      { keys: "!" },
    ),
    command("namespaces", t("browse.command.namespaces"), openNamespaces, { keys: "N" }),
    command("everywhere", t("browse.command.everywhere"), () => goToNamespaces([]), {
      keys: "0",
      unavailable: route.namespaces.length === 0 ? t("command.isOn") : none,
    }),
    command(
      "wide",
      t(choice.wide ? "browse.command.narrow" : "browse.command.wide"),
      () => setChoice(route.resource, { wide: !choice.wide }),
      { keys: "W" },
    ),
    command("columns", t("browse.command.columns"), openColumns, { keys: "Shift+W" }),
    command("copy", t("browse.command.copy"), () => copyNames(table), {
      keys: "C",
      scope: "table",
      unavailable: noRow,
    }),
    command("open", t("browse.row.open"), () => openFocused(table), {
      keys: "Enter",
      scope: "table",
      unavailable: noRow,
    }),
    command("mark", t("browse.command.mark"), () => undefined, { keys: "Space", scope: "table", unavailable: noRow }),
    command("markAll", t("browse.command.markAll"), () => session && markAll(table, () => session.keys()), {
      keys: "Mod+A",
      scope: "table",
    }),
    command("menu", t("browse.command.menu"), () => undefined, {
      keys: "Shift+F10",
      scope: "table",
      unavailable: noRow,
    }),
    command("back", t("browse.command.back"), () => stepBack(route, table), { keys: "Escape", scope: "table" }),
    command("favourite", t("browse.command.favourite"), () =>
      setBrowsePreferences(({ favouriteKinds }) => ({ favouriteKinds: toggled(favouriteKinds, route.resource) })),
    ),
    command("sidebar", t(sidebar ? "browse.command.hideKinds" : "browse.command.showKinds"), toggleSidebar, {
      keys: "Mod+B",
    }),
    ...(state?.view?.columns ?? []).map((column) =>
      command(`sort.${column.name}`, t("browse.command.sort", { column: column.name }), () => {
        const same = (route.sort ?? choice.sort)?.column === column.name;
        const descending = same ? !(route.sort ?? choice.sort)?.descending : false;
        setChoice(route.resource, { sort: { column: column.name, descending } });
        browse({ sort: { column: column.name, descending } }, { replace: true });
      }),
    ),
  ];
}

function focusFilter(): void {
  const input = document.querySelector<HTMLInputElement>("[data-filter]");
  input?.focus();
  input?.select();
}

function openColumns(): void {
  document.querySelector<HTMLElement>("[data-columns]")?.click();
}

function openFocused(table: string): void {
  const { focus } = selectionOf(table);
  if (focus !== undefined) browse({ object: parseKey(focus) });
}

function copyNames(table: string): void {
  const { marked, focus } = selectionOf(table);
  const keys = marked.size > 0 ? [...marked] : focus === undefined ? [] : [focus];
  const names = keys.map((key) => parseKey(key).name).join("\n");
  navigator.clipboard.writeText(names).catch(() => undefined); // a page without the right can't copy
}

/** One step back: the filter goes first, then the marks, then the object's pane; from inside the pane, the pane. */
function stepBack(place: BrowsePlace, table: string): void {
  const inPane = place.object !== undefined && document.activeElement?.closest(".object-side") != null;
  if (!inPane && (place.filter || place.faults)) browse({ filter: undefined, faults: undefined }, { replace: true });
  else if (!inPane && selectionOf(table).marked.size > 0)
    setSelection(table, (known) => ({ ...known, marked: new Set() }));
  else if (place.object) {
    browse({ object: undefined, tab: undefined });
    requestAnimationFrame(() => focusGrid());
  }
}
