import {
  type AccessProgress,
  type AccessView,
  type CallInput,
  FlowdeckError,
  type ObjectRef,
  type StreamInput,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, pause } from "../cluster/index.ts";
import { type LookOptions, look, type Subject } from "./look.ts";
import { type Awaited, behindService, readRollouts } from "./rollout.ts";
import { subjectOf, type WatchDeps } from "./watch-way-in.ts";

export interface ChangeDeps extends Pick<WatchDeps, "connections" | "options"> {
  installer: WatchDeps["installer"] & {
    access: { apply(request: Request, signal: AbortSignal): AsyncGenerator<AccessProgress, void, void> };
  };
  /** Called once the pods are those of the change; its failure is no matter here. */
  onChanged?: () => Promise<void>;
  /** How long pods may take, and the address; others in tests. */
  patience?: { rolloutMs: number; verifyMs: number; everyMs: number };
}

type Request = StreamInput<"wayIn.apply">;

const usualPatience = { rolloutMs: 180_000, verifyMs: 60_000, everyMs: 1_500 };

/**
 * Changes the way in as it was shown, waits until the pods are those of the change, and tries the address from here. Once
 * the cluster has taken the change, an abort only ends the waiting. Never rejects, unless aborted.
 */
export async function* changeWayIn(
  deps: ChangeDeps,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<AccessProgress, void, void> {
  let changed: AccessProgress | undefined;
  for await (const progress of deps.installer.access.apply(request, signal)) {
    if (progress.state === "done") changed = progress;
    else yield progress;
  }
  if (changed === undefined) return;
  const running: AccessProgress = { ...changed, state: "running" };
  let last = changed;
  try {
    for await (const progress of afterChange(deps, request, running, signal)) {
      last = { ...progress, state: "done" };
      yield progress;
    }
    yield last;
  } catch (error) {
    if (signal.aborted) throw error;
    yield { ...last, state: "done", trouble: toAppError(error) };
  }
}

async function* afterChange(
  { connections, installer, options, onChanged, patience = usualPatience }: ChangeDeps,
  { context, kfDir }: Pick<CallInput<"wayIn.plan">, "context" | "kfDir">,
  changed: AccessProgress,
  signal: AbortSignal,
): AsyncGenerator<AccessProgress, void, void> {
  const subject = await subjectOf(installer, kfDir);
  const client = await connections.client(context);
  try {
    const restarted = changed.restarts ?? [];
    const gate = (await behindService(client, subject.dashboard, signal)).filter(
      (one) => !restarted.some((other) => isSame(one, other)),
    );
    const awaited: Awaited[] = [
      ...restarted.map((ref) => ({ ref, until: "rolled-out" as const })),
      // It is not restarted: what else someone does to it is not waited for.
      ...gate.map((ref) => ({ ref, until: "available" as const })),
    ];
    let last = changed;
    for await (last of untilRolledOut(client, awaited, { changed, patience, signal })) yield last;
    await onChanged?.().catch(() => undefined);
    yield* untilAnswered(client, subject, { changed: last, options, patience, signal });
  } finally {
    await client.close();
  }
}

interface Waiting {
  changed: AccessProgress;
  patience: { rolloutMs: number; verifyMs: number; everyMs: number };
  signal: AbortSignal;
}

async function* untilRolledOut(
  client: Pick<ClusterClient, "get" | "list">,
  awaited: readonly Awaited[],
  { changed, patience: { rolloutMs, everyMs }, signal }: Waiting,
): AsyncGenerator<AccessProgress, void, void> {
  const base: AccessProgress = { ...changed, step: "rollout", all: awaited.length };
  for (const until = Date.now() + rolloutMs; ; await pause(everyMs, signal)) {
    const { done, waitsFor, failed } = await readRollouts(client, awaited, signal);
    if (failed) return yield { ...base, done, trouble: failed };
    if (waitsFor === undefined) return yield { ...base, done };
    if (Date.now() > until) {
      const said = message("wayIn.rolloutLate", { seconds: String(rolloutMs / 1000) });
      const trouble = new FlowdeckError("gate-timeout", said, { advice: [waitsFor, message("wayIn.rolloutWay")] });
      return yield { ...base, done, trouble: trouble.toJSON() };
    }
    yield { ...base, done, waitsFor };
  }
}

async function* untilAnswered(
  client: ClusterClient,
  subject: Subject,
  { changed, options, patience: { verifyMs, everyMs }, signal }: Waiting & { options: Omit<LookOptions, "signal"> },
): AsyncGenerator<AccessProgress, void, void> {
  const { waitsFor: _rolledOut, ...rest } = changed;
  const base: AccessProgress = { ...rest, step: "verify", done: 0, all: 0 };
  yield base;
  for (const until = Date.now() + verifyMs; ; await pause(2 * everyMs, signal)) {
    const view = await look(client, subject, { ...options, signal });
    const [first] = view.attention;
    // What has not come up does not answer, either.
    const isEnough = !hopes(view) || subject.practice || changed.trouble !== undefined || Date.now() > until;
    yield { ...base, view, ...(first && !isEnough ? { waitsFor: first.said } : {}) };
    if (isEnough) return;
  }
}

/** Something of it may still come by itself within the minute. */
function hopes({ waiting, answer, certificate }: AccessView): boolean {
  return waiting !== undefined || answer?.error !== undefined || certificate?.ready === false;
}

function isSame(one: ObjectRef, other: ObjectRef): boolean {
  return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}
