import { useEffect, useState } from "react";
import type { AppError, ContextId, InstallSettings, UpgradeTarget } from "../../../../common/contract/index.ts";
import { client, settle } from "../../../state/client.ts";
import { preparePlan, usePlan } from "../../../state/plan.ts";
import { useUpgrade } from "../../../state/upgrade.ts";

export interface Targets {
  from: string;
  targets: readonly UpgradeTarget[];
}

/** What an installation can be changed to; undefined while it is being read. */
export function useTargets(kfDir: string): { known: Targets | undefined; error: AppError | undefined } {
  const [known, setKnown] = useState<Targets>();
  const [error, setError] = useState<AppError>();
  useEffect(() => {
    const ended = new AbortController();
    settle(client().call("upgrade.targets", { kfDir }, { signal: ended.signal })).then(
      (answer) => {
        if (ended.signal.aborted) return;
        if (answer.ok) setKnown(answer.value);
        else setError(answer.error);
      },
      () => undefined, // settled: it gives its failure
    );
    return () => ended.abort();
  }, [kfDir]);
  return { known, error };
}

/** The settings to begin with: those that somebody has written, else the next release's, else those of now. */
export function firstSettings(kfDir: string, { from, targets }: Targets): InstallSettings | undefined {
  const asked = useUpgrade.getState();
  if (asked.kfDir === kfDir && asked.settings) return asked.settings;
  const newer = targets.find(({ settings }) => settings.release.localeCompare(from, "en", { numeric: true }) > 0);
  return (newer ?? targets[0])?.settings;
}

/** Plans for these settings; gives how far that is. */
export function useUpgradePlan(context: ContextId, settings: InstallSettings | undefined) {
  const { progress, error } = usePlan();
  useEffect(() => {
    if (settings) void preparePlan({ context, settings }, { upgrade: true });
  }, [context, settings]);
  const again = () => {
    if (settings) void preparePlan({ context, settings }, { upgrade: true, again: true });
  };
  const summary = progress?.state === "done" && progress.summary?.upgrade ? progress.summary : undefined;
  return { progress, summary, error: progress?.state === "failed" ? progress.error : error, again };
}
