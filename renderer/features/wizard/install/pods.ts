import type { PodView } from "../../../../common/contract/index.ts";

export type PodState = PodView["state"];
export const podStates: readonly PodState[] = ["running", "completed", "starting", "pending", "failing"];

export interface NamespacePods {
  namespace: string;
  pods: PodView[];
  counts: Record<PodState, number>;
}

/** Pods by namespace in the order of names; within one, those that are up first, so that squares fill from the left. */
export function podsByNamespace(pods: readonly PodView[]): NamespacePods[] {
  const groups = new Map<string, PodView[]>();
  for (const pod of pods) {
    const group = groups.get(pod.namespace);
    if (group) group.push(pod);
    else groups.set(pod.namespace, [pod]);
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([namespace, group]) => ({ namespace, pods: sorted(group), counts: countPods(group) }));
}

function sorted(pods: PodView[]): PodView[] {
  return pods.toSorted(
    (a, b) => podStates.indexOf(a.state) - podStates.indexOf(b.state) || a.name.localeCompare(b.name),
  );
}

export function countPods(pods: readonly PodView[]): Record<PodState, number> {
  const counts: Record<PodState, number> = { running: 0, completed: 0, starting: 0, pending: 0, failing: 0 };
  for (const pod of pods) counts[pod.state] += 1;
  return counts;
}

/** Pods that are where they should be: running, or completed. */
export function podsUp(pods: readonly PodView[]): number {
  const counts = countPods(pods);
  return counts.running + counts.completed;
}
