import { createHash, randomUUID } from "node:crypto";
import {
  type AppError,
  type ContextId,
  FlowdeckError,
  type InstallSettings,
  type InstallState,
  type ObjectRef,
  type ProgressStep,
  saidOf,
  toAppError,
} from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import type { Forwards } from "../../forwards/index.ts";
import { driverOf } from "../drivers/release-driver.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { InstallationFolder } from "../installation-dir/installation-dir.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { describe, named, refOf } from "../objects.ts";
import { driftBetween, type PlanFingerprint } from "../plan/fingerprint.ts";
import { removeRecord, writeRecord } from "../plan/installation-record.ts";
import { intentOf } from "../plan/intent.ts";
import { staleBy } from "../plan/plan-store.ts";
import type { Plan } from "../plan/plan-types.ts";
import { type PipelineParts, renderPlan } from "../plan/render-plan.ts";
import { type RunOptions, runPlan } from "../run/install-run.ts";
import { findOrphans, makesOrphans } from "../run/orphans.ts";
import { removeInstallation } from "../run/remove-run.ts";
import type { Tracker } from "../run/status-store.ts";
import type { CatalogueRelease, InstallSecrets } from "../types.ts";
import { verifyDashboard } from "../verify.ts";

/** What one piece of work on an installation folder needs; opened and closed by {@link beginWork}. */
export interface WorkInput {
  parts: PipelineParts;
  forwards: Forwards;
  folder: InstallationFolder;
  id: string;
  settings: InstallSettings;
  release: CatalogueRelease;
  context: ContextId;
  client: ClusterClient;
  /** uid of kube-system. */
  cluster: string;
  /** The journal as it was before this work. */
  state: JournalState | undefined;
  journal: JournalWriter;
  log: InstallLog;
  tracker: Tracker;
  /** What the person approved: exactly that is applied. */
  approved: PlanFingerprint | undefined;
  /** Values of a KfDef's secrets, by name; in memory only. */
  values: Readonly<Record<string, string>>;
  /** Installing: take over objects of another installation. */
  adopt: boolean;
  /** For tests and the impatient; see {@link RunOptions}. */
  run?: Pick<RunOptions, "concurrency" | "timeoutMs">;
}

/** The journal's line that opens a run. */
export function runEntry(
  input: WorkInput,
  activity: "install" | "uninstall",
  { data, others }: { data: boolean; others: boolean },
) {
  const { settings, release, client, cluster, context, id, tracker } = input;
  return {
    t: "run" as const,
    v: 1 as const,
    run: randomUUID(),
    activity,
    ...(activity === "uninstall" ? { data, others } : {}),
    installation: id,
    release: release.id,
    title: tracker.start.title,
    context,
    contextName: client.contextName,
    server: client.server,
    cluster,
    settings: createHash("sha256").update(JSON.stringify(settings)).digest("hex"),
    pid: process.pid,
  };
}

/** Installs; the outcome is in the tracker and the journal. Never rejects. */
export async function installWork(input: WorkInput, secrets: InstallSecrets, signal: AbortSignal): Promise<void> {
  await ending(input, signal, async () => {
    const { folder, journal, log, tracker, client } = input;
    let step: ProgressStep | undefined;
    const { title, rendering, plan, summary, fingerprint, hidden } = await renderPlan(input.parts, {
      settings: input.settings,
      secrets,
      installation: input.id,
      kfDir: folder.path,
      context: input.context,
      client,
      cluster: input.cluster,
      signal,
      planning: false,
      adopt: input.adopt,
      known: input.state?.objects,
      values: input.values,
      onMessage: (said) => log.add({ level: "info", event: "build", said }),
      onProgress: (at, fraction, said) => {
        if (at !== step) {
          tracker.setStep(at);
          log.add({ level: "info", event: at, said });
        }
        step = at;
        tracker.setFraction(at, fraction);
      },
    });
    const drift = input.approved && driftBetween(input.approved, fingerprint);
    if (drift) throw staleBy(drift);
    tracker.setTitle(title);
    for (const before of ["sources", "build", "plan"] as const) tracker.setFraction(before, 1);
    const titles = Object.fromEntries(plan.components.map(({ id, title }) => [id, title]));
    for (const warning of summary.warnings) log.add({ level: "warn", event: "warning", said: saidOf(warning) });
    for (const { ref, components } of plan.duplicates) {
      const last = components.at(-1) ?? "";
      const said = message("installLog.duplicate", { object: describe(ref), components, last });
      log.add({ level: "info", event: "duplicate", said });
    }
    if (input.state?.run && summary.changes.update > 0) {
      const said = message("installLog.goesOn", { there: summary.changes.update, total: plan.nodes.length });
      log.add({ level: "info", event: "continue", said });
    }
    const driver = driverOf(input.parts.drivers, input.release);
    const installed = { settings: input.settings, kfDir: folder.path, clusterName: client.clusterName };
    for (const said of await driver.beforeApply(installed)) log.add({ level: "info", event: "build", said });
    const before = await orphansBefore(client, plan, input.state, signal);
    await noteInstallation(input, title, signal);
    await journal.commit(intentOf({ plan, title, adopt: input.adopt, before }));
    const narrator = driver.narrator(plan, log);
    const words = narrator ? { words: narrator } : {};
    const { failed, notBegun } = await runPlan({ plan, client, tracker, log, journal, signal, ...words, ...input.run });
    await journal.commit({ t: "step", step: "applied" });
    await folder.writeRendered(rendering.components, secrets, { signal, given: hidden });
    const first = [...failed.values()][0];
    if (first) {
      const own = [...failed.keys()].filter((id) => !notBegun.has(id));
      const names = own.map((id) => titles[id] ?? id).join(", ");
      const of = { names, first: saidOf(first) };
      const said =
        notBegun.size === 0
          ? message("applying.notComplete", of)
          : message("applying.notCompleteRest", { ...of, count: notBegun.size });
      throw new FlowdeckError(first.code, said, {
        ...(first.advice ? { advice: first.advice } : {}),
        ...(first.detail ? { detail: first.detail } : {}),
        fix: { id: "continue", title: "Continue after a change" },
      });
    }
    tracker.setFraction("ready", 1);
    tracker.setStep("verify");
    await verify(input, signal);
    tracker.setFraction("verify", 1);
    return "installed";
  });
}

