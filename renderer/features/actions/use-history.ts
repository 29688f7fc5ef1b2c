import { useCallback, useEffect, useState } from "react";
import type { AppError, ObjectTarget, Revision } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useStable } from "../../state/use-stable.ts";

/** Revisions of a workload; asked again whenever `moment` changes: a rollout makes new ones. */
export function useHistory(
  target: ObjectTarget | undefined,
  moment: string,
): { revisions: readonly Revision[] | undefined; error: AppError | undefined; again: () => void } {
  const asked = useStable(target);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<{ revisions?: Revision[]; error?: AppError }>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: each moment and round asks the same again
  useEffect(() => {
    if (asked === undefined) return;
    const ended = new AbortController();
    settle(client().call("rollout.history", { target: asked }, { signal: ended.signal })).then(
      (settled) => {
        if (ended.signal.aborted) return;
        setAnswer((known) =>
          settled.ok ? { revisions: settled.value.revisions } : { ...known, error: settled.error },
        );
      },
      () => undefined, // settle never rejects
    );
    return () => ended.abort();
  }, [asked, moment, round]);
  const again = useCallback(() => setRound((known) => known + 1), []);
  return { revisions: answer.revisions, error: answer.error, again };
}
