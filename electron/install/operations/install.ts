import {
  type AppError,
  FlowdeckError,
  fixOf,
  type ProgressStep,
  saidOf,
  toAppError,
} from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { Forwards } from "../../forwards/index.ts";
import { describe } from "../objects.ts";
import { driftBetween } from "../plan/fingerprint.ts";
import { writeRecord } from "../plan/installation-record.ts";
import { intentOf } from "../plan/intent.ts";
import { staleBy } from "../plan/plan-store.ts";
import type { Plan } from "../plan/plan-types.ts";
import { type RenderedPlan, renderPlan } from "../plan/render-plan.ts";
import { type RunOptions, type RunResult, runPlan } from "../run/install-run.ts";
import { orphansBefore } from "../run/orphans.ts";
import { clearWay, deleteStages } from "../upgrade/deletions.ts";
import { verifyDashboard } from "../verify.ts";
import { endOf, finish } from "./finish.ts";
import type { Operation } from "./operation.ts";

export interface OperationOptions {
  forwards: Forwards;
  run?: Pick<RunOptions, "concurrency" | "timeoutMs"> | undefined;
  signal: AbortSignal;
}

/** Installs; the outcome is in the statusStore and the journal. Never rejects. */
export async function install(operation: Operation, options: OperationOptions): Promise<void> {
  const { statusStore } = operation;
  try {
    const rendered = await approvedPlan(operation, options.signal);
    await apply(operation, rendered, options);
    await supplyProfiles(operation, options.signal);
    statusStore.tell({ type: "progress", step: "ready", fraction: 1 });
    statusStore.tell({ type: "step", step: "verify" });
    await verify(operation, options);
    statusStore.tell({ type: "progress", step: "verify", fraction: 1 });
    await finish(operation, { state: "installed" });
  } catch (error) {
    await finish(operation, endOf(error, options.signal));
  }
}

/** The plan as it would be applied now. Throws `plan-stale` where it is not what was approved. */
async function approvedPlan(operation: Operation, signal: AbortSignal): Promise<RenderedPlan> {
  const { request, folder, id, client, cluster, secrets, state, log, statusStore } = operation;
  let step: ProgressStep | undefined;
  const rendered = await renderPlan(operation, {
    ...{ kfDir: folder.path, installation: id, client, cluster, secrets, signal, planning: false },
    adopt: request.adopt ?? false,
    takeOver: request.takeOver,
    built: request.built,
    values: request.values ?? {},
    known: state?.objects,
    haveSecrets: true,
    onMessage: (said) => log.add({ level: "info", event: "build", said }),
    onProgress: (at, fraction, said) => {
      if (at !== step) noteStep(operation, at, said);
      step = at;
      statusStore.tell({ type: "progress", step: at, fraction });
    },
  });
  const drift = request.approved && driftBetween(request.approved, rendered.fingerprint);
  if (drift) throw staleBy(drift);
  statusStore.tell({ type: "titled", title: rendered.title });
  for (const before of ["sources", "build", "plan"] as const)
    statusStore.tell({ type: "progress", step: before, fraction: 1 });
  notePlan(operation, rendered);
  return rendered;
}

function noteStep({ statusStore, log }: Operation, step: ProgressStep, said: Message): void {
  statusStore.tell({ type: "step", step });
  log.add({ level: "info", event: step, said });
}

function notePlan({ log, state }: Operation, { plan, warnings, facts }: RenderedPlan): void {
  for (const warning of warnings) log.add({ level: "warn", event: "warning", said: saidOf(warning) });
  for (const { ref, components } of plan.duplicates) {
    const last = components.at(-1) ?? "";
    const said = message("installLog.duplicate", { object: describe(ref), components, last });
    log.add({ level: "info", event: "duplicate", said });
  }
  const there = facts.existing.size;
  if (state?.run && there > 0) {
    const said = message("installLog.goesOn", { there, total: plan.nodes.length });
    log.add({ level: "info", event: "continue", said });
  }
}

