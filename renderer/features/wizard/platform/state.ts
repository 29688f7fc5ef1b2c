import { create } from "zustand";
import { type ClusterState, chosenContext } from "../../../state/cluster.ts";

export const cardIds = ["computer", "existing", "eks", "gke", "aks"] as const;
export type CardId = (typeof cardIds)[number];
/** The cards behind which a platform's own tools are asked. */
export type AskedCard = Exclude<CardId, "existing">;

interface PlatformState {
  /** Undefined until one was chosen. */
  card: CardId | undefined;
  /** The cards that were opened: only their platforms are asked. */
  opened: readonly CardId[];
  /** Profile, project or subscription, by card. */
  accounts: Partial<Record<CardId, string>>;
  /** How often a card was asked again. */
  rounds: Partial<Record<CardId, number>>;
  /** Jobs whose end leads to something: a context to connect to, or a sign-in after which the cloud is asked again. */
  connecting: readonly string[];
}

export const usePlatform = create<PlatformState>(() => ({
  card: undefined,
  opened: [],
  accounts: {},
  rounds: {},
  connecting: [],
}));

export function openCard(card: CardId): void {
  const { opened } = usePlatform.getState();
  usePlatform.setState({ card, opened: opened.includes(card) ? opened : [...opened, card] });
}

export function askAgain(card: CardId): void {
  usePlatform.setState(({ rounds }) => ({ rounds: { ...rounds, [card]: (rounds[card] ?? 0) + 1 } }));
}

export function chooseAccount(card: CardId, account: string): void {
  usePlatform.setState(({ accounts }) => ({ accounts: { ...accounts, [card]: account } }));
}

/**
 * The card in front: the one that was chosen, else where the chosen cluster is, else the practice cluster for whom has no
 * kubeconfig. Undefined while the kubeconfigs are read.
 */
export function cardInFront(
  card: CardId | undefined,
  cluster: ClusterState,
  practiceStarts: boolean,
): CardId | undefined {
  if (card !== undefined) return card;
  if (practiceStarts) return "computer";
  const chosen = chosenContext(cluster);
  if (chosen !== undefined) return chosen.practice ? "computer" : "existing";
  if (cluster.list === undefined) return cluster.listError === undefined ? undefined : "existing";
  return cluster.list.contexts.some((context) => !context.practice) ? "existing" : "computer";
}
