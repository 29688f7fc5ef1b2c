import { i18n } from "../i18n/index.ts";
import { commandOf, type KeyPlace, keyChoice, singleKeysOn } from "../state/keys.ts";
import { isLetter, isSingle, keyName } from "../ui/key-names.ts";
import { onMac } from "../ui/shortcut.ts";
import { commands } from "./commands.ts";

/** Where keys pressed on an element go. */
export function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return "elsewhere";
  if (target.closest(".xterm")) return "terminal";
  const text = target.closest("input, textarea, select, [contenteditable=true], .cm-editor");
  if (text && !(text instanceof HTMLInputElement && ["checkbox", "radio", "button"].includes(text.type))) return "text";
  if (target.closest("[role=dialog], [role=menu], [role=alertdialog]")) return "dialog";
  if (target.closest(".logs-list")) return "log";
  return target.closest(".browse .grid, .browse .object-side") ? "rows" : "elsewhere";
}

/** Makes every command's key work; gives the function that stops. */
export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent, early: boolean) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = keyName(event, onMac());
    if (key === undefined || early === isPlain(key)) return;
    const place = placeOf(event.target);
    if (isLetter(key) && place !== "rows" && place !== "log") return;
    const { t } = i18n;
    const command = commandOf(key, commands(t), {
      place,
      chosen: keyChoice(),
      singles: singleKeysOn(),
      mac: onMac(),
    });
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    if (command.unavailable === undefined) command.run();
  };
  const early = (event: KeyboardEvent) => onKey(event, true);
  const late = (event: KeyboardEvent) => onKey(event, false);
  window.addEventListener("keydown", early, { capture: true });
  window.addEventListener("keydown", late);
  return () => {
    window.removeEventListener("keydown", early, { capture: true });
    window.removeEventListener("keydown", late);
  };
}

/** Keys that what has the focus may want for itself; those with Ctrl or Alt, and F keys, are looked at before it. */
function isPlain(key: string): boolean {
  return isSingle(key) || /^(Shift\+)?(Escape|Enter|Space|Tab|Backspace|Delete|Arrow\w+|Home|End|Page\w+)$/.test(key);
}
