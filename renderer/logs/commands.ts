import type { TFunction } from "i18next";
import { useEffect, useRef } from "react";
import { type Command, registerCommands } from "../app/commandRegistry.ts";

/** Something that can be done to the log that has the focus. */
export interface LogCommand {
  id: string;
  title: string;
  unavailable?: string | undefined;
  keys?: string;
  run: () => void;
}

let focused: { name: string; commands: () => readonly LogCommand[] } | undefined;

/** The palette lists what the log that was focused last can do, until the focus goes to another part of the page. */
registerCommands((_t: TFunction): Command[] =>
  (focused?.commands() ?? []).map(({ id, title, unavailable, keys, run }) => ({
    id,
    title,
    group: "dock",
    unavailable,
    run,
    ...(keys === undefined ? {} : { keys }),
    scope: "table",
  })),
);

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
