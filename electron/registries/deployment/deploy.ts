import {
  type DeployProgress,
  FlowdeckError,
  type RegistryCredentials,
  type RegistryDeployment,
  saidOf,
  toAppError,
} from "../../../common/contract/index.ts";
import { at, fields, number, text } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { type ClusterClient, type KubeObject, pause } from "../../cluster/index.ts";
import { quickCause } from "../../objects/index.ts";
import type { Tools } from "../../tools/index.ts";
import type { RegistryStore } from "../registry-store.ts";
import { runImages } from "../run-images.ts";
import { signIn } from "../work.ts";
import { AppliedObjects } from "./applied-objects.ts";
import { namesOf, type RegistrySecrets, registryLabel, registryObjects } from "./objects.ts";
import { planDeployment } from "./plan-deployment.ts";
import { decodedIn, newPassword, type Settled, settle, usernameOfDeployed } from "./settled.ts";

export interface DeployWork {
  client: ClusterClient;
  tools: Pick<Tools, "toolbox" | "environment">;
  store: Pick<RegistryStore, "credentials" | "put" | "remove">;
  settings: RegistryDeployment;
  /** Of the plan that was shown. */
  digest: string;
  signal: AbortSignal;
  tell: (progress: Partial<Omit<DeployProgress, "notes">>) => void;
  note: (tone: DeployProgress["notes"][number]["tone"], said: Message) => void;
  /** How long its pod may take to start, in ms. */
  patienceMs?: number;
}

const everyMs = 700;
const tenMinutesMs = 600_000;
const tenYears = 3650;

/**
 * Deploys a registry, waits until it runs, and connects it. What was done is taken back where the cluster refuses
 * something or it is cancelled; a pod that does not start stays, so that it can be looked at.
 * @throws FlowdeckError `plan-stale`, `verify-failed`, and what the cluster and the toolbox throw.
 */
export async function deployRegistry(work: DeployWork): Promise<void> {
  const { client, store, settings, signal, tell, note } = work;
  tell({ step: "check", fraction: 0 });
  const stored = await store.credentials();
  const { digest } = await planDeployment(client, settings, stored, signal);
  if (digest !== work.digest)
    throw new FlowdeckError("plan-stale", message("registryDeploy.stale"), {
      advice: message("registryDeploy.staleWay"),
    });
  const settled = await settle(client, settings, stored, signal);
  tell({ step: "certificate", fraction: 0 });
  const secrets = await secretsFor(work, settled);
  const before = stored.find(({ host }) => host === settled.host);
  const { connected } = settled.kept;
  const credentials: RegistryCredentials = {
    ...{ kind: "other", host: settled.host, username: connected?.username ?? usernameOfDeployed },
    ...{ password: secrets.password, plain: settings.tls.kind === "none" },
    ...(secrets.tls === undefined ? {} : { certificate: secrets.tls.authority }),
  };
  const applied = new AppliedObjects(client);
  // First of all: a password that only the cluster knows as a hash would be lost.
  await store.put(credentials);
  try {
    const objects = registryObjects(settings, secrets, settled.certificateNames);
    for (const [index, object] of objects.entries()) {
      tell({ step: "write", fraction: index / objects.length });
      await applied.apply(object, signal);
    }
    tell({ step: "start", fraction: 0 });
    await untilReady(work);
  } catch (error) {
    // Not ready in time: what is there says why.
    if (error instanceof FlowdeckError && error.code === "verify-failed") throw error;
    throw await takenBack(work, error, applied, { host: settled.host, before });
  }
  note("ok", message("registryDeploy.running", { host: settled.host }));
  // It has another address now.
  if (connected !== undefined && connected.host !== settled.host) await store.remove(connected.host);
  tell({ step: "connect", fraction: 0 });
  await connect(work, credentials);
  tell({ state: "done", fraction: 1 });
}

