import type { TFunction } from "i18next";
import { useEffect, useRef } from "react";
import type { Command } from "../../state/command-registry.ts";
import { keyOfCommand, useKeyChoice } from "../../state/keys.ts";
import { shownKey } from "../../ui/key-names.ts";
import { onMac } from "../../ui/shortcut.ts";

/** Something that can be done to the log that has the focus. */
export interface LogCommand {
  id: string;
  title: string;
  unavailable?: string | undefined;
  keys?: string;
  run: () => void;
}

/** Keys of a log's commands, as they come. */
export const logKeys = {
  ...{ search: "/", next: "N", back: "Shift+N", filter: "X", follow: "F", wrap: "W", times: "T", previous: "P" },
  ...{ mark: "M", nextMark: "]", lastMark: "[", save: "S", copy: "Y", clear: "Mod+L" },
} as const;

const names = Object.keys(logKeys) as (keyof typeof logKeys)[];

/** Listed while no log has the focus, so that the keys are known and can be changed at all times. */
function idle(t: TFunction): LogCommand[] {
  return names.map((name) => ({
    id: `logs:${name}`,
    title: t(`logs.command.${name}`),
    keys: logKeys[name],
    unavailable: t("logs.why.noFocus"),
    run: () => undefined,
  }));
}

/** How a command's key is shown: the user's, or its own; undefined without one. */
export function useShownKey(command: LogCommand): string | undefined {
  const key = keyOfCommand(command, useKeyChoice());
  return key === undefined ? undefined : shownKey(key, onMac());
}

let focused: { name: string; commands: () => readonly LogCommand[] } | undefined;

/** What the log that was focused last can do, until the focus goes to another part of the page. */
export const logCommands = (t: TFunction): Command[] =>
  (focused?.commands() ?? idle(t)).map(({ id, title, unavailable, keys, run }) => ({
    id,
    title,
    group: "dock",
    unavailable,
    run,
    ...(keys === undefined ? {} : { keys }),
    scope: "log",
  }));

/** Gives the palette a log's commands while the focus is in `root` (or in a dialog above it). */
export function useFocusedCommands(name: string, root: HTMLElement | null, commands: readonly LogCommand[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    if (root === null) return;
    const follow = (event: FocusEvent) => {
      const to = event.target instanceof Element ? event.target : undefined;
      if (to !== undefined && root.contains(to)) focused = { name, commands: () => latest.current };
      else if (focused?.name === name && to?.closest("[role=dialog], [role=menu]") === null) focused = undefined;
    };
    document.addEventListener("focusin", follow);
    return () => {
      document.removeEventListener("focusin", follow);
      if (focused?.name === name) focused = undefined;
    };
  }, [name, root]);
}
