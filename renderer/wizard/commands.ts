import { useEffect, useState } from "react";
import type { AppError } from "../../electron/contract/index.ts";
import { client, settle } from "../store/client.ts";
import { useCluster } from "../store/cluster.ts";
import { useDraft } from "../store/draft.ts";
import { useKfDef } from "../store/kfdef.ts";
import type { StepId } from "../store/route.ts";
import { currentRequest } from "./current.ts";

export interface StepCommands {
  lines: readonly string[] | undefined;
  error: AppError | undefined;
}

/** The shell lines that do the same as a step with the settings of now; undefined until they can be told. */
export function useStepCommands(step: StepId): StepCommands {
  const draft = useDraft();
  const cluster = useCluster();
  const kfdef = useKfDef();
  const request = currentRequest(draft, cluster, kfdef);
  const key = request && JSON.stringify(request);
  const [result, setResult] = useState<StepCommands & { key?: string }>({ lines: undefined, error: undefined });
  useEffect(() => {
    if (key === undefined) return;
    let stale = false;
    // typing changes the request with each letter
    const timer = setTimeout(async () => {
      const answer = await settle(client().call("install.commands", { ...JSON.parse(key), step }));
      if (stale) return;
      setResult(
        answer.ok
          ? { key, lines: answer.value.lines, error: undefined }
          : { key, lines: undefined, error: answer.error },
      );
    }, 250);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [key, step]);
  return key === undefined ? { lines: undefined, error: undefined } : result;
}
