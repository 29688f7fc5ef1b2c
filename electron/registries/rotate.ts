import {
  type CallOutput,
  FlowdeckError,
  type RegistryCredentials,
  saidOf,
  toAppError,
} from "../../common/contract/index.ts";
import { at, fields, isRecord, parseJson } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { registryManager } from "../install/index.ts";
import { dockerConfigKey, dockerEntry } from "./pull-secrets.ts";

type Client = Pick<ClusterClient, "list" | "mergePatch">;

const dataKey = ".dockerconfigjson";

/** What a pull secret has once a registry has other credentials; undefined where it has none for that registry. */
export function withCredentials(config: string, credentials: RegistryCredentials): string | undefined {
  try {
    const parsed = fields(parseJson(config));
    const key = dockerConfigKey(credentials.host);
    if (!isRecord(at(parsed.auths, key))) return undefined;
    return JSON.stringify({ ...parsed, auths: { ...fields(parsed.auths), [key]: dockerEntry(credentials) } });
  } catch {
    return undefined;
  }
}

/**
 * Puts other credentials of a registry into all pull secrets that Flowdeck wrote, or into none: what was replaced is put
 * back where one can't be. Everything is tried in a dry run first.
 * @throws FlowdeckError why it was not done, with the Secret, and with those that still have the new credentials.
 */
export async function rotateSecrets(
  client: Client,
  credentials: RegistryCredentials,
  signal?: AbortSignal,
): Promise<CallOutput<"pullSecrets.rotate">["secrets"]> {
  const labelSelector = "app.kubernetes.io/managed-by=flowdeck";
  const fieldSelector = "type=kubernetes.io/dockerconfigjson";
  const found = await client.list("v1", "Secret", { labelSelector, fieldSelector, ...(signal ? { signal } : {}) });
  const changes = found.flatMap((secret) => {
    const before = String(fields(secret.data)[dataKey] ?? "");
    const config = withCredentials(Buffer.from(before, "base64").toString(), credentials);
    if (config === undefined) return [];
    return [{ secret, before, after: Buffer.from(config).toString("base64") }];
  });
  const send = (secret: KubeObject, value: string, options: { dryRun?: boolean; onto?: boolean } = {}) => {
    const { name, namespace = "", resourceVersion } = secret.metadata;
    return client.mergePatch(
      { apiVersion: "v1", kind: "Secret", namespace, name },
      { ...(options.onto ? { metadata: { resourceVersion } } : {}), data: { [dataKey]: value } },
      { fieldManager: registryManager, dryRun: options.dryRun === true },
    );
  };
  const done: typeof changes = [];
  try {
    for (const { secret, after } of changes)
      await guarded(secret, () => send(secret, after, { dryRun: true, onto: true }));
    for (const change of changes) {
      signal?.throwIfAborted();
      await guarded(change.secret, () => send(change.secret, change.after, { onto: true }));
      done.push(change);
    }
  } catch (error) {
    const left: string[] = [];
    for (const { secret, before } of done.toReversed())
      await send(secret, before).catch(() => left.push(nameOf(secret)));
    const problem = toAppError(error);
    const said =
      left.length === 0 ? message("registry.rotationUndone") : message("registry.rotationLeft", { secrets: left });
    throw FlowdeckError.from({ ...problem, advice: [...(problem.advice ?? []), said] });
  }
  return changes.map(({ secret: { metadata } }) => ({ namespace: metadata.namespace ?? "", name: metadata.name }));
}

async function guarded(secret: KubeObject, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const problem = toAppError(error);
    const said = message("registry.rotationFailed", { secret: nameOf(secret), why: saidOf(problem) });
    throw new FlowdeckError(problem.code, said, {
      ...(problem.detail ? { detail: problem.detail } : {}),
      cause: error,
    });
  }
}

function nameOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
