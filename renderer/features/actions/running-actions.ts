import { create } from "zustand";
import type { AppError, ChangeResult, ObjectChange, ObjectTarget } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";

/** A change on its way through its objects, and what became of each. */
export interface Work {
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

interface Works {
  works: readonly Work[];
  said: readonly Said[];
}

export const useWorks = create<Works>(() => ({ works: [], said: [] }));

/** A few at a time: progress is seen, and stopping leaves the rest as they are. */
const atOnce = 8;
const seenMs = 6_000;

/** Makes a change to many objects and keeps what came of it in sight. */
export async function startWork(
  title: string,
  targets: readonly ObjectTarget[],
  change: ObjectChange,
): Promise<readonly ChangeResult[]> {
  const id = crypto.randomUUID();
  const abort = new AbortController();
  const work: Work = { id, title, state: "running", targets, results: [], stop: () => abort.abort() };
  useWorks.setState(({ works }) => ({ works: [...works, work] }));
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
  useWorks.setState(({ said }) => ({ said: [...said, { id, title, ...(error === undefined ? {} : { error }) }] }));
  if (error === undefined) forgetLater(id);
}

export function forgetWork(id: string): void {
  useWorks.setState(({ works, said }) => ({
    works: works.filter((work) => work.id !== id),
    said: said.filter((one) => one.id !== id),
  }));
}

function update(id: string, change: Partial<Work>): void {
  useWorks.setState(({ works }) => ({ works: works.map((work) => (work.id === id ? { ...work, ...change } : work)) }));
}

function forgetLater(id: string): void {
  setTimeout(() => forgetWork(id), seenMs);
}
