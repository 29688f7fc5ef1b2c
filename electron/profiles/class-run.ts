import { latest } from "../../common/async/index.ts";
import {
  type ClassPlan,
  type ClassProgress,
  type ContextId,
  FlowdeckError,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type ClusterConnections, isServed, pause } from "../cluster/index.ts";
import { createProfile, setOwner, setQuota } from "./changes.ts";
import { type ClassEntry, readClassList } from "./class-list.ts";
import { type Existing, planOf } from "./class-plan.ts";
import { istioSecurity, ownerPolicy } from "./kinds.ts";
import { readExisting } from "./read-profiles.ts";
import { share } from "./sharing.ts";

/** So many lines at once; the connection holds back by itself what the server can't take. */
const atOnce = 10;
/** How long the profile controller may take until a new profile can be shared. */
const patienceMs = 60_000;
const everyMs = 150;

export function planClass(text: string, existing: Existing): ClassPlan {
  return planOf(readClassList(text), existing);
}

/**
 * Carries out a class list, telling how each line is. It is planned once more first, and nothing is written if that is not
 * the plan with this digest, or has errors. Ending the stream stops each line after the write it is at, and begins no other.
 */
export async function* applyClass(
  connections: Pick<ClusterConnections, "use">,
  { context, text, digest }: { context: ContextId; text: string; digest: string },
  signal: AbortSignal,
): AsyncGenerator<ClassProgress, void, void> {
  const list = readClassList(text);
  const plan = planOf(list, await connections.use(context, (client) => readExisting(client, signal)));
  if (plan.errors.length > 0) throw new FlowdeckError("invalid-input", message("profile.planBroken"));
  if (plan.digest !== digest) {
    const advice = message("profile.planStaleWay");
    throw new FlowdeckError("plan-stale", message("profile.planStale"), { advice });
  }
  const changing = new Map(plan.rows.filter(({ action }) => action !== "unchanged").map((row) => [row.line, row]));
  const entries = list.entries.filter(({ line }) => changing.has(line));
  const rows: ClassProgress["rows"] = entries.map(({ profile }) => ({ profile, state: "waiting" }));
  const listeners = new Set<() => void>();
  let state: ClassProgress["state"] = "running";
  const set = (at: number, change: Partial<ClassProgress["rows"][number]>) => {
    const row = rows[at];
    if (row !== undefined) rows[at] = { ...row, ...change };
    for (const heard of [...listeners]) heard();
  };
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  const work = connections
    .use(context, async (client) => {
      let next = 0;
      const worker = async () => {
        while (next < entries.length && !within.aborted) {
          const at = next++;
          const entry = entries[at];
          if (entry === undefined) return;
          const creates = changing.get(entry.line)?.action === "create";
          try {
            await applyEntry(client, entry, creates, (now) => set(at, { state: now }), within);
            set(at, { state: "done" });
          } catch (error) {
            set(at, { state: "failed", problem: toAppError(error) });
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, worker));
    })
    .then(
      () => {
        state = rows.every((row) => row.state === "done") ? "done" : "failed";
      },
      (error: unknown) => {
        state = "failed";
        for (const [at, row] of rows.entries())
          if (row.state !== "done") set(at, { state: "failed", problem: toAppError(error) });
      },
    )
    .then(() => {
      for (const heard of [...listeners]) heard();
    });
  try {
    yield* latest({
      read: (): ClassProgress => ({ state, rows: [...rows] }),
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      everyMs,
      signal: within,
      last: (item) => item.state !== "running",
    });
  } finally {
    ended.abort();
    await work;
  }
}

async function applyEntry(
  client: ClusterClient,
  { profile, owner, hard, members }: ClassEntry,
  creates: boolean,
  tell: (state: "creating" | "sharing") => void,
  signal: AbortSignal,
): Promise<void> {
  tell("creating");
  if (creates) await createProfile(client, { name: profile, owner, hard: hard ?? {} }, { signal });
  else {
    await setOwner(client, { name: profile, owner }, signal);
    if (hard !== undefined) await setQuota(client, { name: profile, hard }, signal);
  }
  if (members.length === 0) return;
  tell("sharing");
  if (creates) await untilShareable(client, profile, signal);
  for (const { user, role } of members) await share(client, { profile, user, role }, signal);
}

/** Until the controller has made the namespace, and the policy that says how Istio knows people here. */
async function untilShareable(client: ClusterClient, name: string, signal: AbortSignal): Promise<void> {
  const withIstio = await isServed(client, istioSecurity, "AuthorizationPolicy", signal);
  const policy = { apiVersion: istioSecurity, kind: "AuthorizationPolicy", namespace: name, name: ownerPolicy };
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(300, signal)) {
    const namespace = await client.get({ apiVersion: "v1", kind: "Namespace", name }, signal);
    if (namespace === undefined) continue;
    // Without a policy of the owner's, the usual header is taken: not waited for as long.
    const late = Date.now() > until - patienceMs + 10_000;
    if (!withIstio || late || (await client.get(policy, signal)) !== undefined) return;
  }
}
