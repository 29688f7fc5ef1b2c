import { describe, expect, it } from "vitest";
import { causeIds } from "../../../common/contract/index.ts";
import { en } from "../../../common/words/catalogue.ts";
import { messages } from "../../../common/words/en/messages/index.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";
import { causesOf } from "../../../electron/objects/causes.ts";
import { lookOver, make, owner } from "./fake-look.ts";

const labels = { app: "web" };
const selector = { matchLabels: labels };
const condition = (type: string, status: string, more: object = {}) => ({ type, status, ...more });
const deployment = (more: object = {}, status: object = {}) =>
  make("apps/v1", "Deployment", "web", { spec: { replicas: 2, selector, ...more }, status });
const full = { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2, readyReplicas: 2 };
const pod = (name: string, status: object, more: object = {}) =>
  make("v1", "Pod", name, { metadata: { labels, ...more }, status });
const waiting = (reason: string, message: string) => ({
  phase: "Pending",
  containerStatuses: [{ name: "main", image: "registry.example/web:1", state: { waiting: { reason, message } } }],
});
const event = (about: KubeObject, reason: string, message: string, more: object = {}) =>
  make("v1", "Event", `${about.metadata.name}.${reason}`, {
    involvedObject: { kind: about.kind, name: about.metadata.name, uid: about.metadata.uid },
    type: "Warning",
    reason,
    message,
    count: 1,
    lastTimestamp: "2026-01-01T11:59:00Z",
    ...more,
  });
const ids = (object: KubeObject, others: KubeObject[] = [], options: Parameters<typeof lookOver>[1] = {}) =>
  causesOf(lookOver([object, ...others], options), object).map(({ id }) => id);

