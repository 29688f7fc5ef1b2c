import { useEffect, useState } from "react";
import type { AppError } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useCluster } from "../../state/cluster.ts";
import { useDraft } from "../../state/draft.ts";
import { useKfDef } from "../../state/kfdef.ts";
import type { StepId } from "../../state/route.ts";
import { useStable } from "../../state/use-stable.ts";
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
  const request = useStable(currentRequest(draft, cluster, kfdef));
  const [result, setResult] = useState<StepCommands>({ lines: undefined, error: undefined });
  useEffect(() => {
    if (request === undefined) return;
    let stale = false;
    // typing changes the request with each letter
    const timer = setTimeout(async () => {
      const answer = await settle(client().call("install.commands", { ...request, step }));
      if (stale) return;
      setResult(
        answer.ok ? { lines: answer.value.lines, error: undefined } : { lines: undefined, error: answer.error },
      );
    }, 250);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [request, step]);
  return request === undefined ? { lines: undefined, error: undefined } : result;
}
