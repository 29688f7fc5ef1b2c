import type { TFunction } from "i18next";
import type { ActionId } from "./specs.ts";

/** What an action is called where it is under way: without the dots that say that something will be asked. */
export function titleOf(t: TFunction, id: ActionId): string {
  return t(`actions.title.${id}`).replace(/…$/, "");
}