/**
 * What is there already of what the plan's controllers make by themselves, where these are new; undefined after an
 * installation by an earlier version, which did not look.
 */
async function orphansBefore(
  client: ClusterClient,
  plan: Plan,
  state: JournalState | undefined,
  signal: AbortSignal,
): Promise<ObjectRef[] | undefined> {
  const wasOurs = (key: string) => state?.objects.get(key)?.foreign === false;
  if (state !== undefined && state.before === undefined && state.objects.size > 0) return undefined;
  const fresh = plan.nodes.filter((node) => makesOrphans(node.ref) && !wasOurs(node.id)).map(({ ref }) => ref);
  const group = "admissionregistration.k8s.io/v1";
  const kinds = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
  const first = state === undefined || state.objects.size === 0;
  const webhooks = first ? await Promise.all(kinds.map((kind) => client.list(group, kind, { signal }))) : [];
  return [
    ...(await findOrphans(client, fresh, signal)).map(refOf),
    ...webhooks.flatMap((objects, index) =>
      objects.map((object) => refOf({ ...object, apiVersion: group, kind: kinds[index] ?? "" })),
    ),
  ];
}

/** Without the right to write it there is no record, and all else is as with one. */
async function noteInstallation({ client, id, folder, log }: WorkInput, title: string, signal: AbortSignal) {
  try {
    await writeRecord(client, { installation: id, kfDir: folder.path, title }, signal);
  } catch (error) {
    signal.throwIfAborted();
    const said = message("installLog.noRecord", { why: saidOf(toAppError(error)) });
    log.add({ level: "warn", event: "record", said });
  }
}

async function forgetInstallation({ client, id, log }: WorkInput, signal: AbortSignal): Promise<void> {
  try {
    await removeRecord(client, id, signal);
  } catch (error) {
    signal.throwIfAborted();
    const said = message("installLog.recordStays", { why: saidOf(toAppError(error)) });
    log.add({ level: "warn", event: "record", said });
  }
}

/** A start page that does not answer is a problem to show, not a reason to call what runs not installed. */
async function verify(input: WorkInput, signal: AbortSignal): Promise<void> {
  const { forwards, context, release, log, tracker } = input;
  try {
    const options = { forwards, context, dashboard: release.dashboard, signal };
    const answer = await verifyDashboard(options);
    const said = message(answer.simulated ? "installLog.standIn" : "installLog.answers");
    log.add({ level: "ok", event: "verified", said });
  } catch (error) {
    signal.throwIfAborted();
    const problem = toAppError(error);
    tracker.problem("verify", problem);
    log.add({ level: "warn", event: "verify", said: saidOf(problem) });
  }
}

/** Removes; the outcome is in the tracker and the journal. Never rejects. */
export async function removeWork(
  input: WorkInput,
  { data, others }: { data: boolean; others: boolean },
  signal: AbortSignal,
): Promise<void> {
  await ending(input, signal, async () => {
    const { client, id, state, tracker, log, journal, folder } = input;
    const kept = await removeInstallation({
      client,
      installation: id,
      data,
      others,
      state,
      tracker,
      log,
      journal,
      signal,
      ...(input.run?.concurrency ? { concurrency: input.run.concurrency } : {}),
    });
    await forgetInstallation(input, signal);
    if (kept.length === 0) await folder.removeRendered();
    else {
      const names = named(kept.map(({ object }) => object));
      log.add({ level: "info", event: "kept", said: message("installLog.stay", { count: kept.length, names }) });
    }
    return "removed";
  });
}

async function ending(
  input: WorkInput,
  signal: AbortSignal,
  work: () => Promise<"installed" | "removed">,
): Promise<void> {
  const { journal, log, tracker } = input;
  let state: Extract<InstallState, "installed" | "removed" | "failed" | "cancelled">;
  let error: AppError | undefined;
  try {
    state = await work();
  } catch (thrown) {
    // Aborted by an error of ours, nobody cancelled it: another operation has the cluster now.
    const cause = signal.aborted ? signal.reason : thrown;
    state = signal.aborted && !(cause instanceof FlowdeckError) ? "cancelled" : "failed";
    if (state === "failed") error = toAppError(cause);
  }
  const seconds = (tracker.now / 1000).toFixed(1);
  log.add({
    level: state === "failed" ? "error" : state === "cancelled" ? "warn" : "ok",
    event: state,
    said: state === "failed" ? saidOf(toAppError(error)) : message(`installLog.${state}`, { seconds }),
  });
  try {
    await journal.commit({ t: "finished", state, elapsedMs: tracker.now, ...(error ? { error } : {}) });
  } catch (thrown) {
    state = "failed";
    error = toAppError(thrown);
  }
  await log.flush();
  tracker.finish(state, error);
}
