import { create } from "zustand";
import type { AppError, ContextId, InstallSettings, PlanProgress } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";

interface PlanState {
  progress: PlanProgress | undefined;
  error: AppError | undefined;
  /** Of what the plan was made; another request makes it stale. */
  requestKey: string | undefined;
}

export const usePlan = create<PlanState>(() => ({ progress: undefined, error: undefined, requestKey: undefined }));

export interface PlanRequest {
  context: ContextId;
  settings: InstallSettings;
  /** Take over objects that belong to another installation. */
  adopt?: boolean;
}

export function watchPlan(): () => void {
  return client().subscribe(
    "plan.watch",
    {},
    { onItem: (progress) => usePlan.setState({ progress }), onError: (error) => usePlan.setState({ error }) },
  );
}

/** Makes the plan unless the one at hand is of the same request; `again` makes it in any case. */
export async function preparePlan(request: PlanRequest, again = false): Promise<void> {
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
