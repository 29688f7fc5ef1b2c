import type { Terminal } from "@xterm/xterm";

const mac = navigator.userAgent.includes("Mac");

export interface TerminalKeys {
  copy: () => void;
  search: () => void;
}

/**
 * What keys do in a terminal: all of them go to the shell, but for the few that a terminal has for itself (copy, paste,
 * search) and those of the app: the palette, F6 to leave, and Ctrl-`, which no shell can receive. (The app looks at
 * its keys before they come here.)
 */
export function handleKeys(terminal: Terminal, { copy, search }: TerminalKeys): void {
  terminal.attachCustomKeyEventHandler((event) => {
    if (isOfApp(event)) return false;
    if (event.type !== "keydown") return true;
    // Nothing else of the app hears what is typed here.
    event.stopPropagation();
    const own = ownKey(event);
    if (own === undefined) return true;
    if (own === "paste") return false; // the browser's own, which is told by an event
    event.preventDefault();
    if (own === "copy") copy();
    else search();
    return false;
  });
}

function isOfApp(event: KeyboardEvent): boolean {
  if (event.key === "F6") return true;
  if (event.code === "Backquote" && event.ctrlKey && !event.altKey && !event.metaKey) return true;
  return mac && event.metaKey && !event.ctrlKey && event.code === "KeyK";
}

function ownKey(event: KeyboardEvent): "copy" | "paste" | "search" | undefined {
  if (event.altKey) return undefined;
  const shifted = event.ctrlKey && event.shiftKey && !event.metaKey;
  const own = mac ? event.metaKey && !event.ctrlKey && !event.shiftKey : shifted;
  if (!own) return event.shiftKey && event.code === "Insert" ? "paste" : undefined;
  if (event.code === "KeyC") return "copy";
  if (event.code === "KeyV") return "paste";
  return event.code === "KeyF" ? "search" : undefined;
}
