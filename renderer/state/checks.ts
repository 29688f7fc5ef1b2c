import { create } from "zustand";
import type { AppError, CheckId, ChecksView, ContextId } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";
import { isAdopting, type PlanRequest, usePlan } from "./plan.ts";

interface ChecksState {
  view: ChecksView | undefined;
  error: AppError | undefined;
  /** Of what was asked; another request is checked anew. */
  requestKey: string | undefined;
}

export const useChecks = create<ChecksState>(() => ({ view: undefined, error: undefined, requestKey: undefined }));

export function watchChecks(): () => void {
  return client().subscribe(
    "checks.watch",
    {},
    { onItem: (view) => useChecks.setState({ view }), onError: (error) => useChecks.setState({ error }) },
  );
}

/** Begins unless the checks at hand are of the same request; `again` begins in any case. */
export async function startChecks({ context, settings }: PlanRequest, { again = false } = {}): Promise<void> {
  const adopt = isAdopting(context, `${settings.baseDir}/${settings.name}`);
  const request = { context, settings, adopt };
  const requestKey = JSON.stringify(request);
  const known = useChecks.getState();
  const isThere = known.view?.state === "running" || known.view?.state === "done";
  if (!again && isThere && known.requestKey === requestKey) return;
  useChecks.setState({ requestKey, error: undefined });
  const answer = await settle(client().call("checks.start", request));
  if (!answer.ok) useChecks.setState({ error: answer.error, requestKey: undefined });
}

export async function cancelChecks(): Promise<void> {
  const answer = await settle(client().call("checks.cancel", {}));
  if (!answer.ok) useChecks.setState({ error: answer.error });
}

export async function checkAgain(id: CheckId): Promise<void> {
  const answer = await settle(client().call("checks.again", { ids: [id] }));
  if (!answer.ok) useChecks.setState({ error: answer.error });
}

/** What the plan says of the cluster is out of date then. */
export async function fixCheck(id: CheckId): Promise<void> {
  const answer = await settle(client().call("checks.fix", { id }));
  if (!answer.ok) useChecks.setState({ error: answer.error });
  usePlan.setState({ requestKey: undefined });
}

export interface CheckCounts {
  /** All that have ended. */
  count: number;
  passed: number;
  must: number;
  should: number;
  running: number;
}

/** Pure. */
export function countChecks({ rows }: Pick<ChecksView, "rows">): CheckCounts {
  const of = (wanted: (row: ChecksView["rows"][number]) => boolean) => rows.filter(wanted).length;
  const ended = of(({ state }) => state === "passed" || state === "failed");
  return {
    count: ended,
    passed: of(({ state }) => state === "passed"),
    must: of(({ state, level }) => state === "failed" && level === "must"),
    should: of(({ state, level }) => state === "failed" && level === "should"),
    running: rows.length - ended,
  };
}

/** Of the last run on this cluster, once it has ended. */
export function currentChecks(context: ContextId | undefined): CheckCounts | undefined {
  const { view } = useChecks.getState();
  if (view?.state !== "done" || context === undefined || view.context !== context) return undefined;
  return countChecks(view);
}