describe("why an object is not well", () => {
  it("has a sentence and an explanation for every cause", () => {
    expect(Object.keys(messages.cause).toSorted()).toEqual([...causeIds].toSorted());
    expect(Object.keys(en.object.explain).toSorted()).toEqual([...causeIds].toSorted());
  });

  it("tells of a pod what its events know better, and how often it was tried", () => {
    const broken = pod("web-1", waiting("ImagePullBackOff", "Back-off pulling image"));
    const [cause] = causesOf(
      lookOver([broken, event(broken, "Failed", "Failed to pull image: 404 not found", { count: 6 })]),
      broken,
    );
    expect(cause).toMatchObject({ level: "bad", words: "Failed to pull image: 404 not found" });
    expect(cause).toMatchObject({ params: { container: "main", image: "registry.example/web:1" }, tries: 6 });
    expect(cause?.help).toContain("image");
  });

  it("does not take events of an earlier pod of the same name", () => {
    const broken = pod("web-1", waiting("ImagePullBackOff", "Back-off"));
    const old = event(broken, "Failed", "Failed to pull image", {
      involvedObject: { kind: "Pod", name: "web-1", uid: "another" },
      count: 9,
    });
    expect(causesOf(lookOver([broken, old]), broken)[0]?.tries).toBeUndefined();
  });

  it("tells of a workload the worst of its pods, and which pod that is", () => {
    const web = deployment({}, { readyReplicas: 0 });
    const pods = [
      pod("web-1", { phase: "Pending" }),
      pod("web-2", waiting("CrashLoopBackOff", "")),
      pod("web-3", waiting("ImagePullBackOff", "404"), { deletionTimestamp: "2026-01-01T12:00:20Z" }),
    ];
    const [cause, ...more] = causesOf(lookOver([web, ...pods]), web);
    expect(cause).toMatchObject({ id: "crash", level: "bad", about: { kind: "Pod", name: "web-2" } });
    expect(more).toEqual([]);
  });

  it("tells the worst first", () => {
    const web = deployment({ paused: true });
    expect(ids(web, [pod("web-1", waiting("CrashLoopBackOff", ""))])).toEqual(["crash", "paused"]);
  });

  it.each<[string, KubeObject, KubeObject[], string[]]>([
    ["a workload that is well", deployment({}, full), [pod("web-1", { phase: "Pending" })], []],
    ["a paused one", deployment({ paused: true }, full), [], ["paused"]],
    ["one without pods yet", deployment(), [], ["podsMissing"]],
    [
      "pods that are refused",
      deployment({}, { conditions: [condition("ReplicaFailure", "True", { message: "exceeded quota" })] }),
      [],
      ["podsRefused"],
    ],
    [
      "refused pods whose rollout also stands still",
      deployment(
        {},
        {
          conditions: [
            condition("ReplicaFailure", "True"),
            condition("Progressing", "False", { reason: "ProgressDeadlineExceeded" }),
          ],
        },
      ),
      [],
      ["podsRefused"],
    ],
    [
      "a failed Job",
      make("batch/v1", "Job", "j", {
        status: { conditions: [condition("Failed", "True", { reason: "BackoffLimitExceeded" })] },
      }),
      [],
      ["jobFailed"],
    ],
    ["a suspended CronJob", make("batch/v1", "CronJob", "c", { spec: { suspend: true } }), [], ["suspended"]],
    [
      "a claim without any class",
      make("v1", "PersistentVolumeClaim", "c", { spec: {}, status: { phase: "Pending" } }),
      [],
      ["claimNoClass"],
    ],
    [
      "a claim whose class is not there",
      make("v1", "PersistentVolumeClaim", "c", { spec: { storageClassName: "x" }, status: { phase: "Pending" } }),
      [],
      ["claimClassMissing"],
    ],
    [
      "a claim that waits for its first pod",
      make("v1", "PersistentVolumeClaim", "c", { spec: { storageClassName: "x" }, status: { phase: "Pending" } }),
      [make("storage.k8s.io/v1", "StorageClass", "x", { volumeBindingMode: "WaitForFirstConsumer" })],
      ["claimWaits"],
    ],
    [
      "a lost claim",
      make("v1", "PersistentVolumeClaim", "c", { spec: {}, status: { phase: "Lost" } }),
      [],
      ["claimLost"],
    ],
    [
      "a node that does not answer and has no disk left",
      make("v1", "Node", "n", {
        spec: { unschedulable: true },
        status: { conditions: [condition("Ready", "Unknown"), condition("DiskPressure", "True")] },
      }),
      [],
      ["nodeNotReady", "nodePressure", "cordoned"],
    ],
    [
      "a Service that no pod is for",
      make("v1", "Service", "s", { spec: { type: "ClusterIP", selector: labels } }),
      [],
      ["serviceNoPods"],
    ],
    [
      "a Service of pods that are not ready",
      make("v1", "Service", "s", { spec: { type: "ClusterIP", selector: labels } }),
      [pod("web-1", { phase: "Pending" })],
      ["serviceNoneReady"],
    ],
    [
      "a Service that has an endpoint and waits for its address",
      make("v1", "Service", "s", { spec: { type: "LoadBalancer", selector: labels } }),
      [
        make("discovery.k8s.io/v1", "EndpointSlice", "s-1", {
          metadata: { labels: { "kubernetes.io/service-name": "s" } },
          endpoints: [{ addresses: ["10.0.0.1"] }],
        }),
      ],
      ["addressPending"],
    ],
    ["a Service without a selector", make("v1", "Service", "s", { spec: { type: "ClusterIP" } }), [], []],
    [
      "an Ingress to nowhere",
      make("networking.k8s.io/v1", "Ingress", "i", {
        spec: { defaultBackend: { service: { name: "gone", port: { number: 80 } } } },
      }),
      [],
      ["backendMissing"],
    ],
    [
      "a webhook nobody answers",
      make("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "w", {
        webhooks: [{ name: "a", clientConfig: { service: { namespace: "shop", name: "hook" } } }],
      }),
      [make("v1", "Service", "hook", { spec: { selector: labels } })],
      ["webhookEmpty"],
    ],
    [
      "a custom resource that is not ready",
      make("example.com/v1", "Lamp", "l", {
        status: { conditions: [condition("Ready", "False", { reason: "NoBulb" })] },
      }),
      [],
      ["condition"],
    ],
    [
      "Knative's Service, told by its conditions",
      make("serving.knative.dev/v1", "Service", "k", { status: { conditions: [condition("Ready", "False")] } }),
      [],
      ["condition"],
    ],
    [
      "what can't be deleted",
      make("v1", "ConfigMap", "c", {
        metadata: { deletionTimestamp: "2026-01-01T11:00:00Z", finalizers: ["example.com/kept"] },
      }),
      [],
      ["deletionBlocked"],
    ],
    [
      "what is deleted just now",
      make("v1", "ConfigMap", "c", {
        metadata: { deletionTimestamp: "2026-01-01T11:59:55Z", finalizers: ["example.com/kept"] },
      }),
      [],
      ["ending"],
    ],
    ["what is well", make("v1", "ConfigMap", "c"), [], []],
  ])("finds it for %s", (_, object, others, expected) => {
    expect(ids(object, others)).toEqual(expected);
  });

  it("tells the failure of a CronJob's last Job, not of an earlier one", () => {
    const cron = make("batch/v1", "CronJob", "c", { spec: {} });
    const job = (name: string, created: string, type: string) =>
      make("batch/v1", "Job", name, {
        metadata: { ...owner(cron), creationTimestamp: created },
        status: { conditions: [condition(type, "True")] },
      });
    expect(
      ids(cron, [job("c-1", "2026-01-01T01:00:00Z", "Failed"), job("c-2", "2026-01-01T02:00:00Z", "Complete")]),
    ).toEqual([]);
    expect(
      ids(cron, [job("c-1", "2026-01-01T01:00:00Z", "Complete"), job("c-2", "2026-01-01T02:00:00Z", "Failed")]),
    ).toEqual(["jobOfCronFailed"]);
  });

  it("accuses nobody of what it may not see", () => {
    const ingress = make("networking.k8s.io/v1", "Ingress", "i", {
      spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
    });
    expect(ids(ingress, [], { forbidden: ["Service"] })).toEqual([]);
    const service = make("v1", "Service", "s", { spec: { selector: labels } });
    expect(ids(service, [], { forbidden: ["Pod", "EndpointSlice"] })).toEqual([]);
    const claim = make("v1", "PersistentVolumeClaim", "c", { spec: {}, status: { phase: "Pending" } });
    expect(ids(claim, [], { forbidden: ["StorageClass"] })).toEqual(["claimPending"]);
  });

  it("tells that pods are refused wherever some are missing, in the words of who refused them", () => {
    const quota = "pods is forbidden: exceeded quota: q";
    const set = make("apps/v1", "StatefulSet", "s", {
      spec: { replicas: 2, selector },
      status: { observedGeneration: 1, replicas: 1, readyReplicas: 1 },
    });
    const ready = { phase: "Running", conditions: [condition("Ready", "True")] };
    expect(causesOf(lookOver([set, pod("s-0", ready), event(set, "FailedCreate", quota)]), set)).toMatchObject([
      { id: "podsRefused", level: "bad", words: quota },
    ]);
    const job = make("batch/v1", "Job", "j", { spec: { completions: 1, parallelism: 1, selector } });
    expect(causesOf(lookOver([job, event(job, "FailedCreate", quota)]), job)).toMatchObject([
      { id: "podsRefused", words: quota },
    ]);
    const going = [job, pod("j-1", ready), event(job, "FailedCreate", quota)];
    expect(causesOf(lookOver(going), job)).toEqual([]);
  });

  it("tells each condition of a namespace that does not go once", () => {
    const failure = condition("NamespaceDeletionContentFailure", "True", { reason: "ContentDeletionFailed" });
    const stuck = make("v1", "Namespace", "n", {
      metadata: { deletionTimestamp: "2026-01-01T11:00:00Z" },
      status: { phase: "Terminating", conditions: [failure, condition("NamespaceContentRemaining", "True")] },
    });
    expect(ids(stuck)).toEqual(["condition", "condition", "ending"]);
  });

  it("reads kinds of other groups by what they say themselves", () => {
    expect(ids(make("batch.volcano.example/v1", "Job", "j", { status: { state: { phase: "Completed" } } }))).toEqual(
      [],
    );
    const conditions = { Ready: condition("Ready", "True") };
    expect(ids(make("storage.example/v1", "Node", "n", { status: { conditions } }))).toEqual([]);
    expect(
      ids(make("odd.example/v1", "Deployment", "d", { status: { conditions: [condition("Ready", "True")] } })),
    ).toEqual([]);
    expect(ids(make("odd.example/v1", "Pod", "p", { status: { phase: "Ready" } }))).toEqual([]);
    const lost = { Ready: condition("Ready", "False", { reason: "KubeletLost" }) };
    expect(ids(make("storage.example/v1", "Node", "n", { status: { conditions: lost } }))).toEqual(["condition"]);
  });

  it("tells why an autoscaler can't measure, not that one is off", () => {
    const scaler = (status: string, reason: string) =>
      make("autoscaling/v2", "HorizontalPodAutoscaler", "h", {
        status: { conditions: [condition("AbleToScale", "True"), condition("ScalingActive", status, { reason })] },
      });
    expect(causesOf(lookOver([]), scaler("False", "FailedGetExternalMetric"))).toMatchObject([
      { id: "condition", params: { type: "ScalingActive", reason: "FailedGetExternalMetric" }, level: "bad" },
    ]);
    expect(ids(scaler("False", "ScalingDisabled"))).toEqual([]);
  });

  it("names the pods that use a claim which is to go, and offers nothing that defeats its protection", () => {
    const claim = make("v1", "PersistentVolumeClaim", "data", {
      metadata: { deletionTimestamp: "2026-01-01T11:00:00Z", finalizers: ["kubernetes.io/pvc-protection"] },
      status: { phase: "Bound" },
    });
    const user = pod("web-1", { phase: "Running" });
    user.spec = { containers: [], volumes: [{ name: "d", persistentVolumeClaim: { claimName: "data" } }] };
    expect(causesOf(lookOver([claim, user]), claim)).toMatchObject([
      { id: "claimInUse", params: { pods: "web-1" }, about: { kind: "Pod", name: "web-1" }, help: [] },
    ]);
    expect(ids(claim)).toEqual(["deletionBlocked"]);
  });

  it("tells of a claim without a class what the volume controller says", () => {
    const claim = make("v1", "PersistentVolumeClaim", "c", {
      spec: { storageClassName: "" },
      status: { phase: "Pending" },
    });
    const words = "no persistent volumes available for this claim and no storage class is set";
    const told = event(claim, "FailedBinding", words, { type: "Normal" });
    expect(causesOf(lookOver([claim, told]), claim)).toMatchObject([{ id: "claimByHand", words }]);
  });

  it("tells of a pod that waits for its claim what is wrong with the claim", () => {
    const claim = make("v1", "PersistentVolumeClaim", "data", {
      spec: { storageClassName: "local" },
      status: { phase: "Pending" },
    });
    const classes = [make("storage.k8s.io/v1", "StorageClass", "local", { volumeBindingMode: "WaitForFirstConsumer" })];
    const user = pod("web-1", { phase: "Pending" });
    user.spec = { containers: [], volumes: [{ name: "d", persistentVolumeClaim: { claimName: "data" } }] };
    const refused = event(claim, "ProvisioningFailed", "only ReadWriteOnce is supported");
    expect(causesOf(lookOver([claim, ...classes, user, refused]), user)).toMatchObject([
      {
        id: "claimPending",
        about: { kind: "PersistentVolumeClaim", name: "data" },
        words: "only ReadWriteOnce is supported",
      },
    ]);
  });

  it("offers no log of a container that never ran", () => {
    const broken = pod("web-1", waiting("CreateContainerConfigError", "runAsNonRoot and image will run as root"));
    expect(causesOf(lookOver([broken]), broken)).toMatchObject([
      { id: "containerStart", level: "bad", help: ["events"] },
    ]);
  });
});
