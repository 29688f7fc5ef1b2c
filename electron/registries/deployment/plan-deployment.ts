import { createHash } from "node:crypto";
import {
  type DeployChange,
  type DeployPlan,
  FlowdeckError,
  type ObjectRef,
  type RegistryCredentials,
  type RegistryDeployment,
} from "../../../common/contract/index.ts";
import { addressOfNode, providerOf } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { changesBetween, comparable } from "../../edit/index.ts";
import { registryManager } from "../../install/index.ts";
import { nodeRecipes } from "./node-recipes.ts";
import { namesOf, type RegistrySecrets, registryObjects } from "./objects.ts";
import { type Settled, settle } from "./settled.ts";

type Client = Pick<ClusterClient, "get" | "list" | "apply" | "version">;

/** What deploying would do, as the API server says it. Writes nothing. Throws its first refusal. */
export async function planDeployment(
  client: Client,
  settings: RegistryDeployment,
  stored: readonly RegistryCredentials[],
  signal?: AbortSignal,
): Promise<DeployPlan> {
  const settled = await settle(client, settings, stored, signal);
  const { kept, host, nodes } = settled;
  // Stand-ins for what is made only when it is deployed; their values are shown to nobody.
  const secrets: RegistrySecrets = {
    htpasswd: kept.htpasswd ?? "planned",
    ...(settings.tls.kind === "own" ? { tls: kept.tls ?? plannedTls } : {}),
  };
  const changes = await changesOf(client, registryObjects(settings, secrets, settled.certificateNames), signal);
  const warnings = await warningsOf(client, settings, settled, signal);
  const shown = {
    host,
    service: namesOf(settings).address,
    ...{ changes, warnings },
    recipes: nodeRecipes(nodes, {
      ...{ host, plain: settings.tls.kind === "none", isOwn: settings.tls.kind === "own" },
      authority: kept.tls?.authority,
    }),
  };
  return { ...shown, digest: digestOf(settings, settled, changes) };
}

const plannedTls = { authority: "planned", certificate: "planned", key: "planned" };

function digestOf(settings: RegistryDeployment, { host, kept }: Settled, changes: readonly DeployChange[]): string {
  const stays = [kept.htpasswd !== undefined, kept.tls?.certificate ?? ""];
  const all = changes.map(({ object, what, fields }) => [object, what, fields.map(({ path }) => path)]);
  return createHash("sha256")
    .update(JSON.stringify([settings, host, stays, all]))
    .digest("hex")
    .slice(0, 32);
}

/** In a namespace that is not there yet nothing can be tried, so it is tried in another one. */
const placeToTry = "default";

async function changesOf(
  client: Client,
  objects: readonly KubeObject[],
  signal: AbortSignal | undefined,
): Promise<DeployChange[]> {
  const options = { fieldManager: registryManager, dryRun: true, ...(signal ? { signal } : {}) };
  const lives = await Promise.all(objects.map((object) => client.get(refOf(object), signal)));
  const isNew = lives[0] === undefined;
  const changes = await Promise.all(
    objects.map(async (object, index): Promise<DeployChange> => {
      const ref = refOf(object);
      const live = lives[index];
      const tried =
        isNew && ref.namespace !== undefined
          ? { ...object, metadata: { ...object.metadata, namespace: placeToTry } }
          : object;
      const stored = await client.apply(tried, options);
      if (live === undefined) return { object: ref, what: "create", fields: [] };
      const fields = changesBetween(comparable(live), comparable(stored));
      return {
        object: ref,
        what: "change",
        fields: object.kind === "Secret" ? fields.map(({ path }) => ({ path })) : fields,
      };
    }),
  );
  return changes.filter(({ what, fields }) => what === "create" || fields.length > 0);
}

async function warningsOf(
  client: Client,
  settings: RegistryDeployment,
  { nodes, host }: Settled,
  signal: AbortSignal | undefined,
): Promise<Message[]> {
  const warnings: Message[] = [];
  if (settings.tls.kind === "none") warnings.push(message("registryDeploy.plain"));
  if (settings.host === undefined && nodes.length > 1) {
    const first = nodes.find((node) => addressOfNode(node) !== undefined)?.metadata.name ?? "";
    warnings.push(message("registryDeploy.oneNode", { node: first }));
  }
  const provider = providerOf({ nodes, version: await client.version(signal) });
  if (provider === "eks" || provider === "gke" || provider === "aks") warnings.push(message("registryDeploy.cloud"));
  const classes = await client.list("storage.k8s.io/v1", "StorageClass", signal ? { signal } : {}).catch(() => []);
  const chosen = settings.storageClass;
  if (chosen !== undefined && !classes.some(({ metadata }) => metadata.name === chosen))
    throw new FlowdeckError("not-found", message("registryDeploy.noClass", { name: chosen }), {
      advice: message("registryDeploy.noClassWay", { names: classes.map(({ metadata }) => metadata.name).join(", ") }),
    });
  const isDefault = ({ metadata }: KubeObject) =>
    metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true";
  if (chosen === undefined && !classes.some(isDefault)) warnings.push(message("registryDeploy.noDefaultClass"));
  warnings.push(message("registryDeploy.nodesFirst", { host }));
  return warnings;
}

export function refOf({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): ObjectRef {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
