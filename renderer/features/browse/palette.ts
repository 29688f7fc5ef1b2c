import type { TFunction } from "i18next";
import type { Alias, ResourceInfo, SavedView } from "../../../common/contract/index.ts";
import { browsePreferences, useBrowse } from "../../state/browse.ts";
import { useCluster } from "../../state/cluster.ts";
import { useKeySheet } from "../../state/keys.ts";
import { kindName } from "../../state/kind-name.ts";
import type { FoundObject, PaletteItem, PaletteLine, PaletteSource } from "../../state/palette.ts";
import { resourceKey } from "../../state/resource-key.ts";
import { go } from "../../state/route.ts";
import { aliasLine } from "./alias/aliases.ts";
import { goToKind, goToNamespaces, goToObject } from "./navigate.ts";
import { type GoTo, parseGoTo } from "./parse-command-line.ts";
import { openView } from "./views/SavedViews.tsx";

/** Kinds, own names, views, namespaces and objects of the cluster that is looked at; and lines after `:`. */
export const browsePalette: PaletteSource = { items, object: objectItem, line };

function items(t: TFunction): PaletteItem[] {
  const { kinds, namespaces, context } = useBrowse.getState();
  const { chosen } = useCluster.getState();
  return [
    ...(context === chosen ? (kinds ?? []) : [])
      .filter((info) => info.verbs.includes("list"))
      .map((info) => kindItem(t, info)),
    ...(context === chosen ? browsePreferences().aliases : []).map((alias) => aliasItem(t, alias, kinds ?? [])),
    ...browsePreferences().views.map((view) => viewItem(t, view)),
    ...(context === chosen ? (namespaces?.names ?? []) : []).map((name) => namespaceItem(t, name)),
  ];
}

function kindItem(t: TFunction, info: ResourceInfo): PaletteItem {
  const title = kindName(t, info);
  return {
    id: `kind:${resourceKey(info)}`,
    title,
    names: [...info.shortNames, info.plural, info.singular, info.kind, resourceKey(info)],
    note: [t("browse.palette.kind"), info.shortNames[0], info.custom ? info.group : undefined]
      .filter(Boolean)
      .join(" · "),
    run: () => goToKind(resourceKey(info)),
  };
}

function aliasItem(t: TFunction, alias: Alias, served: readonly ResourceInfo[]): PaletteItem {
  const goal = parseGoTo(alias.name, served, [alias]);
  return {
    id: `alias:${alias.name}`,
    title: alias.name,
    names: [],
    note: [t("browse.palette.alias"), aliasLine(alias)].join(" · "),
    unavailable: goal ? undefined : t("browse.alias.notServed", { kind: alias.resource }),
    run: () => goal?.to === "kind" && goToKind(goal.resource, goal),
  };
}

function viewItem(t: TFunction, view: SavedView): PaletteItem {
  return {
    id: `view:${view.id}`,
    title: view.name,
    names: [],
    note: t("browse.palette.view"),
    run: () => openView(view, useCluster.getState().chosen),
  };
}

function namespaceItem(t: TFunction, name: string): PaletteItem {
  return {
    id: `namespace:${name}`,
    title: name,
    names: [],
    note: t("browse.palette.namespace"),
    run: () => goToNamespaces([name]),
  };
}

function objectItem(object: FoundObject): PaletteItem {
  return {
    id: `object:${object.plural}.${object.group}/${object.namespace ?? ""}/${object.name}`,
    title: object.name,
    names: [],
    note: [object.kind, object.namespace].filter(Boolean).join(" · "),
    run: () => goToObject(object),
  };
}

function line(t: TFunction, text: string): PaletteLine {
  const served = useBrowse.getState().kinds ?? [];
  const goal = parseGoTo(text, served, browsePreferences().aliases);
  if (goal?.to === "context") return { prefix: "command:clusters:switch:", words: goal.name };
  if (goal?.to === "namespace") return { prefix: "namespace:", words: goal.name };
  const item = goal && lineItem(t, goal, served);
  return item && { item };
}

function lineItem(t: TFunction, goal: GoTo, served: readonly ResourceInfo[]): PaletteItem | undefined {
  switch (goal.to) {
    case "quit":
      return {
        id: "line:quit",
        title: t("browse.palette.quit"),
        names: [],
        note: ":q",
        run: () => go({ place: "home" }),
      };
    case "help":
      return {
        id: "line:help",
        title: t("browse.keys.title"),
        names: [],
        note: ":?",
        run: () => useKeySheet.setState({ open: "read" }),
      };
    case "kind": {
      const info = served.find((known) => resourceKey(known) === goal.resource);
      if (!info) return undefined;
      const where = goal.namespaces?.join(", ");
      const parts = [where, goal.filter ? `/${goal.filter}` : undefined, goal.labels ? `-l ${goal.labels}` : undefined];
      const plain = parts.every((part) => part === undefined);
      return {
        id: plain ? `kind:${goal.resource}` : "line:kind",
        title: kindName(t, info),
        names: [],
        note: plain ? t("browse.palette.kind") : parts.filter(Boolean).join("  ") || t("browse.namespaces.all"),
        run: () => goToKind(goal.resource, goal),
      };
    }
    default:
      return undefined;
  }
}
