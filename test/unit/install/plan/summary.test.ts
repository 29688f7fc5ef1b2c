import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { isOlder } from "../../../../common/contract/index.ts";
import { manifestLines } from "../../../../electron/install/commands.ts";
import { Catalogue } from "../../../../electron/install/index.ts";
import { makePlan } from "../../../../electron/install/plan/plan.ts";
import { freeOn, warningsFor } from "../../../../electron/install/plan/preflight.ts";
import { summarise } from "../../../../electron/install/plan/summary.ts";
import { podRequest } from "../../../../electron/install/plan/workloads.ts";
import { deployment, emptyCluster, object, root } from "../objects-support.ts";
import { planOf } from "./plan-support.ts";

const asks = (cpu: string, more: object = {}) => ({ resources: { requests: { cpu } }, ...more });
const container = (cpu: string) => ({ name: "c", image: "i:1", resources: { requests: { cpu, memory: "1Gi" } } });
const claim = object("v1", "PersistentVolumeClaim", "data", { spec: { resources: { requests: { storage: "10Gi" } } } });
const two = deployment("default", "two", { app: "two" }, { containers: [container("500m")] });
const objects = [{ ...two, spec: { ...(two.spec as object), replicas: 2 } }, claim];

function plan(existing = new Map()) {
  return makePlan({
    installation: "i",
    components: [{ id: "a", title: "A" }],
    rendered: [{ id: "a", objects }],
    facts: emptyCluster({ existing }),
  });
}
const capacity = { version: "v1.36.0", nodes: 3, storageClasses: ["slow"] };

test("init containers count by the scheduler's rule", () => {
  expect(podRequest({ containers: [asks("1"), asks("500m")], initContainers: [asks("2")] }, "cpu")).toBe(2);
  expect(
    podRequest({ containers: [asks("1")], initContainers: [asks("250m", { restartPolicy: "Always" })] }, "cpu"),
  ).toBe(1.25);
  expect(
    podRequest(
      { containers: [asks("1")], initContainers: [asks("250m", { restartPolicy: "Always" }), asks("2")] },
      "cpu",
    ),
  ).toBe(2.25);
});

test("the summary adds up", () => {
  const summary = summarise({
    plan: plan(),
    facts: emptyCluster(),
    release: "r",
    nodes: 3,
    warnings: [],
  });
  expect(summary.totals).toEqual({
    cpu: 1,
    memoryBytes: 2 * 2 ** 30,
    storageBytes: 10 * 2 ** 30,
    pods: 2,
    objects: 2,
    images: 1,
    customResourceDefinitions: 0,
  });
  expect(summary.components[0]).toMatchObject({
    id: "a",
    objects: 2,
    workloads: 1,
    kinds: { Deployment: 1, PersistentVolumeClaim: 1 },
  });
  expect(summary.changes).toEqual({ create: 2, update: 0, foreign: [] });
  expect(summary.waves.map(({ id }) => id)).toEqual(["configuration", "workloads", "verification"]);
});

test("what speaks against it is said: no default StorageClass, too little room, too old a server, others' objects", () => {
  const messages = (given: Parameters<typeof warningsFor>[1], made = plan()) =>
    warningsFor(made, given, "1.34").map(({ message }) => message);
  expect(messages({ ...capacity, defaultStorageClass: "slow", free: { cpu: 4, memoryBytes: 2 ** 40 } })).toEqual([]);
  expect(messages(capacity).join()).toMatch(/no default StorageClass.*data/);
  expect(messages({ ...capacity, defaultStorageClass: "slow", free: { cpu: 0.5, memoryBytes: 2 ** 30 } })).toEqual([
    "The components request 1.0 CPU, but only 0.5 CPU is available.",
    "The components request 2.0 GiB of memory, but only 1.0 GiB is available.",
  ]);
  expect(messages({ ...capacity, defaultStorageClass: "slow", version: "v1.29.3" }).join()).toContain("v1.29.3");
  const theirs = plan(
    new Map([
      ["apps/Deployment/default/two", object("apps/v1", "Deployment", "two", { metadata: { namespace: "default" } })],
    ]),
  );
  expect(messages({ ...capacity, defaultStorageClass: "slow" }, theirs).join()).toContain(
    "A already exists in this cluster",
  );
});

