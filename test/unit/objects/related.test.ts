import { describe, expect, it } from "vitest";
import { contextId, type RelatedNode, type RelatedView } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";
import { destinationsOf, referencesOf } from "../../../electron/objects/references.ts";
import { relatedTo } from "../../../electron/objects/related.ts";
import { lookOver, make, owner } from "./fake-look.ts";

const labels = { app: "web" };
const podSpec = {
  serviceAccountName: "shop",
  containers: [
    {
      name: "main",
      env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "keys", key: "p" } } }],
      envFrom: [{ configMapRef: { name: "settings" } }],
    },
  ],
  volumes: [
    { name: "data", persistentVolumeClaim: { claimName: "disk" } },
    { name: "all", projected: { sources: [{ secret: { name: "keys" } }] } },
  ],
  nodeName: "n1",
};
const web = make("apps/v1", "Deployment", "web", {
  spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec } },
  status: { readyReplicas: 1 },
});
const set = make("apps/v1", "ReplicaSet", "web-1", {
  metadata: { labels, ...owner(web) },
  spec: { replicas: 1, selector: { matchLabels: labels } },
});
const oldSet = make("apps/v1", "ReplicaSet", "web-0", {
  metadata: { labels, ...owner(web), creationTimestamp: "2020-01-01T00:00:00Z" },
  spec: { replicas: 0, selector: { matchLabels: labels } },
});
const pod = make("v1", "Pod", "web-1-a", {
  metadata: { labels, ...owner(set) },
  spec: podSpec,
  status: { phase: "Running" },
});
const service = make("v1", "Service", "web", { spec: { selector: labels } });
const ingress = make("networking.k8s.io/v1", "Ingress", "web", {
  spec: {
    tls: [{ secretName: "keys" }],
    rules: [{ http: { paths: [{ backend: { service: { name: "web", port: { number: 80 } } } }] } }],
  },
});
const claim = make("v1", "PersistentVolumeClaim", "disk", { spec: { volumeName: "pv1", storageClassName: "fast" } });
const secret = make("v1", "Secret", "keys");
const newest = { ...set, metadata: { ...set.metadata, creationTimestamp: "2021-01-01T00:00:00Z" } };
const cluster = [
  web,
  newest,
  oldSet,
  pod,
  service,
  ingress,
  claim,
  secret,
  make("v1", "PersistentVolume", "pv1", { spec: { claimRef: { namespace: "shop", name: "disk" } } }),
  make("storage.k8s.io/v1", "StorageClass", "fast"),
  make("v1", "Node", "n1"),
  make("v1", "ServiceAccount", "shop", { imagePullSecrets: [{ name: "keys" }] }),
  make("policy/v1", "PodDisruptionBudget", "web", { spec: { selector: { matchLabels: labels } } }),
  make("autoscaling/v2", "HorizontalPodAutoscaler", "web", {
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } },
  }),
  make("rbac.authorization.k8s.io/v1", "RoleBinding", "b", {
    roleRef: { kind: "Role", name: "reader" },
    subjects: [{ kind: "ServiceAccount", name: "shop" }],
  }),
];

function related(object: KubeObject, options: Parameters<typeof lookOver>[1] = {}): RelatedView {
  const [group = "", version = ""] = object.apiVersion.includes("/")
    ? object.apiVersion.split("/")
    : ["", object.apiVersion];
  const { name, namespace } = object.metadata;
  const target = {
    context: contextId.parse("c"),
    group,
    version,
    plural: "",
    kind: object.kind,
    name,
    ...(namespace ? { namespace } : {}),
  };
  const view = relatedTo(lookOver(cluster, options), target);
  if (view === undefined) throw new Error("It is not known.");
  return view;
}

const short = (nodes: readonly RelatedNode[]): string[] =>
  nodes.flatMap(({ link, children }) => [`${link.kind}/${link.name}`, ...short(children).map((line) => `> ${line}`)]);
const groups = (object: KubeObject, options?: Parameters<typeof lookOver>[1]) =>
  Object.fromEntries(related(object, options).groups.map(({ relation, nodes }) => [relation, short(nodes)]));

