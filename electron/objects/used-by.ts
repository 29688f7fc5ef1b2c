import type { RelatedNode } from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import { atIngress } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { podSpecOf, referencesOf } from "./references.ts";
import type { RelatedLook } from "./related-look.ts";

const workloads: readonly { apiVersion: string; kind: string }[] = [
  { apiVersion: "apps/v1", kind: "Deployment" },
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  { apiVersion: "apps/v1", kind: "DaemonSet" },
  { apiVersion: "batch/v1", kind: "CronJob" },
  { apiVersion: "batch/v1", kind: "Job" },
  { apiVersion: "v1", kind: "Pod" },
];

/** Who uses a Secret, ConfigMap, claim or service account: workloads, pods on their own, Ingresses, service accounts. */
export function usedBy(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const { namespace, name } = object.metadata;
  const scan = (apiVersion: string, kind: string) => related.all({ apiVersion, kind, namespace, mode: "scan" });
  const users = workloads.flatMap(({ apiVersion, kind }) =>
    scan(apiVersion, kind).flatMap((user) => {
      // A pod of a workload says what its workload says already, but for claims of a StatefulSet's templates.
      const made = (user.metadata.ownerReferences ?? []).some((owner) => owner.controller);
      if (made && object.kind !== "PersistentVolumeClaim") return [];
      const reference = referencesOf(podSpecOf(user)).find((one) => one.kind === object.kind && one.name === name);
      return reference ? [related.node(user, { how: reference.how })] : [];
    }),
  );
  if (object.kind !== "Secret") return users;
  return [
    ...users,
    ...scan("networking.k8s.io/v1", "Ingress")
      .filter((ingress) =>
        list(atIngress(ingress, "spec", "tls")).some((entry) => text(at(entry, "secretName")) === name),
      )
      .map((ingress) => related.node(ingress, { how: "tls" })),
    ...scan("v1", "ServiceAccount").flatMap((account) => {
      const uses = ["imagePullSecrets", "secrets"].filter((field) =>
        list(at(account, field)).some((entry) => at(entry, "name") === name),
      );
      return uses.length > 0 ? [related.node(account, { how: uses.join(", ") })] : [];
    }),
  ];
}

/** What a pod or workload needs to be there. */
export function usesOf(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const { namespace } = object.metadata;
  return referencesOf(podSpecOf(object)).map(({ kind, name, how }) =>
    related.named({ apiVersion: "v1", kind, namespace, name }, how),
  );
}
