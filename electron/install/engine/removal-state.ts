import type { KubeObject } from "../../cluster/index.ts";
import { keyOfObject, refOf } from "../objects.ts";
import { isWorkload } from "../plan/workloads.ts";
import type { Doubtful, Removal } from "../run/removal.ts";
import { removalStages } from "./removal-stages.ts";
import { componentOf } from "./removal-step.ts";
import type { RemovalState } from "./removal-types.ts";

export interface RemovalStart {
  removal: Removal;
  doubtful: readonly Doubtful[];
  /** Names of volumes that go some time after their claims. */
  volumes: readonly string[];
  installation: string;
  /** Titles of components, by id. */
  titles: Readonly<Record<string, string>>;
  /** Objects deleted at once, at most. */
  concurrency: number;
  /** How long objects may take to go before what holds them is told, in milliseconds. */
  timeoutMs: number;
}

/** A removal before its first event. */
export function firstRemovalState(start: RemovalStart): RemovalState {
  const { removal, doubtful, volumes, installation, titles, concurrency, timeoutMs } = start;
  const stages = removalStages(removal, volumes);
  const objects = [...removal.phases.values()].flat();
  const named = stages.flatMap((stage) => (stage.do === "watch" && stage.byName ? stage.objects.map(keyOfObject) : []));
  const none = new Map();
  return {
    ...{ stages, installation, concurrency, timeoutMs, named: new Set(named) },
    current: 0,
    settled: false,
    began: {
      type: "removing",
      components: componentsOf(objects, titles),
      total: objects.length + removal.profileNamespaces.length,
    },
    created: doubtful
      .filter(({ created }) => created)
      .map(({ object, because }) => ({ object: refOf(object), because })),
    ...{ seen: none, pending: none, queue: none, deleting: none, resting: none, attempts: none, nudges: none },
    ...{ gone: 0, phaseBegan: 0, troubles: new Map(), refreshing: false, done: false },
  };
}

function componentsOf(objects: readonly KubeObject[], titles: Readonly<Record<string, string>>) {
  return [...Map.groupBy(objects, componentOf)].flatMap(([id, own]) => {
    if (!id) return [];
    const workloads = own.filter((object) => isWorkload(object)).length;
    return [{ id, title: titles[id] ?? id, objects: own.length, workloads }];
  });
}
