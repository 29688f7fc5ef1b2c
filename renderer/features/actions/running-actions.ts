import { create } from "zustand";
import type { AppError, ChangeResult, ObjectChange, ObjectTarget } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";

/** A change on its way through its objects, and what became of each. */
export interface RunningAction {
  id: string;
  /** What is done, as the button said: "Restart". */
  title: string;
  state: "running" | "done" | "stopped";
  targets: readonly ObjectTarget[];
  /** In the order of the targets; shorter while it runs. */
  results: readonly ChangeResult[];
  stop: () => void;
}

/** Something that went well or not, said once. */
export interface Said {
  id: string;
  title: string;
  error?: AppError;
}

interface RunningActions {
  running: readonly RunningAction[];
  said: readonly Said[];
}

export const useRunningActions = create<RunningActions>(() => ({ running: [], said: [] }));

/** A few at a time: progress is seen, and stopping leaves the rest as they are. */
const atOnce = 8;
const seenMs = 6_000;

/** Makes a change to many objects and keeps what came of it in sight. */
export async function startAction(
  title: string,
  targets: readonly ObjectTarget[],
  change: ObjectChange,
): Promise<readonly ChangeResult[]> {
  const id = crypto.randomUUID();
  const abort = new AbortController();
  const action: RunningAction = { id, title, state: "running", targets, results: [], stop: () => abort.abort() };
  useRunningActions.setState(({ running }) => ({ running: [...running, action] }));
  let results: ChangeResult[] = [];
  for (let from = 0; from < targets.length && !abort.signal.aborted; from += atOnce) {
    const part = targets.slice(from, from + atOnce);
    // Not cut off in the middle: what was sent may have been carried out.
    const answer = await settle(client().call("actions.run", { targets: [...part], change }));
    const next = answer.ok ? answer.value.results : part.map(() => ({ error: answer.error }));
    results = [...results, ...next];
    update(id, { results });
  }
  update(id, { state: results.length < targets.length ? "stopped" : "done" });
  if (results.length === targets.length && results.every(({ error }) => error === undefined)) forgetLater(id);
  return results;
}

/** Says in the notices what went well; with an error it stays until it was read. */
export function say(title: string, error?: AppError): void {
  const id = crypto.randomUUID();
  useRunningActions.setState(({ said }) => ({
    said: [...said, { id, title, ...(error === undefined ? {} : { error }) }],
  }));
  if (error === undefined) forgetLater(id);
}

export function forgetAction(id: string): void {
  useRunningActions.setState(({ running, said }) => ({
    running: running.filter((action) => action.id !== id),
    said: said.filter((one) => one.id !== id),
  }));
}

function update(id: string, change: Partial<RunningAction>): void {
  useRunningActions.setState(({ running }) => ({
    running: running.map((action) => (action.id === id ? { ...action, ...change } : action)),
  }));
}

function forgetLater(id: string): void {
  setTimeout(() => forgetAction(id), seenMs);
}
