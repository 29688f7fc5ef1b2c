import type { KubeObject } from "../../cluster/index.ts";
import { keyOfObject } from "../objects.ts";
import { type Removal, type RemovalPhase, removalPhases } from "../run/removal.ts";
import type { RemovalStage } from "./removal-types.ts";

/** Phases whose objects must be gone before the next one begins: their finalizers need what later phases remove. */
const awaited: ReadonlySet<RemovalPhase> = new Set(["profiles", "custom-resources"]);

/** Phases whose objects need no deletion of their own where their namespace goes as a whole. */
const goesAlong: ReadonlySet<RemovalPhase> = new Set(["access", "rest", "volumes"]);

/**
 * What a removal does, in the reverse order of the installation's making. `volumes`: names of those that go some time
 * after their claims. Pure.
 */
export function removalStages(removal: Removal, volumes: readonly string[]): RemovalStage[] {
  const going = new Set((removal.phases.get("namespaces") ?? []).map(({ metadata }) => metadata.name));
  const stages: RemovalStage[] = [];
  for (const phase of removalPhases) {
    const all = removal.phases.get(phase) ?? [];
    // What is in a namespace that goes as a whole goes with it; deleting it one by one would only take time.
    const along = goesAlong.has(phase) ? all.filter((one) => going.has(one.metadata.namespace ?? "")) : [];
    const objects = all.filter((one) => !along.includes(one));
    if (along.length > 0) stages.push({ do: "expect", objects: along });
    if (phase === "namespaces") stages.push({ do: "tidy" });
    const namespaces = phase === "profiles" ? removal.profileNamespaces.map((name) => stub("Namespace", name)) : [];
    if (objects.length === 0 && namespaces.length === 0) continue;
    stages.push({ do: "watch", objects, byName: false }, { do: "delete", objects });
    // After its Profile a namespace goes by garbage collection; deleting it as well asks for the same.
    if (namespaces.length > 0)
      stages.push(
        { do: "watch", objects: namespaces, byName: true },
        { do: "await", keys: objects.map(keyOfObject), others: [] },
        { do: "delete", objects: namespaces },
      );
    if (awaited.has(phase)) stages.push({ do: "await", keys: "all", others: [] });
    stages.push({ do: "tellPhase", phase, objects: objects.length });
  }
  const left = volumes.map((name) => stub("PersistentVolume", name));
  if (left.length > 0) stages.push({ do: "watch", objects: left, byName: true });
  stages.push({ do: "await", keys: "all", others: left.map(keyOfObject) });
  stages.push({ do: "compare", objects: [...removal.phases.values()].flat() });
  return stages;
}

function stub(kind: "Namespace" | "PersistentVolume", name: string): KubeObject {
  return { apiVersion: "v1", kind, metadata: { name } };
}
