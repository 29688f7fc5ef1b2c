/** A key as commands write it: modifiers, then the key's name: `Mod+K`, `Shift+D`, `:`, `F6`, `Alt+ArrowLeft`. */
export type KeyName = string;

export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const modifiers = new Set([
  "Control",
  "Shift",
  "Alt",
  "Meta",
  "AltGraph",
  "CapsLock",
  "Dead",
  "Process",
  "Unidentified",
]);

/**
 * The name of what was pressed, or undefined for a modifier alone. Letters go by their place on the keyboard when the
 * layout writes no Latin ones (한글), so that L is L with the Korean layout on, too.
 * @param mac where Mod is Cmd; elsewhere it is Ctrl
 */
export function keyName(press: KeyPress, mac: boolean): KeyName | undefined {
  if (modifiers.has(press.key)) return undefined;
  const place = /^Key([A-Z])$/.exec(press.code)?.[1];
  const latin = /^[a-z]$/i.test(press.key);
  const letter = latin ? press.key.toUpperCase() : press.key.length > 1 ? undefined : lettersOf(press, place);
  const named = press.key === " " ? "Space" : press.key;
  const base = letter ?? (press.code === "Backquote" && (press.ctrlKey || press.metaKey) ? "`" : named);
  const parts: string[] = [];
  if (mac ? press.metaKey : press.ctrlKey) parts.push("Mod");
  if (mac && press.ctrlKey) parts.push("Ctrl");
  if (!mac && press.metaKey) parts.push("Meta");
  if (press.altKey) parts.push("Alt");
  // Shift is how `?` and `:` are typed, and no part of their names.
  if (press.shiftKey && (letter !== undefined || base.length > 1)) parts.push("Shift");
  return [...parts, base].join("+");
}

function lettersOf(press: KeyPress, place: string | undefined): string | undefined {
  const beyondLatin = press.key.length === 1 && press.key.charCodeAt(0) > 0x7f;
  return place !== undefined && (beyondLatin || press.altKey) ? place : undefined;
}

/** One character without Ctrl, Alt or Cmd: what WCAG 2.1.4 lets people turn off. */
export function isSingle(key: KeyName): boolean {
  return [...key.replace(/^Shift\+/, "")].length === 1;
}

/** A letter acts only where nothing can be typed and rows have the focus; signs such as `:` and `?` act everywhere else, too. */
export function isLetter(key: KeyName): boolean {
  return /^(Shift\+)?[A-Z]$/.test(key);
}

const words: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
};

/** A key as it is shown: `Ctrl K` or `⌘ K`. */
export function shownKey(key: KeyName, mac: boolean): string {
  const parts = key === "+" || key.endsWith("++") ? [...key.slice(0, -2).split("+"), "+"] : key.split("+");
  return parts
    .filter((part) => part !== "")
    .map((part) => {
      if (part === "Mod") return mac ? "⌘" : "Ctrl";
      if (part === "Alt") return mac ? "⌥" : "Alt";
      if (part === "Shift") return mac ? "⇧" : "Shift";
      return words[part] ?? part;
    })
    .join(" ");
}
