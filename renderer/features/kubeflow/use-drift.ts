import { useCallback, useEffect, useRef, useState } from "react";
import type { AppError, ContextId, DriftReport } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";

export interface DriftState {
  report: DriftReport | undefined;
  error: AppError | undefined;
  checking: boolean;
  check: () => void;
}

/** What of an installation is not as it was applied; compared when it is opened, and whenever somebody asks. */
export function useDrift(kfDir: string | undefined, context: ContextId): DriftState {
  const [report, setReport] = useState<DriftReport>();
  const [error, setError] = useState<AppError>();
  const [checking, setChecking] = useState(false);
  const running = useRef<AbortController>(undefined);
  const check = useCallback(() => {
    running.current?.abort();
    if (kfDir === undefined) return;
    const ended = new AbortController();
    running.current = ended;
    setChecking(true);
    settle(client().call("drift.find", { kfDir, context }, { signal: ended.signal })).then(
      (answer) => {
        if (ended.signal.aborted) return;
        setChecking(false);
        setError(answer.ok ? undefined : answer.error);
        if (answer.ok) setReport(answer.value);
      },
      () => undefined, // settled: it gives its failure
    );
  }, [kfDir, context]);
  useEffect(() => {
    check();
    return () => running.current?.abort();
  }, [check]);
  return { report, error, checking, check };
}
