import { create } from "zustand";
import { isLetter, isSingle, type KeyName } from "../ui/key-names.ts";
import { setPreferences, useApp } from "./app.ts";
import type { Command } from "./command-registry.ts";

export type KeyChoice = Readonly<Record<string, string>>;

/** Where the keyboard's focus is, as far as keys care. */
export type KeyPlace = "rows" | "log" | "text" | "terminal" | "dialog" | "elsewhere";

/** Second keys that everybody knows; they do the command's work whatever its own key is. */
const known: Readonly<Record<KeyName, string>> = {
  "Mod+Shift+P": "palette:open",
  "Alt+ArrowLeft": "go:back",
  "Alt+ArrowRight": "go:forward",
};

/** In a terminal all keys are the program's, but for a few that lead out of it. */
const outOfTerminal = new Set(["palette:open", "region:next", "region:previous", "dock:toggle"]);

/** What has the focus does these itself: a button is pressed by Enter, a row opened, a text marked by Ctrl-A. */
const focusOwn = new Set<KeyName>(["Enter", "Space", "Shift+F10", "Mod+A"]);

/** The key that does a command's work: the user's, or the one it comes with. */
export function keyOfCommand(command: Pick<Command, "id" | "keys">, chosen: KeyChoice): KeyName | undefined {
  return (chosen[command.id] ?? command.keys) || undefined;
}

export interface KeyContext {
  place: KeyPlace;
  chosen: KeyChoice;
  /** False: keys of one character do nothing. */
  singles: boolean;
  mac: boolean;
}

/** The command a key stands for here, or undefined. One that can't be done now still takes its key: nothing else may happen. */
export function commandOf<C extends Pick<Command, "id" | "keys" | "scope">>(
  key: KeyName,
  commands: readonly C[],
  { place, chosen, singles, mac }: KeyContext,
): C | undefined {
  const single = isSingle(key);
  if (single && (!singles || place === "text" || place === "terminal" || place === "dialog")) return undefined;
  if (focusOwn.has(key) || (isLetter(key) && place !== "rows" && place !== "log")) return undefined;
  const second = place === "text" && key.startsWith("Alt+") ? undefined : known[key];
  const fitting = commands.filter(
    (command) => command.id === second || (keyOfCommand(command, chosen) === key && inScope(command, place, key)),
  );
  const found = fitting.find(({ scope }) => scope === "log") ?? fitting[0];
  if (!found) return undefined;
  if (place === "dialog" && found.id !== "palette:open") return undefined;
  if (place === "terminal") {
    // Ctrl-K belongs to the shell; Cmd-K and Ctrl-Shift-P do not.
    const taken = outOfTerminal.has(found.id) && (mac || found.id !== "palette:open" || key === "Mod+Shift+P");
    return taken ? found : undefined;
  }
  return found;
}

function inScope({ scope }: Pick<Command, "scope">, place: KeyPlace, key: KeyName): boolean {
  if (scope === "log") return place === "log";
  if (place === "log" && isLetter(key)) return false;
  return scope !== "table" || place === "rows";
}

/** Other commands that act on the same key: then only the first of them would. */
export function clashes<C extends Pick<Command, "id" | "keys" | "scope">>(
  key: KeyName,
  id: string,
  commands: readonly C[],
  chosen: KeyChoice,
): C[] {
  const inLog = commands.find((command) => command.id === id)?.scope === "log";
  return commands.filter(
    (command) => command.id !== id && keyOfCommand(command, chosen) === key && (command.scope === "log") === inLog,
  );
}

export function useKeyChoice(): KeyChoice {
  return useApp((state) => state.preferences.keys) ?? none;
}

const none: KeyChoice = {};

export function keyChoice(): KeyChoice {
  return useApp.getState().preferences.keys ?? none;
}

export function singleKeysOn(): boolean {
  return useApp.getState().preferences.singleLetterKeys ?? true;
}

/** Gives a command another key; an empty one takes it away, undefined gives it its own again. */
export function chooseKey(id: string, key: KeyName | undefined): void {
  const keys = { ...keyChoice() };
  if (key === undefined) delete keys[id];
  else keys[id] = key;
  void setPreferences({ keys });
}

/** The sheet of keys: shut, to be read, or to be changed. */
export const useKeySheet = create<{ open: "no" | "read" | "change" }>(() => ({ open: "no" }));
