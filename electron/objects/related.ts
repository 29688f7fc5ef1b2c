import type { ObjectTarget, RelatedNode, RelatedView, Relation } from "../../common/contract/index.ts";
import { at, list, text, textMap } from "../../common/json/index.ts";
import {
  atAutoscaler,
  atBinding,
  atService,
  atVolume,
  formatLabelSelector,
  groupKindOf,
  isKind,
  selects,
} from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { childrenOf } from "./children.ts";
import { type Look, lookAt } from "./live-query.ts";
import { backendsOf, webhooksOf } from "./network-causes.ts";
import { ownersOf } from "./owners.ts";
import { backendRefsOf, destinationsOf, podSpecOf } from "./references.ts";
import { RelatedLook } from "./related-look.ts";
import { usedBy, usesOf } from "./used-by.ts";
import { apiVersionOf } from "./watch-object.ts";

/** Of each relation at most so many are named. */
const shownAtMost = 100;

/** See `object.related` in the contract. */
export function relatedTo(look: Look, target: ObjectTarget): RelatedView | undefined {
  const object = lookAt(look, { ...target, apiVersion: apiVersionOf(target) });
  if (object === undefined) return undefined;
  const related = new RelatedLook(look);
  const found: [Relation, RelatedNode[]][] = [
    ["owners", owners(related, object)],
    ["children", childrenOf(related, object)],
    ["pods", podsSelected(related, object)],
    ["services", services(related, object)],
    ["backends", backends(related, object)],
    ["routes", routes(related, object)],
    ["storage", storage(related, object)],
    ["uses", usesOf(related, object)],
    ["usedBy", isUsed(object) ? usedBy(related, object) : []],
    ["node", node(related, object)],
    ["scaling", scaling(related, object)],
    ["guards", guards(related, object)],
    ["access", access(related, object)],
  ];
  return {
    groups: found
      .filter(([, nodes]) => nodes.length > 0)
      .map(([relation, nodes]) => ({
        relation,
        nodes: nodes.slice(0, shownAtMost),
        more: Math.max(0, nodes.length - shownAtMost),
      })),
    limits: related.limits,
    // Before discovery has told the kinds nothing is found.
    looking: related.looking || look.resource("", "Pod") === undefined,
  };
}

function isUsed(object: KubeObject): boolean {
  return isKind(object, "/Secret", "/ConfigMap", "/PersistentVolumeClaim", "/ServiceAccount");
}

/** From the root down, each below its owner. */
function owners(related: RelatedLook, object: KubeObject): RelatedNode[] {
  return ownersOf(related.look, object).reduceRight<RelatedNode[]>((below, owner) => {
    const { group, version, kind, namespace, name, uid } = owner;
    const apiVersion = group === "" ? version : `${group}/${version}`;
    return [{ ...related.named({ apiVersion, kind, namespace, name, uid }), children: below }];
  }, []);
}

function podsSelected(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const { namespace, name } = object.metadata;
  const pods = (query: { namespace?: string | undefined; labelSelector?: string; fieldSelector?: string }) =>
    related.all({ apiVersion: "v1", kind: "Pod", ...query }).map((pod) => related.node(pod));
  switch (groupKindOf(object)) {
    case "/Service": {
      const labelSelector = formatLabelSelector(at(object, "spec", "selector"));
      return labelSelector ? pods({ namespace, labelSelector }) : [];
    }
    case "/Node":
      return pods({ fieldSelector: `spec.nodeName=${name}` });
    case "policy/PodDisruptionBudget": {
      const labelSelector = formatLabelSelector(at(object, "spec", "selector"));
      return labelSelector ? pods({ namespace, labelSelector }) : [];
    }
    case "networking.k8s.io/NetworkPolicy": {
      const labelSelector = formatLabelSelector(at(object, "spec", "podSelector"));
      return labelSelector ? pods({ namespace, labelSelector }) : [];
    }
    default:
      return [];
  }
}

