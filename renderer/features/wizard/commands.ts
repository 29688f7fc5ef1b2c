import { useEffect, useState } from "react";
import type { AppError } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useCluster } from "../../state/cluster.ts";
import { useDraft } from "../../state/draft.ts";
import { useKfDef } from "../../state/kfdef.ts";
import type { StepId } from "../../state/route.ts";
import { currentRequest } from "./current-step.ts";

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
