import type { ContextId, ResourceInfo } from "../../common/contract/index.ts";
import type { ApiResource, ClusterClient, ClusterConnections } from "../cluster/index.ts";
import { pause } from "../cluster/index.ts";
import { latest } from "./latest.ts";
import { listNames } from "./list-names.ts";
import { withRetry } from "./with-retry.ts";

const customDefinitions = { group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions" };
/** What brings and takes kinds. */
const definitions = [
  { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
  { apiVersion: "apiregistration.k8s.io/v1", kind: "APIService" },
];
/** A new definition is served a moment after it is established. */
const settleMs = [300, 2_000];
/** For those who may not watch definitions, and against what a broken watch missed. */
const askAgainMs = 30_000;

/** What a cluster serves in preferred versions, now and after each change. */
export function watchResources(
  connections: Pick<ClusterConnections, "use">,
  context: ContextId,
  signal: AbortSignal,
): AsyncIterable<ResourceInfo[]> {
  return latest(async (put, within) => {
    let told = "";
    const work = async (client: ClusterClient) => {
      const look = async () => {
        const [resources, names] = await Promise.all([
          client.resources(within),
          listNames(client, customDefinitions, within),
        ]);
        const custom = names === undefined ? undefined : new Set(names);
        const infos = resources
          .filter(({ plural }) => !plural.includes("/"))
          .map((resource) => asInfo(resource, custom));
        const text = JSON.stringify(infos);
        if (text !== told) put(infos);
        told = text;
      };
      await look();
      const hints = new Hints();
      const ended = new AbortController();
      const watching = AbortSignal.any([within, ended.signal]);
      for (const definition of definitions) {
        hint(client, definition, hints, watching).catch(() => {
          // Not watched (gone with the cluster): it is asked for again anyway.
        });
      }
      try {
        while (!within.aborted) {
          for (const wait of (await hints.next(askAgainMs, within)) ? settleMs : [0]) {
            await pause(wait, within);
            await client.refreshDiscovery(within);
            await look();
          }
        }
      } finally {
        ended.abort();
      }
    };
    // While the cluster is away, what was served before is the best that is known.
    await withRetry(connections, context, work, () => told !== "", within);
  }, signal);
}

/** Wakes who waits for a change of what is served. */
class Hints {
  #given = false;
  #wake: (() => void) | undefined;

  give(): void {
    this.#given = true;
    this.#wake?.();
  }

  /** True for a hint, false after `ms` without one. */
  async next(ms: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#given) {
      const hint = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const ended = new AbortController();
      const time = pause(ms, AbortSignal.any([signal, ended.signal])).catch(() => undefined);
      await Promise.race([hint, time]);
      ended.abort();
    }
    const given = this.#given;
    this.#given = false;
    return given;
  }
}

type Definition = (typeof definitions)[number];

/** Gives a hint for every change of a definition, until aborted or refused. */
async function hint(client: ClusterClient, definition: Definition, hints: Hints, signal: AbortSignal): Promise<void> {
  let isListed = false;
  // Definitions of a cluster with Kubeflow are 10 MB; their metadata tell as well that one came, went or changed.
  for await (const { type } of client.watch(definition.apiVersion, definition.kind, { as: "metadata", signal })) {
    if (type === "synced") isListed = true;
    else if (isListed) hints.give();
  }
}

/** Groups of Kubernetes itself have no dot or end in k8s.io, where those of others may end as well. */
function isBuiltIn(group: string): boolean {
  return !group.includes(".") || /^[a-z]+(\.[a-z]+)?\.k8s\.io$/.test(group);
}

export function asInfo(resource: ApiResource, custom: ReadonlySet<string> | undefined): ResourceInfo {
  const { group, version, plural, kind, namespaced, verbs, singular, shortNames, categories } = resource;
  return {
    group,
    version,
    plural,
    kind,
    namespaced,
    verbs: [...verbs],
    singular,
    shortNames: [...shortNames],
    categories: [...categories],
    custom: custom === undefined ? !isBuiltIn(group) : custom.has(`${plural}.${group}`),
  };
}