/** The labels its pods have. */
function podLabels(object: KubeObject): Record<string, string> | undefined {
  if (isKind(object, "/Pod")) return object.metadata.labels ?? {};
  if (at(podSpecOf(object), "containers") === undefined || isKind(object, "batch/CronJob")) return undefined;
  return textMap(at(object, "spec", "template", "metadata", "labels"));
}

function services(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const labels = podLabels(object);
  if (labels === undefined) return [];
  const { namespace } = object.metadata;
  return related
    .all({ apiVersion: "v1", kind: "Service", namespace, mode: "scan" })
    .filter((service) => {
      const matchLabels = textMap(atService(service, "spec", "selector"));
      return Object.keys(matchLabels).length > 0 && selects({ matchLabels }, labels);
    })
    .map((service) => related.node(service));
}

const routeKinds = [
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "networking.istio.io/v1", kind: "VirtualService" },
  { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute" },
] as const;

/** Services that a route, or a webhook, sends to. */
function targetsOf(object: KubeObject): { namespace: string | undefined; service: string; how?: string }[] {
  switch (groupKindOf(object)) {
    case "networking.k8s.io/Ingress":
      return backendsOf(object).map(({ service, port }) => ({
        service,
        namespace: object.metadata.namespace,
        ...(port ? { how: `port ${port}` } : {}),
      }));
    case "networking.istio.io/VirtualService":
      return destinationsOf(object);
    case "gateway.networking.k8s.io/HTTPRoute":
      return backendRefsOf(object);
    case "admissionregistration.k8s.io/ValidatingWebhookConfiguration":
    case "admissionregistration.k8s.io/MutatingWebhookConfiguration":
      return webhooksOf(object).map(({ namespace, service, name }) => ({ namespace, service, how: name }));
    default:
      return [];
  }
}

function backends(related: RelatedLook, object: KubeObject): RelatedNode[] {
  return targetsOf(object).map(({ namespace, service, how }) =>
    related.named({ apiVersion: "v1", kind: "Service", namespace, name: service }, how),
  );
}

function routes(related: RelatedLook, object: KubeObject): RelatedNode[] {
  if (!isKind(object, "/Service")) return [];
  const { namespace, name } = object.metadata;
  return routeKinds.flatMap(({ apiVersion, kind }) =>
    related
      .all({ apiVersion, kind, namespace, mode: "scan" })
      .filter((route) => targetsOf(route).some((to) => to.service === name && to.namespace === namespace))
      .map((route) => related.node(route)),
  );
}

function storage(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const { namespace, name } = object.metadata;
  const storageClass = text(at(object, "spec", "storageClassName"));
  const ofClass = storageClass
    ? [related.named({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name: storageClass })]
    : [];
  switch (groupKindOf(object)) {
    case "/PersistentVolumeClaim": {
      const volume = text(at(object, "spec", "volumeName"));
      return [
        ...(volume ? [related.named({ apiVersion: "v1", kind: "PersistentVolume", name: volume })] : []),
        ...ofClass,
      ];
    }
    case "/PersistentVolume": {
      const claim = text(at(object, "spec", "claimRef", "name"));
      const where = text(at(object, "spec", "claimRef", "namespace"));
      const named = { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: where, name: claim ?? "" };
      return [...(claim ? [related.named(named)] : []), ...ofClass];
    }
    case "storage.k8s.io/StorageClass":
      return related
        .all({ apiVersion: "v1", kind: "PersistentVolume", mode: "scan" })
        .filter((volume) => atVolume(volume, "spec", "storageClassName") === name)
        .map((volume) => related.node(volume));
    case "apps/StatefulSet": {
      const templates = list(at(object, "spec", "volumeClaimTemplates")).map((one) =>
        text(at(one, "metadata", "name")),
      );
      if (templates.length === 0) return [];
      return related
        .all({ apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, mode: "scan" })
        .filter((claim) => templates.some((template) => isOrdinal(claim.metadata.name, `${template}-${name}-`)))
        .map((claim) => related.node(claim));
    }
    default:
      return [];
  }
}

function isOrdinal(name: string, start: string): boolean {
  return name.startsWith(start) && /^\d+$/.test(name.slice(start.length));
}

