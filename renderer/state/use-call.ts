import { useEffect, useState } from "react";
import type { AppError, CallInput, CallOutput, MethodName } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";

/** What a method answers to an input, asked anew when that changes; without an input nothing is asked. */
export function useCall<K extends MethodName>(
  name: K,
  input: CallInput<K> | undefined,
): { value: CallOutput<K> | undefined; error: AppError | undefined; asking: boolean } {
  const key = input === undefined ? undefined : JSON.stringify(input);
  const [answer, setAnswer] = useState<{ key: string; value?: CallOutput<K>; error?: AppError } | undefined>();
  useEffect(() => {
    if (key === undefined) return;
    const ended = new AbortController();
    const asked: CallInput<K> = JSON.parse(key);
    settle(client().call(name, asked, { signal: ended.signal })).then(
      (settled) => {
        if (ended.signal.aborted) return;
        setAnswer(settled.ok ? { key, value: settled.value } : { key, error: settled.error });
      },
      () => undefined, // settle never rejects
    );
    return () => ended.abort();
  }, [name, key]);
  const current = answer?.key === key ? answer : undefined;
  return { value: current?.value, error: current?.error, asking: key !== undefined && current === undefined };
}