test("on EKS it is said that volumes need the EBS driver, unless another one provides them", () => {
  const said = (more: object, platform: "eks" | "gke" = "eks") =>
    warningsFor(plan(), { ...capacity, defaultStorageClass: "gp2", csiDrivers: [], ...more }, "1.34", {
      platform,
    }).filter(({ message }) => message.includes("EBS CSI driver"));
  const [warning] = said({ provisioner: "kubernetes.io/aws-ebs" });
  expect(warning).toMatchObject({
    message:
      "This EKS cluster has no EBS CSI driver, so 1 PersistentVolumeClaim can't get a volume from the StorageClass gp2.",
  });
  expect(JSON.stringify(warning)).toContain("preflight.ebsDriverAdvice");
  expect(said({ provisioner: "ebs.csi.aws.com" })).toHaveLength(1);
  expect(said({ defaultStorageClass: undefined })).toHaveLength(1);
  expect(said({ provisioner: "kubernetes.io/aws-ebs" }, "gke")).toEqual([]);
  expect(said({ provisioner: "efs.csi.aws.com" })).toEqual([]);
  for (const driver of ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com"])
    expect(said({ provisioner: "ebs.csi.aws.com", csiDrivers: [driver] })).toEqual([]);
  expect(said({ csiDrivers: undefined })).toEqual([]);
});

test("a node has to have room for the largest pod, and enough places; what is there already needs none", () => {
  const said = (rooms: object[], existing = new Map(), architectures?: string[]) =>
    warningsFor(
      plan(existing),
      {
        ...{ ...capacity, defaultStorageClass: "slow", free: { cpu: 9, memoryBytes: 2 ** 40 } },
        rooms: rooms.map((room) => ({
          ...{ count: 1, architecture: "amd64", cpu: 4, memoryBytes: 4 * 2 ** 30, pods: 10, usable: true, ...room },
        })),
      },
      "1.34",
      { architectures },
    ).map(({ message }) => message);
  expect(said([{}])).toEqual([]);
  const small = { memoryBytes: 2 ** 29 };
  expect(said([small, small])).toEqual(["No node fits: two alone needs 1.0 of 0.5 GiB."]);
  expect(said([{ pods: 1 }])).toEqual(["No node fits: Kubeflow runs 2 pods; the nodes take 1."]);
  expect(said([{ taints: ["gpu=yes:NoSchedule"] }])).toEqual([
    "No node fits: the taint gpu=yes:NoSchedule keeps Kubeflow's pods away.",
  ]);
  expect(said([{ architecture: "arm64" }])).toEqual([]);
  expect(said([{ architecture: "arm64" }], new Map(), ["amd64"])).toEqual([
    "No node fits: arm64 nodes; the images are built for amd64.",
  ]);
  const there = object("apps/v1", "Deployment", "two", { metadata: { namespace: "default" } });
  expect(said([small], new Map([["apps/Deployment/default/two", there]])).join()).not.toContain("No node fits");
});

test("room is what nodes have less what their pods ask for", () => {
  const node = object("v1", "Node", "n", { status: { allocatable: { cpu: "4", memory: "8Gi" } } });
  const pod = (phase: string) =>
    object("v1", "Pod", "p", { spec: { nodeName: "n", containers: [container("1")] }, status: { phase } });
  expect(freeOn([node], [pod("Running"), pod("Succeeded")])).toEqual({ cpu: 3, memoryBytes: 7 * 2 ** 30 });
});

test.each([
  ["v1.33.9", "1.34", true],
  ["v1.34.0", "1.34", false],
  ["v2.0.0", "1.34", false],
  ["v1.9.0-gke.1", "1.25", true],
])("%s is older than %s: %s", (version, minimum, older) => {
  expect(isOlder(version, minimum)).toBe(older);
});

test("the shell lines quote what a shell would take apart, and name kfctl's variables", async () => {
  const release = await new Catalogue(`${root}/assets`).get("26.03");
  const settings = {
    ...{
      version: 1 as const,
      name: "kf",
      baseDir: "/home/o'neil/my kubeflow",
      release: "26.03",
      platform: "existing" as const,
      auth: "dex" as const,
    },
    ...{ email: "a@b.example", userNamespace: "ann", components: ["dex"], images: {} },
  };
  const lines = manifestLines("install", { settings, release, contextName: "a b" });
  expect(lines).toContain(`export BASE_DIR='/home/o'\\''neil/my kubeflow'`);
  expect(lines).toContain("export KF_NAME=kf");
  expect(lines.join("\n")).toMatch(/flowdeck install --release 26\.03 --context 'a b' .*--components dex/);
});

test("on a full cluster it is said that pods of the plan may evict others, and only where they may", () => {
  const priority = (name: string, more: object = {}) =>
    object("scheduling.k8s.io/v1", "PriorityClass", name, { value: 1000, ...more });
  const said = (priorityClassName: string | undefined, classes: ReturnType<typeof priority>[], cpu = 0.1) => {
    const one = deployment("default", "one", { app: "one" }, { containers: [container("500m")], priorityClassName });
    const made = planOf({ a: [one, ...classes.filter(({ inPlan }) => inPlan === true)] });
    const free = { cpu, memoryBytes: 2 ** 40 };
    return warningsFor(made, { ...capacity, free, priorityClasses: classes }, "1.34")
      .map(({ message }) => message)
      .join();
  };
  expect(said("first", [priority("first", { inPlan: true })])).toContain(
    "may evict running pods with a lower priority: these components use the PriorityClass first (1000)",
  );
  expect(said("system-cluster-critical", [priority("system-cluster-critical", { value: 2e9 })])).toMatch(/evict/);
  expect(said(undefined, [priority("standard", { globalDefault: true })])).toMatch(/evict/);
  for (const harmless of [
    said("first", [priority("first", { preemptionPolicy: "Never" })]),
    said("first", [priority("first", { value: 0 })]),
    said("first", [priority("first")], 4),
    said(undefined, [priority("first")]),
  ])
    expect(harmless).not.toMatch(/evict/);
});

test("the starter's own pods go first in the queue but evict nobody", async () => {
  const text = await readFile(`${root}/assets/starter/foundation/namespaces.yaml`, "utf8");
  const classes = parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter(({ kind }) => kind === "PriorityClass");
  expect(classes).toMatchObject([{ preemptionPolicy: "Never" }]);
});
