import { useEffect } from "react";
import { create } from "zustand";
import type { ContextId } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useCluster } from "../../state/cluster.ts";
import { useInstall } from "../../state/install.ts";
import { useRoute } from "../../state/route.ts";
import { useExpiring } from "./address/use-expiries.ts";

/** How many installations each cluster had when it was asked last. */
const useFound = create<{ counts: Readonly<Record<ContextId, number>> }>(() => ({ counts: {} }));

/** Whether the chosen cluster has a Kubeflow; also while its place is open, whatever it shows. */
export function useKubeflowThere(): boolean {
  const context = useCluster((state) => (state.state === "connected" ? state.chosen : undefined));
  const chosen = useCluster((state) => state.chosen);
  const open = useRoute((state) => state.route.place === "kubeflow");
  // Asked again after an installation or a removal.
  const known = useInstall((state) => state.known?.map(({ kfDir, state: now }) => `${kfDir} ${now}`).join("\n"));
  const count = useFound((state) => (chosen === undefined ? undefined : state.counts[chosen]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of installations says when to ask again
  useEffect(() => {
    if (context === undefined) return;
    const ended = new AbortController();
    settle(client().call("installed.find", { context }, { signal: ended.signal })).then(
      (answer) => {
        if (ended.signal.aborted || !answer.ok) return;
        const { installations } = answer.value;
        useFound.setState(({ counts }) => ({ counts: { ...counts, [context]: installations } }));
      },
      () => undefined, // settled: it gives its failure
    );
    return () => ended.abort();
  }, [context, known]);
  // Also where no cluster is chosen: a certificate is about to expire somewhere.
  const needed = useExpiring().length > 0;
  return open || needed || (count ?? 0) > 0;
}
