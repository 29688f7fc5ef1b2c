import { useEffect, useState } from "react";
import type { AppError, CallInput, CallOutput, MethodName } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";
import { useStable } from "./use-stable.ts";

/** What a method answers to an input, asked anew when that changes; without an input nothing is asked. */
export function useCall<K extends MethodName>(
  name: K,
  input: CallInput<K> | undefined,
): { value: CallOutput<K> | undefined; error: AppError | undefined; asking: boolean } {
  const asked = useStable(input);
  const [answer, setAnswer] = useState<{ asked: CallInput<K>; value?: CallOutput<K>; error?: AppError } | undefined>();
  useEffect(() => {
    if (asked === undefined) return;
    const ended = new AbortController();
    settle(client().call(name, asked, { signal: ended.signal })).then(
      (settled) => {
        if (ended.signal.aborted) return;
        setAnswer(settled.ok ? { asked, value: settled.value } : { asked, error: settled.error });
      },
      () => undefined, // settle never rejects
    );
    return () => ended.abort();
  }, [name, asked]);
  const current = answer?.asked === asked ? answer : undefined;
  return { value: current?.value, error: current?.error, asking: asked !== undefined && current === undefined };
}
