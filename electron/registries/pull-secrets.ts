import {
  FlowdeckError,
  type PullSecretRow,
  type RegistryCredentials,
  toAppError,
} from "../../common/contract/index.ts";
import { at, fields, list, text } from "../../common/json/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { forceOver, installationLabel, registryManager as manager, pullSecretOf } from "../install/index.ts";

export type PullSecretClient = Pick<ClusterClient, "list" | "get" | "apply" | "mergePatch" | "resources">;

const profileLabel = "app.kubernetes.io/part-of=kubeflow-profile";
/** ServiceAccounts that pods of a profile run as. */
const profileAccounts = ["default", "default-editor", "default-viewer"];
/** Docker's own clients look for Docker Hub under this address. */
const dockerHubKey = "https://index.docker.io/v1/";

/** Credentials as Docker's configuration file has them; undefined where there are none. */
export function dockerConfig(credentials: readonly RegistryCredentials[]): string | undefined {
  if (credentials.length === 0) return undefined;
  const auths = Object.fromEntries(
    credentials
      .toSorted((a, b) => a.host.localeCompare(b.host))
      .map((one) => [dockerConfigKey(one.host), dockerEntry(one)]),
  );
  return JSON.stringify({ auths });
}

export function dockerConfigKey(host: string): string {
  return host === "docker.io" ? dockerHubKey : host;
}

export function dockerEntry({ username, password }: Pick<RegistryCredentials, "username" | "password">) {
  return { username, password, auth: Buffer.from(`${username}:${password}`).toString("base64") };
}

interface Wanted {
  name: string;
  /** What {@link dockerConfig} gives. */
  config: string | undefined;
}

/** The namespaces of what Flowdeck installed, and of all profiles, with what they lack. */
export async function listPullSecrets(
  client: PullSecretClient,
  { name, config }: Wanted,
  signal?: AbortSignal,
): Promise<PullSecretRow[]> {
  const options = signal ? { signal } : {};
  const [installed, namespaces, accounts, secrets] = await Promise.all([
    client.list("v1", "ServiceAccount", { labelSelector: installationLabel, ...options }),
    client.list("v1", "Namespace", { labelSelector: profileLabel, ...options }),
    client.list("v1", "ServiceAccount", options),
    client.list("v1", "Secret", { fieldSelector: `metadata.name=${name}`, ...options }),
  ]);
  const profiles = new Set(namespaces.map(({ metadata }) => metadata.name));
  const own = new Set(installed.map(keyOf));
  const wanted = Buffer.from(config ?? "").toString("base64");
  const all = new Set([...profiles, ...installed.map(({ metadata }) => metadata.namespace ?? "")]);
  return [...all].sort().map((namespace) => {
    const isProfile = profiles.has(namespace);
    const secret = secrets.find(({ metadata }) => metadata.namespace === namespace);
    const counted = accounts.filter(
      ({ metadata }) =>
        metadata.namespace === namespace &&
        (metadata.name === "default" ||
          (isProfile && profileAccounts.includes(metadata.name)) ||
          own.has(`${namespace}/${metadata.name}`)),
    );
    const isCurrent = config !== undefined && fields(secret?.data)[".dockerconfigjson"] === wanted;
    return {
      ...{ namespace, isProfile, secret: secret === undefined ? "missing" : isCurrent ? "current" : "outdated" },
      accounts: counted.filter((account) => !names(account, name)).map(({ metadata }) => metadata.name),
    };
  });
}

/** Writes the Secret into namespaces and names it in their ServiceAccounts. All Secrets are tried before one is written. */
export async function writePullSecrets(
  client: PullSecretClient,
  { name, config, namespaces }: { name: string; config: string; namespaces: readonly string[] },
  signal?: AbortSignal,
) {
  const options = { fieldManager: manager, forceOver, ...(signal ? { signal } : {}) };
  const secrets = namespaces.map((namespace) => pullSecretOf(namespace, name, config));
  for (const secret of secrets) await client.apply(secret, { ...options, dryRun: true });
  const rows = await listPullSecrets(client, { name, config }, signal);
  const written: string[] = [];
  const failed: { namespace: string; problem: ReturnType<typeof toAppError> }[] = [];
  for (const secret of secrets) {
    const namespace = secret.metadata.namespace ?? "";
    try {
      await client.apply(secret, options);
      const accounts = rows.find((row) => row.namespace === namespace)?.accounts ?? [];
      for (const account of accounts) await nameIn(client, namespace, account, name, signal);
      written.push(namespace);
    } catch (error) {
      signal?.throwIfAborted();
      failed.push({ namespace, problem: toAppError(error) });
    }
  }
  return { written, failed };
}

/** Writes the Secret into the namespaces of profiles that lack it. Throws the first failure. */
export async function supplyProfiles(
  client: PullSecretClient,
  { name, config }: { name: string; config: string },
  signal: AbortSignal,
): Promise<string[]> {
  const rows = await listPullSecrets(client, { name, config }, signal);
  const lacking = rows.filter(
    ({ isProfile, secret, accounts }) => isProfile && (secret !== "current" || accounts.length > 0),
  );
  const namespaces = lacking.map(({ namespace }) => namespace);
  const { written, failed } = await writePullSecrets(client, { name, config, namespaces }, signal);
  const [first] = failed;
  if (first !== undefined) throw FlowdeckError.from(first.problem);
  return written;
}

/** The list is one value to the API server, so that what others put in it has to be sent again. */
async function nameIn(
  client: PullSecretClient,
  namespace: string,
  account: string,
  secret: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const ref = { apiVersion: "v1", kind: "ServiceAccount", namespace, name: account };
  const found = await client.get(ref, signal);
  if (found === undefined || names(found, secret)) return;
  const { resourceVersion } = found.metadata;
  await client.mergePatch(
    ref,
    { metadata: { resourceVersion }, imagePullSecrets: [...list(found.imagePullSecrets), { name: secret }] },
    { fieldManager: manager, ...(signal ? { signal } : {}) },
  );
}

function names(account: KubeObject, secret: string): boolean {
  return list(account.imagePullSecrets).some((one) => text(at(one, "name")) === secret);
}

function keyOf({ metadata: { namespace, name } }: KubeObject): string {
  return `${namespace ?? ""}/${name}`;
}