async function secretsFor(
  { tools, settings, signal }: DeployWork,
  { kept, certificateNames }: Settled,
): Promise<RegistrySecrets & { password: string }> {
  const passwords =
    kept.htpasswd !== undefined && kept.connected !== undefined
      ? { htpasswd: kept.htpasswd, password: kept.connected.password }
      : await newPassword();
  if (settings.tls.kind !== "own") return passwords;
  if (kept.tls !== undefined) return { ...passwords, tls: kept.tls };
  for await (const event of runImages(tools, "certificate", { names: certificateNames, days: tenYears }, signal)) {
    const [authority, certificate, key] = [event.authority, event.certificate, event.key].map(text);
    if (authority !== undefined && certificate !== undefined && key !== undefined)
      return { ...passwords, tls: { authority, certificate, key } };
  }
  throw new FlowdeckError("tool-failed", message("registry.toolFailed"));
}

async function untilReady({ client, settings, signal, tell, patienceMs = tenMinutesMs }: DeployWork): Promise<void> {
  const { namespace, name } = settings;
  const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace, name };
  for (const until = Date.now() + patienceMs; ; await pause(everyMs, signal)) {
    const deployment = await client.get(ref, signal);
    if (deployment !== undefined && isRolledOut(deployment)) return;
    const waitsFor = await whyNot(client, settings, signal);
    tell(waitsFor === undefined ? { fraction: 0.5 } : { fraction: 0.5, waitsFor });
    if (Date.now() > until)
      throw new FlowdeckError("verify-failed", message("registryDeploy.late", { name }), {
        advice: [...(waitsFor === undefined ? [] : [waitsFor]), message("registryDeploy.lateWay")],
      });
  }
}

export function isRolledOut(deployment: KubeObject): boolean {
  const status = fields(deployment.status);
  const wanted = number(at(deployment, "spec", "replicas")) ?? 1;
  return (
    (number(status.observedGeneration) ?? 0) >= (deployment.metadata.generation ?? 0) &&
    number(status.updatedReplicas) === wanted &&
    number(status.availableReplicas) === wanted
  );
}

/** What keeps its pod from being ready. */
export async function whyNot(
  client: Pick<ClusterClient, "list">,
  { namespace, name }: Pick<RegistryDeployment, "namespace" | "name">,
  signal?: AbortSignal,
): Promise<Message | undefined> {
  const labelSelector = `${registryLabel}=${name}`;
  const pods = await client.list("v1", "Pod", { namespace, labelSelector, ...(signal ? { signal } : {}) });
  for (const pod of pods) {
    const { reason } = quickCause(pod);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

async function takenBack(
  { store }: DeployWork,
  error: unknown,
  applied: AppliedObjects,
  { host, before }: { host: string; before: RegistryCredentials | undefined },
): Promise<unknown> {
  const left = await applied.undo();
  if (before === undefined) await store.remove(host);
  else await store.put(before);
  const problem = toAppError(error);
  const names = left.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(", ");
  const said =
    left.length === 0 ? message("registryDeploy.undone") : message("registryDeploy.notUndone", { objects: names });
  return FlowdeckError.from({ ...problem, advice: [...(problem.advice ?? []), said] });
}

/** Whether this computer reaches it says nothing of the nodes, and the other way round: it is only told. */
async function connect({ client, tools, store, settings, signal, note }: DeployWork, given: RegistryCredentials) {
  let credentials = given;
  if (settings.tls.kind === "issuer") {
    const { namespace } = settings;
    const ref = { apiVersion: "v1", kind: "Secret", namespace, name: namesOf(settings).certificate };
    const certificate = decodedIn(await client.get(ref, signal), "ca.crt");
    if (certificate !== undefined && certificate !== "") {
      credentials = { ...given, certificate };
      await store.put(credentials);
    }
  }
  try {
    await signIn(tools, credentials, signal);
    note("ok", message("registryDeploy.connected", { host: given.host }));
  } catch (error) {
    signal.throwIfAborted();
    note("warn", message("registryDeploy.unreached", { host: given.host, why: saidOf(toAppError(error)) }));
  }
}
