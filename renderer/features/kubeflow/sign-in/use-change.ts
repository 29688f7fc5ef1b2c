import { useCallback, useEffect, useRef, useState } from "react";
import type { AppError, SignInProgress, StreamInput } from "../../../../common/contract/index.ts";
import { client } from "../../../state/client.ts";

/** The run of a reviewed change; it ends when it is canceled, or with the dialog, and is then taken back. */
export function useChange(onBusy: (busy: boolean) => void) {
  const [progress, setProgress] = useState<SignInProgress>();
  const [problem, setProblem] = useState<AppError>();
  const [cancelled, setCancelled] = useState(false);
  const stop = useRef<() => void>(undefined);
  const end = useCallback(() => {
    stop.current?.();
    stop.current = undefined;
    onBusy(false);
  }, [onBusy]);
  useEffect(() => end, [end]);
  return {
    progress,
    problem,
    cancelled,
    apply(input: StreamInput<"signIn.apply">) {
      onBusy(true);
      stop.current = client().subscribe("signIn.apply", input, {
        onItem: (item) => {
          setProgress(item);
          // A stream that ended is not started again by a connection that comes back.
          if (item.state !== "running") end();
        },
        onError: (error) => {
          setProblem(error);
          end();
        },
      });
    },
    cancel() {
      end();
      setCancelled(true);
    },
  };
}
