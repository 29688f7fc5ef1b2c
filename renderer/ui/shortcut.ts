import { shownKey } from "./key-names.ts";

export function onMac(): boolean {
  return navigator.userAgent.includes("Mac");
}

/** How a key with Ctrl (Cmd on a Mac) is written. */
export function shortcut(key: string): string {
  return shownKey(`Mod+${key}`, onMac());
}
