import { create } from "zustand";
import type { AppError, ContextId, InstallSettings, PlanProgress } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";

interface PlanState {
  progress: PlanProgress | undefined;
  error: AppError | undefined;
  /** Of what the plan was made; another request makes it stale. */
  requestKey: string | undefined;
  /** Where the user chose to take over objects of another installation, until it is complete. */
  adopting: Place | undefined;
}

/** A cluster, and a folder as `/` divides it. */
interface Place {
  context: ContextId;
  folder: string;
}

export const usePlan = create<PlanState>(() => ({
  progress: undefined,
  error: undefined,
  requestKey: undefined,
  adopting: undefined,
}));

export interface PlanRequest {
  context: ContextId;
  settings: InstallSettings;
}

export function watchPlan(): () => void {
  return client().subscribe(
    "plan.watch",
    {},
    { onItem: (progress) => usePlan.setState({ progress }), onError: (error) => usePlan.setState({ error }) },
  );
}

/** Did the user choose to take over objects of another installation for this one? */
export function isAdopting(context: ContextId, kfDir: string): boolean {
  const { adopting } = usePlan.getState();
  return adopting?.context === context && adopting.folder === divided(kfDir);
}

/** What is complete takes nothing over any more unless the user chooses it anew. */
export function endAdoption(kfDir: string): void {
  if (usePlan.getState().adopting?.folder === divided(kfDir)) usePlan.setState({ adopting: undefined });
}

function divided(path: string): string {
  return path.replaceAll("\\", "/");
}

/**
 * Makes the plan unless the one at hand is of the same request; `again` makes it in any case. `adopt`: objects of
 * another installation are taken over, by this plan and by later ones of the same installation. `upgrade`: what is
 * installed in the folder is changed.
 */
export async function preparePlan(
  { context, settings }: PlanRequest,
  { again = false, adopt = false, upgrade = false }: { again?: boolean; adopt?: boolean; upgrade?: boolean } = {},
): Promise<void> {
  const folder = divided(`${settings.baseDir}/${settings.name}`);
  if (adopt) usePlan.setState({ adopting: { context, folder } });
  const request = {
    ...{ context, settings },
    ...(upgrade ? { upgrade } : isAdopting(context, folder) ? { adopt: true } : {}),
  };
  const requestKey = JSON.stringify(request);
  const known = usePlan.getState();
  const fresh = known.progress?.state === "running" || known.progress?.state === "done";
  if (!again && fresh && known.requestKey === requestKey) return;
  usePlan.setState({ requestKey, error: undefined, progress: { state: "running", fraction: 0 } });
  const answer = await settle(client().call("plan.prepare", request));
  if (!answer.ok && usePlan.getState().requestKey === requestKey)
    usePlan.setState({ error: answer.error, progress: undefined, requestKey: undefined });
}

export async function cancelPlan(): Promise<void> {
  const answer = await settle(client().call("plan.cancel", {}));
  usePlan.setState(
    answer.ok ? { progress: answer.value, requestKey: undefined } : { error: answer.error, requestKey: undefined },
  );
}
