import fuzzysort from "fuzzysort";
import type { TFunction } from "i18next";
import type { Alias, CallOutput, ResourceInfo, SavedView } from "../../common/contract/index.ts";
import { aliasLine } from "../features/browse/alias/aliases.ts";
import { kindName } from "../features/browse/kinds/kind-name.ts";
import { resourceKey } from "../features/browse/kinds/resource-key.ts";
import { goToKind, goToNamespaces, goToObject } from "../features/browse/navigate.ts";
import { type GoTo, parseGoTo } from "../features/browse/parse-command-line.ts";
import { openView } from "../features/browse/views/SavedViews.tsx";
import { browsePreferences, useBrowse } from "../state/browse.ts";
import { useCluster } from "../state/cluster.ts";
import { keyChoice, keyOfCommand, useKeySheet } from "../state/keys.ts";
import { go } from "../state/route.ts";
import { recall, remember } from "../state/storage.ts";
import { commands } from "./commands.ts";

/** Something the palette can do or go to. */
export interface PaletteItem {
  id: string;
  title: string;
  /** Other names it is found by. */
  names: readonly string[];
  /** What it is, at the end of its line. */
  note: string;
  key?: string | undefined;
  unavailable?: string | undefined;
  run: () => void;
}

/** An item with the places of the letters that were typed. */
export interface Found {
  item: PaletteItem;
  marks: ReadonlySet<number>;
}

const noMarks: ReadonlySet<number> = new Set();

/** All there is to choose from as things stand now, but for objects, which the cluster is asked for. */
export function paletteItems(t: TFunction): PaletteItem[] {
  const { kinds, namespaces, context } = useBrowse.getState();
  const { chosen } = useCluster.getState();
  const chosenKeys = keyChoice();
  return [
    ...commands(t)
      .filter(({ id }) => id !== "palette:open")
      .map(
        (command): PaletteItem => ({
          id: `command:${command.id}`,
          title: command.title,
          names: [],
          note: command.note ?? t(`palette.group.${command.group}`),
          key: keyOfCommand(command, chosenKeys),
          unavailable: command.unavailable,
          run: command.run,
        }),
      ),
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

export type FoundObject = CallOutput<"objects.find">["found"][number];

export function objectItem(object: FoundObject): PaletteItem {
  return {
    id: `object:${object.plural}.${object.group}/${object.namespace ?? ""}/${object.name}`,
    title: object.name,
    names: [],
    note: [object.kind, object.namespace].filter(Boolean).join(" · "),
    run: () => goToObject(object),
  };
}

/** Ids of what was used before, newest first. */
export function recentIds(): string[] {
  const kept = recall("recentCommands");
  return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
}

const recentMost = 30;

export function rememberUse(id: string): void {
  if (id.startsWith("object:") || id.startsWith("line:")) return; // objects come and go
  remember("recentCommands", [id, ...recentIds().filter((known) => known !== id)].slice(0, recentMost));
}

const most = 50;

/** The items that fit what was typed, best first; without a text, those used before come first. */
export function findItems(items: readonly PaletteItem[], text: string, recent: readonly string[]): Found[] {
  const rank = new Map(recent.map((id, at) => [id, 1 - at / recent.length]));
  const wanted = text.trim();
  const order = (item: PaletteItem) => (rank.get(item.id) ?? 0) - (item.unavailable === undefined ? 0 : 2);
  if (wanted === "")
    return items
      .toSorted((a, b) => order(b) - order(a))
      .slice(0, most)
      .map((item) => ({ item, marks: noMarks }));
  const lower = wanted.toLowerCase();
  const found = fuzzysort.go(wanted, items, {
    keys: ["title", (item: PaletteItem) => item.names.join(" ")],
    limit: most,
    threshold: 0.4,
    scoreFn: (result) => {
      const item = result.obj;
      const exact = item.title.toLowerCase() === lower || item.names.some((name) => name.toLowerCase() === lower);
      const usable = item.unavailable === undefined ? 0 : -0.3;
      return result.score + (exact ? 1 : 0) + (rank.get(item.id) ?? 0) * 0.2 + usable;
    },
  });
  return found.map((result) => ({ item: result.obj, marks: new Set(result[0]?.indexes ?? []) }));
}

/** What a line after `:` would do, as one item, and the kinds, contexts or namespaces its last word may mean. */
export function lineItems(
  t: TFunction,
  line: string,
  items: readonly PaletteItem[],
  recent: readonly string[],
): Found[] {
  const served = useBrowse.getState().kinds ?? [];
  const text = line.replace(/^:/, "");
  const goal = parseGoTo(text, served, browsePreferences().aliases);
  const [command = "", ...rest] = text.trimStart().split(/\s+/);
  const argument = rest.join(" ");
  const only = (prefix: string, words: string) =>
    findItems(
      items.filter(({ id }) => id.startsWith(prefix)),
      words,
      recent,
    );
  if (goal?.to === "context") return only("command:clusters:switch:", goal.name);
  if (goal?.to === "namespace") return only("namespace:", goal.name);
  const exact = goal && lineItem(t, goal, served);
  const others = argument === "" ? only("kind:", command).filter(({ item }) => item.id !== exact?.id) : [];
  return exact ? [{ item: exact, marks: noMarks }, ...others] : others;
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