/** The namespace of a profile is not the plan's: what is in it comes from the profile controller. */
async function supplyProfiles(operation: Operation, signal: AbortSignal): Promise<void> {
  const { client, log, pullSecrets, secrets, settings } = operation;
  const { pullSecret: name } = settings;
  if (name === undefined || secrets.pullSecret === undefined || pullSecrets === undefined) return;
  try {
    const namespaces = await pullSecrets.supplyProfiles(client, { name, config: secrets.pullSecret }, signal);
    if (namespaces.length > 0)
      log.add({ level: "ok", event: "pullSecret", said: message("installLog.pullSecret", { name, namespaces }) });
  } catch (error) {
    signal.throwIfAborted();
    const said = message("installLog.noPullSecret", { why: saidOf(toAppError(error)) });
    log.add({ level: "warn", event: "pullSecret", said });
  }
}

/** @throws FlowdeckError with the first reason where components could not be completed. */
async function apply(
  operation: Operation,
  { title, plan, components, hidden }: RenderedPlan,
  { run, signal }: OperationOptions,
): Promise<void> {
  const { request, driver, settings, folder, client, secrets, state, journal, log, statusStore } = operation;
  const installed = { settings, kfDir: folder.path, clusterName: client.clusterName };
  for (const said of await driver.beforeApply(installed)) log.add({ level: "info", event: "build", said });
  const before = await orphansBefore(client, plan, state, signal);
  await noteInstallation(operation, title, signal);
  const { upgrade } = request;
  const intended = upgrade ? await clearWay(operation, plan, upgrade, signal) : plan;
  await journal.commit(intentOf({ plan: intended, title, before }));
  const words = driver.narrator(plan, log);
  const result = await runPlan({
    plan: intended,
    client,
    statusStore,
    log,
    journal,
    signal,
    ...(words ? { words } : {}),
    ...run,
  });
  await journal.commit({ t: "step", step: "applied" });
  await folder.writeRendered(components, secrets, { signal, given: hidden });
  refuseIncomplete(plan, result);
  if (upgrade) await deleteStages(operation, upgrade, "after", signal);
}

function refuseIncomplete({ components }: Plan, { failed, notBegun }: RunResult): void {
  const first: AppError | undefined = [...failed.values()][0];
  if (first === undefined) return;
  const titles = new Map(components.map(({ id, title }) => [id, title]));
  const own = [...failed.keys()].filter((id) => !notBegun.has(id));
  const names = own.map((id) => titles.get(id) ?? id).join(", ");
  const of = { names, first: saidOf(first) };
  const said =
    notBegun.size === 0
      ? message("applying.notComplete", of)
      : message("applying.notCompleteRest", { ...of, count: notBegun.size });
  throw new FlowdeckError(first.code, said, {
    ...(first.advice ? { advice: first.advice } : {}),
    ...(first.detail ? { detail: first.detail } : {}),
    fix: fixOf("continue", message("fix.continueChanged")),
  });
}

/** Without the right to write it there is no record, and all else is as with one. */
async function noteInstallation({ client, id, folder, log }: Operation, title: string, signal: AbortSignal) {
  try {
    await writeRecord(client, { installation: id, kfDir: folder.path, title }, signal);
  } catch (error) {
    signal.throwIfAborted();
    const said = message("installLog.noRecord", { why: saidOf(toAppError(error)) });
    log.add({ level: "warn", event: "record", said });
  }
}

/** A start page that does not answer is a problem to show, not a reason to call what runs not installed. */
async function verify({ request, release, log, statusStore }: Operation, options: OperationOptions): Promise<void> {
  const { forwards, signal } = options;
  try {
    const answer = await verifyDashboard({ forwards, context: request.context, dashboard: release.dashboard, signal });
    const said = message(answer.simulated ? "installLog.standIn" : "installLog.answers");
    log.add({ level: "ok", event: "verified", said });
  } catch (error) {
    signal.throwIfAborted();
    const problem = toAppError(error);
    statusStore.tell({ type: "problem", id: "verify", problem, isTold: false });
    log.add({ level: "warn", event: "verify", said: saidOf(problem) });
  }
}
