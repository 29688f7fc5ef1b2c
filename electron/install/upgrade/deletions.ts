import { FlowdeckError, fixOf, toAppError } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { type KubeObject, pause } from "../../cluster/index.ts";
import { describe, keyOf } from "../objects.ts";
import type { Operation } from "../operations/operation.ts";
import type { Plan } from "../plan/plan-types.ts";
import { isDefinition, isProfile } from "../plan/waves.ts";
import { isCurable } from "../run/apply-errors.ts";
import { whyNotOurs } from "../run/ownership.ts";
import { contentsOfNamespace } from "../run/removal-scan.ts";
import { whatHolds } from "../run/what-holds.ts";
import { KeptStates } from "./kept-state.ts";
import { isAnsweredOnlyBy, objectsOfKind, servicesAmong } from "./no-longer-wanted.ts";
import type { Deletion, UpgradeOrder } from "./upgrade-order.ts";

const lookMs = 200;
const timeoutMs = 300_000;
const mostAttempts = 8;

type Work = Pick<Operation, "client" | "folder" | "id" | "journal" | "log" | "state" | "statusStore">;

/**
 * Deletes what an upgrade was allowed to delete at this time, stage by stage: each object only as it was shown, by its uid,
 * and only what the journal has as this installation's; a copy of it is in KF_DIR before it goes. What is gone already is
 * only noted, so that it can be continued. Gives the keys of what is gone.
 * @throws FlowdeckError `gate-timeout` naming what holds an object that does not go.
 */
export async function deleteStages(
  work: Work,
  order: UpgradeOrder,
  when: Deletion["when"],
  signal: AbortSignal,
): Promise<Set<string>> {
  const due = order.deletions.filter((one) => one.when === when);
  const gone = new Set<string>();
  for (const stage of [...new Set(due.map((one) => one.stage))].sort((one, other) => one - other)) {
    signal.throwIfAborted();
    const going = due.filter((one) => one.stage === stage);
    await Promise.all(
      going.map(async (one) => {
        if (await deleteOne(work, order, one, signal)) gone.add(keyOf(one.object));
      }),
    );
    await work.journal.commit();
  }
  return gone;
}

/** What has to go before anything is applied; then the plan as it is without it. Throws as {@link deleteStages}. */
export async function clearWay(work: Work, plan: Plan, order: UpgradeOrder, signal: AbortSignal): Promise<Plan> {
  const folder = KeptStates.folderOf(order.kept);
  work.log.add({ level: "info", event: "kept", said: message("upgrade.keptState", { folder }) });
  return withoutDeleted(plan, await deleteStages(work, order, "before", signal));
}

/** The plan once these objects are gone: they are created. Pure. */
function withoutDeleted(plan: Plan, gone: ReadonlySet<string>): Plan {
  return {
    ...plan,
    nodes: plan.nodes.map((node) => {
      if (!gone.has(node.id)) return node;
      const { live: _live, ...rest } = node;
      return rest;
    }),
  };
}

async function deleteOne(work: Work, order: UpgradeOrder, one: Deletion, signal: AbortSignal): Promise<boolean> {
  const { client, journal, log } = work;
  const { object: ref, uid } = one;
  const there = await client.get(ref, signal).catch(unlessUnknown);
  if (there === undefined) {
    // What is created again is noted when it is there.
    if (!one.recreate) journal.noteKey("removed", keyOf(ref));
    return true;
  }
  const live = { ...there, apiVersion: ref.apiVersion, kind: ref.kind };
  if (live.metadata.uid !== uid || !isOurs(work, order, one, live)) {
    // Created again by an earlier run that was stopped, or by someone else since.
    if (!one.recreate)
      log.add({ level: "warn", event: "kept", said: message("upgrade.changed", { object: describe(ref) }) });
    return false;
  }
  if (one.recreate && isDefinition(live)) await refuseInUse(work, live, signal);
  const file = await keepCopies(work, order.kept, live, signal);
  await send(work, one, signal);
  await untilGone(work, one, signal);
  journal.noteKey("removed", keyOf(ref));
  log.add({ level: "info", event: "removed", said: message("upgrade.deleted", { object: describe(ref), file }) });
  return true;
}

/** A journal may come from elsewhere: that it lists an object is not enough. */
function isOurs({ id, state }: Work, { deletions }: UpgradeOrder, one: Deletion, live: KubeObject): boolean {
  if (one.registered) return isAnsweredOnlyBy(live, servicesAmong(deletions.map(({ object }) => object)));
  const recorded = state?.objects.get(keyOf(one.object));
  return whyNotOurs(live, { installation: id, journaled: true, recorded }) === undefined;
}

/** A definition is recreated only while it has no objects: somebody may have made one since the plan. */
async function refuseInUse({ client }: Work, live: KubeObject, signal: AbortSignal): Promise<void> {
  const count = (await objectsOfKind(client, live, signal)).length;
  if (count === 0) return;
  const object = `${live.kind} ${live.metadata.name}`;
  throw new FlowdeckError("not-allowed", message("upgrade.definitionInUse", { object, count }), {
    advice: message("upgrade.definitionInUseWay"),
  });
}

/** With what goes along: the objects of a definition, what is in a namespace. */
async function keepCopies(
  { client, folder }: Work,
  name: string,
  live: KubeObject,
  signal: AbortSignal,
): Promise<string> {
  const kept = new KeptStates(folder.path);
  const along = isDefinition(live)
    ? await objectsOfKind(client, live, signal)
    : isKind(live, "/Namespace") || isProfile(live)
      ? await contentsOfNamespace(client, live.metadata.name, signal)
      : [];
  for (const object of along) await kept.saveObject(name, object);
  return kept.saveObject(name, live);
}

async function send({ client }: Work, { object, uid }: Deletion, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.delete(object, { uid, propagation: "background", share: "changes", signal });
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (isGone(error)) return;
      if (!isCurable(error) || attempt >= mostAttempts) throw error;
      await pause(Math.min(5000, lookMs * 2 ** attempt), signal);
    }
  }
}

async function untilGone({ client, statusStore }: Work, { object, uid }: Deletion, signal: AbortSignal): Promise<void> {
  const began = Date.now();
  for (;;) {
    const there = await client.get(object, signal).catch(unlessUnknown);
    if (there?.metadata.uid !== uid) break;
    const why = whatHolds({ ...there, apiVersion: object.apiVersion, kind: object.kind });
    if (Date.now() - began > timeoutMs) {
      throw new FlowdeckError("gate-timeout", message("removal.doesNotGo", { object: describe(object) }), {
        advice: [message("removal.held", { why }), message("removal.tryAgain")],
        fix: fixOf("continue", message("fix.continue")),
      });
    }
    const what = message("upgrade.awaited", { object: describe(object) });
    statusStore.tell({ type: "waits", waits: new Map([[keyOf(object), { what, forWhat: what, because: why }]]) });
    await pause(lookMs, signal);
  }
  statusStore.tell({ type: "waits", waits: new Map() });
}

function isGone(error: unknown): boolean {
  return error instanceof FlowdeckError && (error.code === "kind-unknown" || error.code === "object-not-found");
}

function unlessUnknown(error: unknown): undefined {
  if (toAppError(error).code !== "kind-unknown") throw error;
  return undefined;
}
