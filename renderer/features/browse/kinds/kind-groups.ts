import type { ResourceInfo } from "../../../../common/contract/index.ts";
import { resourceKey } from "../../../state/resource-key.ts";
import type { ResourceKey } from "../../../state/route.ts";

export const groupIds = ["workloads", "network", "storage", "config", "access", "kubeflow", "cluster"] as const;
export type GroupId = (typeof groupIds)[number];

/** A place of the sidebar: those looked at daily first, the others behind "more". */
export interface KindGroup {
  id: GroupId;
  main: ResourceInfo[];
  more: ResourceInfo[];
}

/** Kinds that CustomResourceDefinitions brought, below the API group they belong to. */
export interface CustomGroup {
  group: string;
  kinds: ResourceInfo[];
}

const main: Record<GroupId, readonly ResourceKey[]> = {
  workloads: ["pods", "deployments.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch"],
  network: [
    "services",
    "ingresses.networking.k8s.io",
    "virtualservices.networking.istio.io",
    "networkpolicies.networking.k8s.io",
  ],
  storage: ["persistentvolumeclaims", "persistentvolumes", "storageclasses.storage.k8s.io"],
  config: ["configmaps", "secrets"],
  access: [
    "serviceaccounts",
    "roles.rbac.authorization.k8s.io",
    "rolebindings.rbac.authorization.k8s.io",
    "clusterroles.rbac.authorization.k8s.io",
    "clusterrolebindings.rbac.authorization.k8s.io",
  ],
  kubeflow: [
    "profiles.kubeflow.org",
    "notebooks.kubeflow.org",
    "inferenceservices.serving.kserve.io",
    "experiments.kubeflow.org",
    "trainjobs.trainer.kubeflow.org",
    "pipelines.pipelines.kubeflow.org",
  ],
  cluster: ["nodes", "namespaces", "events", "customresourcedefinitions.apiextensions.k8s.io"],
};

const more: Partial<Record<GroupId, readonly ResourceKey[]>> = {
  workloads: [
    "replicasets.apps",
    "replicationcontrollers",
    "horizontalpodautoscalers.autoscaling",
    "poddisruptionbudgets.policy",
  ],
  network: ["endpointslices.discovery.k8s.io", "endpoints", "ingressclasses.networking.k8s.io"],
  config: ["resourcequotas", "limitranges", "priorityclasses.scheduling.k8s.io", "podtemplates"],
};

/** The same objects under a second name: only the first is listed. */
const twins: readonly ResourceKey[] = ["events.events.k8s.io"];

const isKubeflow = (group: string) => /(^|\.)kubeflow\.org$/.test(group) || group === "serving.kserve.io";

/** Sorts what the cluster serves into the sidebar's groups. Kinds that can't be listed (reviews, bindings) are left out. */
export function groupKinds(served: readonly ResourceInfo[]): { groups: KindGroup[]; custom: CustomGroup[] } {
  const listed = served.filter((info) => info.verbs.includes("list") && !twins.includes(resourceKey(info)));
  const byKey = new Map(listed.map((info) => [resourceKey(info), info]));
  const take = (keys: readonly ResourceKey[] = []) =>
    keys.flatMap((key) => {
      const info = byKey.get(key);
      byKey.delete(key);
      return info ? [info] : [];
    });
  const groups = groupIds.map((id): KindGroup => ({ id, main: take(main[id]), more: take(more[id]) }));
  const rest = [...byKey.values()].toSorted((a, b) => a.kind.localeCompare(b.kind));
  const custom = new Map<string, ResourceInfo[]>();
  for (const info of rest) {
    const home: GroupId | undefined = isKubeflow(info.group)
      ? "kubeflow"
      : info.custom
        ? undefined
        : info.group === "storage.k8s.io"
          ? "storage"
          : "cluster";
    if (home) groups.find(({ id }) => id === home)?.more.push(info);
    else custom.set(info.group, [...(custom.get(info.group) ?? []), info]);
  }
  return {
    groups: groups.filter((group) => group.main.length + group.more.length > 0),
    custom: [...custom].map(([group, kinds]) => ({ group, kinds })).toSorted((a, b) => a.group.localeCompare(b.group)),
  };
}

/** Custom groups with only the kinds whose names hold `text`; a group's own name keeps all of its kinds. */
export function filterCustom(custom: readonly CustomGroup[], text: string): CustomGroup[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [...custom];
  return custom.flatMap(({ group, kinds }) => {
    const found = group.includes(wanted)
      ? kinds
      : kinds.filter((info) =>
          [info.kind, info.plural, ...info.shortNames].some((name) => name.toLowerCase().includes(wanted)),
        );
    return found.length > 0 ? [{ group, kinds: found }] : [];
  });
}