describe("what an object has to do with", () => {
  it("is for a pod its owners from the root, its services, what it uses, its node and its guards", () => {
    expect(groups(pod)).toEqual({
      owners: ["Deployment/web", "> ReplicaSet/web-1"],
      services: ["Service/web"],
      uses: ["ServiceAccount/shop", "PersistentVolumeClaim/disk", "Secret/keys", "ConfigMap/settings"],
      node: ["Node/n1"],
      guards: ["PodDisruptionBudget/web"],
    });
  });

  it("says that what is named does not exist", () => {
    const uses = related(pod).groups.find(({ relation }) => relation === "uses")?.nodes ?? [];
    expect(uses.find(({ link }) => link.name === "settings")).toMatchObject({
      exists: false,
      health: "bad",
      how: "envFrom",
    });
    expect(uses.find(({ link }) => link.name === "keys")).toMatchObject({
      exists: true,
      how: "volume all, env PASSWORD",
    });
  });

  it("is for a Deployment its children down to pods, without old empty ReplicaSets, and what scales it", () => {
    expect(groups(web)).toMatchObject({
      children: ["ReplicaSet/web-1", "> Pod/web-1-a"],
      scaling: ["HorizontalPodAutoscaler/web"],
    });
  });

  it("is for a Secret who uses it, workloads rather than their pods", () => {
    expect(groups(secret)).toEqual({ usedBy: ["Deployment/web", "Ingress/web", "ServiceAccount/shop"] });
  });

  it("is for a claim its volume, class and the pods that mount it", () => {
    expect(groups(claim)).toEqual({
      storage: ["PersistentVolume/pv1", "StorageClass/fast"],
      usedBy: ["Deployment/web", "Pod/web-1-a"],
    });
  });

  it("is for a Service its pods and the ways to it", () => {
    expect(groups(service)).toEqual({ pods: ["Pod/web-1-a"], routes: ["Ingress/web"] });
  });

  it("is for an Ingress the Services it sends to, for a node its pods, for an account its bindings", () => {
    expect(groups(ingress)).toEqual({ backends: ["Service/web"] });
    expect(groups(make("v1", "Node", "n1"))).toEqual({ pods: ["Pod/web-1-a"] });
    expect(groups(make("v1", "ServiceAccount", "shop"))).toMatchObject({
      access: ["RoleBinding/b"],
      usedBy: ["Deployment/web"],
    });
  });

  it("says what may not be looked at, and goes on without it", () => {
    const { limits } = related(web, { forbidden: ["HorizontalPodAutoscaler"] });
    expect(limits).toEqual([{ kind: "HorizontalPodAutoscaler", why: "forbidden" }]);
  });

  it("finds the children of custom resources by their owner", () => {
    const lamp = make("example.com/v1", "Lamp", "l");
    const made = make("apps/v1", "StatefulSet", "l", { metadata: owner(lamp), spec: { replicas: 1 } });
    const view = relatedTo(lookOver([lamp, made]), {
      context: contextId.parse("c"),
      group: "example.com",
      version: "v1",
      plural: "lamps",
      kind: "Lamp",
      namespace: "shop",
      name: "l",
    });
    expect(view?.groups).toMatchObject([
      { relation: "children", nodes: [{ link: { kind: "StatefulSet" }, status: "0/1 ready" }] },
    ]);
  });
});

describe("references", () => {
  it("of a pod spec name each object once, with all its uses", () => {
    expect(referencesOf(podSpec).find(({ name }) => name === "keys")?.how).toBe("volume all, env PASSWORD");
    expect(referencesOf({ containers: [{ name: "a" }] })).toEqual([
      { kind: "ServiceAccount", name: "default", how: "serviceAccountName" },
    ]);
    expect(referencesOf({ replicas: 1 })).toEqual([]);
  });

  it("of a VirtualService take short and long hosts", () => {
    const route = make("networking.istio.io/v1", "VirtualService", "v", {
      spec: {
        http: [{ route: [{ destination: { host: "web" } }, { destination: { host: "api.other.svc.cluster.local" } }] }],
        tcp: [{ route: [{ destination: { host: "web" } }] }],
      },
    });
    expect(destinationsOf(route)).toEqual([
      { service: "web", namespace: "shop" },
      { service: "api", namespace: "other" },
    ]);
  });
});
