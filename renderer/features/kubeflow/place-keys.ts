import type { KeyboardEvent } from "react";
import { singleKeysOn } from "../../state/keys.ts";

/** Single letters that act while the place Kubeflow has the focus. */
export const placeKeys = [
  { key: "D", id: "dashboard" },
  { key: "G", id: "upgrade" },
  { key: "C", id: "change" },
  { key: "P", id: "people" },
  { key: "N", id: "profiles" },
  { key: "R", id: "check" },
  { key: "V", id: "compare" },
  { key: "O", id: "folder" },
  { key: "U", id: "uninstall" },
] as const;
export type PlaceAction = (typeof placeKeys)[number]["id"];

/** The key of an action, as it is written beside its button. */
export function keyFor(id: PlaceAction): string {
  return placeKeys.find((one) => one.id === id)?.key ?? "";
}

/**
 * Does the action whose letter was pressed in the place; what is typed into a field or pressed in a dialog over the place is
 * left alone.
 */
export function onPlaceKey(event: KeyboardEvent<HTMLElement>, actions: Partial<Record<PlaceAction, () => void>>): void {
  const { target, currentTarget } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !singleKeysOn()) return;
  // A dialog is not inside the place, though React tells the place of its keys, too.
  if (!(target instanceof Element) || !currentTarget.contains(target)) return;
  if (target.closest("input, textarea, select, [contenteditable=true]")) return;
  const pressed = placeKeys.find(({ key }) => key === event.key.toUpperCase());
  const act = pressed && actions[pressed.id];
  if (act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