function node(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const name = isKind(object, "/Pod") ? text(at(object, "spec", "nodeName")) : undefined;
  return name ? [related.named({ apiVersion: "v1", kind: "Node", name })] : [];
}

function scaling(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const { namespace, name } = object.metadata;
  const reference = at(object, "spec", "scaleTargetRef");
  if (isKind(object, "autoscaling/HorizontalPodAutoscaler")) {
    const apiVersion = text(at(reference, "apiVersion")) ?? "apps/v1";
    const kind = text(at(reference, "kind")) ?? "";
    return [related.named({ apiVersion, kind, namespace, name: text(at(reference, "name")) ?? "" })];
  }
  if (!isKind(object, "apps/Deployment", "apps/StatefulSet", "apps/ReplicaSet")) return [];
  return related
    .all({ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", namespace, mode: "scan" })
    .filter((scaler) => {
      const of = atAutoscaler(scaler, "spec", "scaleTargetRef");
      const aim = { apiVersion: at(of, "apiVersion") ?? "apps/v1", kind: at(of, "kind") };
      return groupKindOf(aim) === groupKindOf(object) && at(of, "name") === name;
    })
    .map((scaler) => related.node(scaler));
}

/** Disruption budgets and network policies that hold for its pods. */
function guards(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const labels = podLabels(object);
  if (labels === undefined) return [];
  const { namespace } = object.metadata;
  const that = (apiVersion: string, kind: string, field: string) =>
    related
      .all({ apiVersion, kind, namespace, mode: "scan" })
      .filter((guard) => selects(at(guard, "spec", field), labels))
      .map((guard) => related.node(guard));
  return [
    ...that("policy/v1", "PodDisruptionBudget", "selector"),
    ...that("networking.k8s.io/v1", "NetworkPolicy", "podSelector"),
  ];
}

const rbac = "rbac.authorization.k8s.io/v1";

function access(related: RelatedLook, object: KubeObject): RelatedNode[] {
  const { namespace, name } = object.metadata;
  const bindings = (kind: "RoleBinding" | "ClusterRoleBinding") =>
    related.all({ apiVersion: rbac, kind, namespace: kind === "RoleBinding" ? namespace : undefined, mode: "scan" });
  const both = () => [...bindings("RoleBinding"), ...bindings("ClusterRoleBinding")];
  switch (groupKindOf(object)) {
    case "rbac.authorization.k8s.io/RoleBinding":
    case "rbac.authorization.k8s.io/ClusterRoleBinding": {
      const kind = text(at(object, "roleRef", "kind")) ?? "ClusterRole";
      const role = { apiVersion: rbac, kind, namespace: kind === "Role" ? namespace : undefined };
      const accounts = list(at(object, "subjects")).filter((subject) => at(subject, "kind") === "ServiceAccount");
      return [
        related.named({ ...role, name: text(at(object, "roleRef", "name")) ?? "" }),
        ...accounts.map((subject) =>
          related.named({
            apiVersion: "v1",
            kind: "ServiceAccount",
            namespace: text(at(subject, "namespace")) ?? namespace,
            name: text(at(subject, "name")) ?? "",
          }),
        ),
      ];
    }
    case "rbac.authorization.k8s.io/Role":
    case "rbac.authorization.k8s.io/ClusterRole":
      return both()
        .filter(
          (binding) =>
            atBinding(binding, "roleRef", "kind") === object.kind && atBinding(binding, "roleRef", "name") === name,
        )
        .map((binding) => related.node(binding));
    case "/ServiceAccount":
      return both()
        .filter((binding) =>
          list(atBinding(binding, "subjects")).some(
            (subject) =>
              at(subject, "kind") === "ServiceAccount" &&
              at(subject, "name") === name &&
              (text(at(subject, "namespace")) ?? binding.metadata.namespace) === namespace,
          ),
        )
        .map((binding) => related.node(binding, { how: text(atBinding(binding, "roleRef", "name")) ?? "" }));
    default:
      return [];
  }
}
