import type { TFunction } from "i18next";
import type { ObjectTarget } from "../../electron/contract/index.ts";
import { type Command, registerCommands } from "../app/commandRegistry.ts";
import type { ActionSpec } from "./specs.ts";

/** An action of the objects that are chosen now. */
export interface ChosenAction extends ActionSpec {
  command: string;
  title: string;
  unavailable?: string;
  run: () => void;
}

interface Offer {
  targets: readonly ObjectTarget[];
  actions: readonly ChosenAction[];
}

/** What views offer, the newest last: the palette and the keys act on that. */
const offers: Offer[] = [];

/** Puts actions in the palette and behind their keys; gives the function that takes them out again. */
export function offerActions(targets: readonly ObjectTarget[], actions: readonly ChosenAction[]): () => void {
  const offer = { targets, actions };
  if (targets.length > 0) offers.push(offer);
  return () => {
    const at = offers.indexOf(offer);
    if (at !== -1) offers.splice(at, 1);
  };
}

export function chosenCommands(t: TFunction): Command[] {
  const offer = offers.at(-1);
  const [first] = offer?.targets ?? [];
  if (!offer || !first) return [];
  const note =
    offer.targets.length === 1 ? first.name : t("actions.count", { count: offer.targets.length, kind: first.kind });
  return offer.actions.map(({ command, title, keys, unavailable, run }) => ({
    id: command,
    title,
    group: "object",
    unavailable,
    run,
    ...(keys === undefined ? {} : { keys }),
    scope: "table",
    note,
  }));
}

registerCommands(chosenCommands);
