import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { contextId, FlowdeckError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ApiResource, ClusterClient, KubeObject, WatchOptions } from "../../../electron/cluster/index.ts";
import { watchProfiles } from "../../../electron/profiles/watch-profiles.ts";
import { finished } from "./objects.ts";

const snapshot = finished();
const kinds: Record<string, readonly KubeObject[] | undefined> = {
  Profile: snapshot.profiles,
  Namespace: snapshot.namespaces,
  RoleBinding: snapshot.bindings,
  ServiceAccount: snapshot.accounts,
};

/** A cluster without Istio: its kinds are asked for again and again, and are never there. */
async function* watch(_apiVersion: string, kind: string, options: WatchOptions = {}) {
  const { onConnection, signal } = options;
  if (kind === "AuthorizationPolicy" || kind === "ServiceRoleBinding") {
    onConnection?.("reconnecting", new FlowdeckError("kind-unknown", message("profile.notServed")));
    await sleep(50);
    // The next attempt begins.
    onConnection?.("listing");
    await sleep(10_000, undefined, { signal }).catch(() => undefined);
    return;
  }
  onConnection?.("live");
  for (const object of kinds[kind] ?? []) yield { type: "added" as const, object };
  yield { type: "synced" as const };
  await sleep(10_000, undefined, { signal }).catch(() => undefined);
}

it("a kind that is not served stays so while it is asked for again: without Istio nobody is kept out by it", async () => {
  const client = { watch, resourceFor: async () => ({}) as ApiResource } as unknown as ClusterClient;
  const connections = { use: async (_: unknown, work: (client: ClusterClient) => Promise<void>) => work(client) };
  const stop = new AbortController();
  const seen: (boolean | undefined)[] = [];
  setTimeout(() => stop.abort(), 1_500);
  for await (const { profiles } of watchProfiles({ connections }, { context: contextId.parse("i") }, stop.signal)) {
    if (profiles.length > 0) seen.push(profiles[0]?.members[0]?.admitted);
  }
  expect(new Set(seen)).toEqual(new Set([true]));
});
