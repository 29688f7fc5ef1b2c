const mac = () => navigator.userAgent.includes("Mac");

/** How a key with Ctrl (Cmd on a Mac) is written. */
export function shortcut(key: string): string {
  return mac() ? `⌘ ${key}` : `Ctrl ${key}`;
}

/** True for Ctrl-K on Linux and Windows, Cmd-K on a Mac. */
export function isPaletteKey(event: { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }): boolean {
  return event.key.toLowerCase() === "k" && (mac() ? event.metaKey : event.ctrlKey) && !event.shiftKey;
}
