import { useCallback, useEffect, useState } from "react";
import type { AccessView, ContextId, InstalledView } from "../../../../common/contract/index.ts";
import { client } from "../../../state/client.ts";

/** How an installation is reached, looked at for as long as it is on screen; `tryAgain` looks now. */
export function useAccess(
  { kfDir, origin, state }: Pick<InstalledView, "kfDir" | "origin" | "state">,
  context: ContextId,
): { access: AccessView | undefined; tryAgain: () => void } {
  const [access, setAccess] = useState<AccessView>();
  const [turn, setTurn] = useState(0);
  const own = origin === "here" ? kfDir : undefined;
  const wanted = state === "installed" && (origin !== "here" || own !== undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks anew
  useEffect(() => {
    if (!wanted) return;
    return client().subscribe(
      "wayIn.watch",
      { context, ...(own === undefined ? {} : { kfDir: own }) },
      // Where it can't be looked at, what the Service says stays.
      { onItem: setAccess, onError: () => undefined },
    );
  }, [context, own, wanted, turn]);
  const tryAgain = useCallback(() => setTurn((now) => now + 1), []);
  return { access, tryAgain };
}
