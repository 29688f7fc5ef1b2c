import fuzzysort from "fuzzysort";
import type { TFunction } from "i18next";
import { visibleBidi } from "../../common/text/index.ts";
import { contributions } from "../state/contributions.tsx";
import { keyChoice, keyOfCommand } from "../state/keys.ts";
import type { PaletteItem } from "../state/palette.ts";
import { recall, remember } from "../state/storage.ts";
import { commands } from "./commands.ts";

/** An item with the places of the letters that were typed. */
export interface Found {
  item: PaletteItem;
  marks: ReadonlySet<number>;
}

const noMarks: ReadonlySet<number> = new Set();

/** All there is to choose from as things stand now, but for objects, which the cluster is asked for. */
export function paletteItems(t: TFunction): PaletteItem[] {
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
    ...contributions().flatMap(({ palette }) => palette?.items?.(t) ?? []),
  ].map((item) => ({ ...item, title: visibleBidi(item.title) }));
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
  const text = line.replace(/^:/, "");
  const only = (prefix: string, words: string) =>
    findItems(
      items.filter(({ id }) => id.startsWith(prefix)),
      words,
      recent,
    );
  const meant = contributions()
    .map(({ palette }) => palette?.line?.(t, text))
    .find((found) => found !== undefined);
  if (meant && "prefix" in meant) return only(meant.prefix, meant.words);
  const [command = "", ...rest] = text.trimStart().split(/\s+/);
  const others = rest.join(" ") === "" ? only("kind:", command).filter(({ item }) => item.id !== meant?.item.id) : [];
  return meant ? [{ item: meant.item, marks: noMarks }, ...others] : others;
}
