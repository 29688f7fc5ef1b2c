import { latest } from "../../../common/async/index.ts";
import { type DeployProgress, type registryDeploymentContract, toAppError } from "../../../common/contract/index.ts";
import type { ClusterConnections } from "../../cluster/index.ts";
import type { Served } from "../../host/index.ts";
import type { Tools } from "../../tools/index.ts";
import type { RegistryStore } from "../registry-store.ts";
import { contentsOfDeployed, deleteDeployed } from "./delete-deployed.ts";
import { type DeployWork, deployRegistry } from "./deploy.ts";
import { listDeployed } from "./list-deployed.ts";
import { planDeployment } from "./plan-deployment.ts";

export interface DeploymentDeps {
  connections: Pick<ClusterConnections, "use">;
  tools: Pick<Tools, "toolbox" | "environment">;
  store: RegistryStore;
}

const everyMs = 150;

/** Registries that Flowdeck runs in clusters, behind the contract. */
export function deploymentMethods(deps: DeploymentDeps): Served<typeof registryDeploymentContract>["methods"] {
  const { connections, store } = deps;
  return {
    "registryDeployment.list": async ({ context }, signal) => {
      const stored = await store.list();
      return { registries: await connections.use(context, (client) => listDeployed(client, stored, signal)) };
    },
    "registryDeployment.plan": async ({ context, settings }, signal) => {
      const stored = await store.credentials();
      return connections.use(context, (client) => planDeployment(client, settings, stored, signal));
    },
    "registryDeployment.apply": ({ context, settings, digest }, signal) =>
      follow(
        (told) => connections.use(context, (client) => deployRegistry({ ...deps, ...told, client, settings, digest })),
        signal,
      ),
    "registryDeployment.contents": ({ context, ...named }, signal) =>
      connections.use(context, async (client) => {
        const host = (await listDeployed(client, await store.list(), signal)).find(isNamed(named))?.host;
        return contentsOfDeployed(client, named, host, signal);
      }),
    "registryDeployment.delete": ({ context, ...input }, signal) =>
      connections.use(context, async (client) => {
        const host = (await listDeployed(client, await store.list(), signal)).find(isNamed(input))?.host;
        const answer = await deleteDeployed(client, input, signal);
        if (host !== undefined) await store.remove(host);
        return answer;
      }),
  };
}

function isNamed({ namespace, name }: { namespace: string; name: string }) {
  return ({ settings }: { settings: { namespace: string; name: string } }) =>
    settings.name === name && settings.namespace === namespace;
}

/** How a deployment is doing, until it is done; ending it takes back what is not done. */
async function* follow(
  deploy: (told: Pick<DeployWork, "signal" | "tell" | "note">) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<DeployProgress, void, void> {
  let progress: DeployProgress = { state: "running", step: "check", fraction: 0, notes: [] };
  const listeners = new Set<() => void>();
  const set = (next: DeployProgress) => {
    progress = next;
    for (const heard of [...listeners]) heard();
  };
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  const work = deploy({
    signal: within,
    tell: ({ waitsFor, ...change }) => {
      const { waitsFor: _before, ...rest } = progress;
      set({ ...rest, ...change, ...(waitsFor === undefined ? {} : { waitsFor }) });
    },
    note: (tone, said) => set({ ...progress, notes: [...progress.notes, { tone, said }] }),
  }).catch((error: unknown) => set({ ...progress, state: "failed", problem: toAppError(error) }));
  try {
    yield* latest({
      read: () => progress,
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      ...{ everyMs, signal: within },
      last: ({ state }) => state !== "running",
    });
  } finally {
    ended.abort();
    await work;
  }
}
