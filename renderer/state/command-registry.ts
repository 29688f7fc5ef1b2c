import type { TFunction } from "i18next";

/** Something the user can do. Palette, menus, keys and the `?` sheet are all made from these. */
export interface Command {
  /** With a colon, such as `browse:filter`: ids are no words. */
  id: string;
  title: string;
  group: "go" | "cluster" | "look" | "object" | "table" | "dock";
  /** Why it can't be done now; it is listed disabled with this. */
  unavailable: string | undefined;
  run: () => void;
  /** The key as it comes, such as `Mod+K` (Mod: Ctrl, on a Mac Cmd), `Shift+D`, `L`, `:`; the user may choose another. */
  keys?: string;
  /**
   * Keys of one letter act only while the table (or an object's pane) has the focus; those of a log only in its lines,
   * where they go before all others.
   */
  scope?: "anywhere" | "table" | "log";
  /** Said beside the title in the palette instead of the group's name. */
  note?: string;
}

export type CommandSource = (t: TFunction) => Command[];

const sources = new Set<CommandSource>();

/** Adds commands as they stand whenever somebody looks; gives the function that takes them out again. */
export function registerCommands(source: CommandSource): () => void {
  sources.add(source);
  return () => sources.delete(source);
}

export function registeredCommands(t: TFunction): Command[] {
  return [...sources].flatMap((source) => source(t));
}
