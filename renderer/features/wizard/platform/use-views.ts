import type { PlatformsView } from "../../../../common/contract/index.ts";
import { type Told, useStream } from "../../../state/use-stream.ts";
import { type AskedCard, type CardId, usePlatform } from "./state.ts";

export type Views = Record<AskedCard | "tools", Told<PlatformsView>>;

/** What is known of the tools, and of the platforms whose cards were opened. */
export function useViews(): Views {
  const { opened, accounts, rounds } = usePlatform();
  const input = (card: AskedCard) => {
    if (!opened.includes(card)) return undefined;
    return { card, ...accountOf(accounts, card), round: rounds[card] ?? 0 };
  };
  return {
    tools: useStream("platforms.watch", {}),
    computer: useStream("platforms.watch", input("computer")),
    eks: useStream("platforms.watch", input("eks")),
    gke: useStream("platforms.watch", input("gke")),
    aks: useStream("platforms.watch", input("aks")),
  };
}

function accountOf(accounts: Partial<Record<CardId, string>>, card: AskedCard): { account?: string } {
  const account = accounts[card];
  return account === undefined ? {} : { account };
}
