import { type PullSecretRow, type RegistryCredentials, toAppError } from "../../common/contract/index.ts";
import { at, fields, list, text } from "../../common/json/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { installationLabel } from "../install/index.ts";

export type PullSecretClient = Pick<ClusterClient, "list" | "get" | "apply" | "mergePatch" | "resources">;

const type = "kubernetes.io/dockerconfigjson";
const manager = "flowdeck-registries";
const profileLabel = "app.kubernetes.io/part-of=kubeflow-profile";
/** ServiceAccounts that pods of a profile run as. */
const profileAccounts = ["default", "default-editor", "default-viewer"];
/** Docker's own clients look for Docker Hub under this address. */
const dockerHubKey = "https://index.docker.io/v1/";

/** The Secret with the credentials of all registries. */
export function pullSecret(namespace: string, name: string, credentials: readonly RegistryCredentials[]): KubeObject {
  const auths = Object.fromEntries(
    credentials
      .toSorted((a, b) => a.host.localeCompare(b.host))
      .map(({ host, username, password }) => [
        host === "docker.io" ? dockerHubKey : host,
        { username, password, auth: Buffer.from(`${username}:${password}`).toString("base64") },
      ]),
  );
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels: { "app.kubernetes.io/managed-by": "flowdeck" } },
    type,
    data: { ".dockerconfigjson": Buffer.from(JSON.stringify({ auths })).toString("base64") },
  };
}

interface Wanted {
  name: string;
  credentials: readonly RegistryCredentials[];
}

/** The namespaces of what Flowdeck installed, and of all profiles, with what they lack. */
export async function listPullSecrets(
  client: PullSecretClient,
  { name, credentials }: Wanted,
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
    const wanted = fields(pullSecret(namespace, name, credentials).data)[".dockerconfigjson"];
    const isCurrent = fields(secret?.data)[".dockerconfigjson"] === wanted;
    return {
      ...{ namespace, isProfile, secret: secret === undefined ? "missing" : isCurrent ? "current" : "outdated" },
      accounts: counted.filter((account) => !names(account, name)).map(({ metadata }) => metadata.name),
    };
  });
}

/** Writes the Secret into namespaces and names it in their ServiceAccounts. All Secrets are tried before one is written. */
export async function writePullSecrets(
  client: PullSecretClient,
  { name, credentials, namespaces }: Wanted & { namespaces: readonly string[] },
  signal?: AbortSignal,
) {
  const options = { fieldManager: manager, ...(signal ? { signal } : {}) };
  const secrets = namespaces.map((namespace) => pullSecret(namespace, name, credentials));
  for (const secret of secrets) await client.apply(secret, { ...options, dryRun: true });
  const rows = await listPullSecrets(client, { name, credentials }, signal);
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
