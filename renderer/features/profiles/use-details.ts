import { useEffect, useState } from "react";
import type { AppError, CallOutput, ContextId } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";

type Details = CallOutput<"profiles.details">;

/** What is in a profile's namespace; `ask` reads it again, as does a new `changes`. What was read stays until then. */
export function useDetails(
  context: ContextId,
  profile: string,
  changes: number,
): { details: Details | undefined; error: AppError | undefined; ask: () => void } {
  const [asked, setAsked] = useState(0);
  const [told, setTold] = useState<{ details?: Details; error?: AppError }>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new number is what asks again
  useEffect(() => {
    const ended = new AbortController();
    settle(client().call("profiles.details", { context, profile }, { signal: ended.signal })).then(
      (answer) => {
        if (ended.signal.aborted) return;
        setTold(answer.ok ? { details: answer.value } : { error: answer.error });
      },
      () => undefined, // settle never rejects
    );
    return () => ended.abort();
  }, [context, profile, changes, asked]);
  return { details: told.details, error: told.error, ask: () => setAsked(asked + 1) };
}
