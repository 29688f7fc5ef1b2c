import { useEffect, useMemo, useState } from "react";
import type { AppError, ObjectFacts, ObjectTarget } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useStable } from "../../state/use-stable.ts";

/** An object that an action is about, as it was when the dialog opened: its uid says which one is meant. */
export interface Looked {
  target: ObjectTarget;
  facts: ObjectFacts;
}

const atOnce = 100;

/** What there is to know of the objects of a dialog; `there` leaves out what is gone. Asked once, and again by `again`. */
export function useFacts(targets: readonly ObjectTarget[]): {
  there: readonly Looked[];
  gone: number;
  asking: boolean;
  error: AppError | undefined;
  again: () => void;
} {
  const asked = useStable(targets);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<
    { asked: readonly ObjectTarget[]; looked: Looked[]; error?: AppError } | undefined
  >();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same again
  useEffect(() => {
    const ended = new AbortController();
    lookAt(asked, ended.signal).then(
      (found) => {
        if (!ended.signal.aborted) setAnswer({ asked, ...found });
      },
      () => undefined, // lookAt never rejects
    );
    return () => ended.abort();
  }, [asked, round]);
  const current = answer?.asked === asked ? answer : undefined;
  const there = useMemo(() => current?.looked.filter(({ facts }) => !facts.missing) ?? [], [current]);
  return {
    there,
    gone: (current?.looked.length ?? 0) - there.length,
    asking: current === undefined,
    error: current?.error,
    again: () => setRound((known) => known + 1),
  };
}

async function lookAt(
  targets: readonly ObjectTarget[],
  signal: AbortSignal,
): Promise<{ looked: Looked[]; error?: AppError }> {
  const looked: Looked[] = [];
  for (let from = 0; from < targets.length && !signal.aborted; from += atOnce) {
    const part = targets.slice(from, from + atOnce);
    const answer = await settle(client().call("actions.facts", { targets: part }, { signal }));
    if (!answer.ok) return { looked, error: answer.error };
    for (const [index, target] of part.entries()) {
      const facts = answer.value.facts[index];
      if (facts) looked.push({ target: facts.uid === undefined ? target : { ...target, uid: facts.uid }, facts });
    }
  }
  return { looked };
}
