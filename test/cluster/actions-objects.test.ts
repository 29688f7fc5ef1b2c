import { beforeAll, expect, it } from "vitest";
import { type ChangeResult, objectFacts } from "../../common/contract/index.ts";
import { actionsOn } from "./actions-support.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

const podSpec = {
  initContainers: [{ name: "prepare", image: "registry.example/prepare:1" }],
  containers: [
    { name: "web", image: "registry.example/web:1" },
    { name: "side", image: "registry.example/side:1" },
  ],
};

const crd = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "farms.actions.example.org" },
  spec: {
    group: "actions.example.org",
    scope: "Namespaced",
    names: { plural: "farms", singular: "farm", kind: "Farm" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        subresources: { scale: { specReplicasPath: ".spec.hens", statusReplicasPath: ".status.hens" } },
      },
    ],
  },
};

await describeWithCluster("changes to objects", (test) => {
  const on = actionsOn(test);
  const { kubectl } = on;
  const get = (what: string, jsonpath: string) => kubectl.text("get", what, "-o", `jsonpath=${jsonpath}`);
  const configMap = (name: string) => on.target("", "v1", "configmaps", "ConfigMap", name, "default");
  const cronJob = () => on.target("batch", "v1", "cronjobs", "CronJob", "nightly", "default");

  beforeAll(async () => {
    const cronJobObject = {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "nightly", namespace: "default" },
      spec: {
        schedule: "0 3 * * *",
        jobTemplate: {
          metadata: { labels: { team: "night" }, annotations: { note: "kept" } },
          spec: {
            template: {
              spec: { restartPolicy: "Never", containers: [{ name: "run", image: "registry.example/run:1" }] },
            },
          },
        },
      },
    };
    await kubectl.apply(
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "default" },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: "web" } },
          template: { metadata: { labels: { app: "web" } }, spec: podSpec },
        },
      },
      cronJobObject,
      crd,
    );
    await kubectl.wait("crd/farms.actions.example.org", "condition=Established");
    await eventually(async () => {
      await kubectl.apply({
        apiVersion: "actions.example.org/v1",
        kind: "Farm",
        metadata: { name: "green", namespace: "default" },
        spec: { hens: 1 },
      });
      return true;
    });
  });

  it("scales a Deployment, a ReplicaSet and a custom resource with a scale subresource", async () => {
    const target = await on.known(on.workload("Deployment", "web"));
    expect(await on.change(target, { do: "scale", replicas: 3 }, true)).toEqual({});
    expect(await get("deployment/web", "{.spec.replicas}")).toBe("1");
    expect(await on.change(target, { do: "scale", replicas: 3 })).toEqual({});
    expect(await get("deployment/web", "{.spec.replicas}")).toBe("3");
    expect(await on.change(target, { do: "scale", replicas: 3 })).toEqual({ unchanged: true });
    const farm = on.target("actions.example.org", "v1", "farms", "Farm", "green", "default");
    expect(await on.change(await on.known(farm), { do: "scale", replicas: 7 })).toEqual({});
    expect(await get("farm/green", "{.spec.hens}")).toBe("7");
    const { subresources } = await on.methods()["actions.subresources"](farm, on.never);
    expect(subresources).toEqual(["scale"]);
    const ofConfigMaps = await on.methods()["actions.subresources"](configMap("x"), on.never);
    expect(ofConfigMaps.subresources).toEqual([]);
  });

  it("sets images by container, init containers too, and leaves the rest", async () => {
    const images = [
      { container: "web", image: "registry.example/web:2" },
      { container: "prepare", image: "registry.example/prepare:2" },
    ];
    expect(await on.change(await on.known(on.workload("Deployment", "web")), { do: "image", images })).toEqual({});
    const containers = "{.spec.template.spec.initContainers[*].image} {.spec.template.spec.containers[*].image}";
    expect(await get("deployment/web", containers)).toBe(
      "registry.example/prepare:2 registry.example/web:2 registry.example/side:1",
    );
    expect(await on.change(on.workload("Deployment", "web"), { do: "image", images })).toEqual({ unchanged: true });
    await expect(
      on.change(on.workload("Deployment", "web"), { do: "image", images: [{ container: "none", image: "x" }] }),
    ).rejects.toMatchObject({ code: "not-found" });
    const inJob = [{ container: "run", image: "registry.example/run:2" }];
    expect(await on.change(cronJob(), { do: "image", images: inJob })).toEqual({});
    expect(await get("cronjob/nightly", "{.spec.jobTemplate.spec.template.spec.containers[*].image}")).toBe(
      "registry.example/run:2",
    );
  });

  it("sets and removes labels and annotations", async () => {
    await kubectl.apply({
      ...meta("labelled"),
      kind: "ConfigMap",
      metadata: { ...meta("labelled").metadata, labels: { old: "x", same: "y" } },
    });
    const target = await on.known(configMap("labelled"));
    expect(
      await on.change(target, { do: "labels", set: { "team.example/a": "b", same: "z" }, remove: ["old", "none"] }),
    ).toEqual({});
    expect(JSON.parse(await get("configmap/labelled", "{.metadata.labels}"))).toEqual({
      "team.example/a": "b",
      same: "z",
    });
    expect(await on.change(target, { do: "annotations", set: { note: "two\nlines" }, remove: [] })).toEqual({});
    expect(await get("configmap/labelled", "{.metadata.annotations.note}")).toBe("two\nlines");
  });

  it("triggers a CronJob as kubectl create job --from does", async () => {
    const { created = "" } = await on.change(await on.known(cronJob()), { do: "trigger" });
    await kubectl.text("create", "job", "oracle", "--from=cronjob/nightly");
    const shape = async (name: string) => {
      const { metadata, spec } = await on.json<{
        metadata: { labels: object; annotations: object; ownerReferences: object[] };
        spec: { template: { spec: object } };
      }>("get", `job/${name}`);
      const { labels, annotations, ownerReferences } = metadata;
      return { labels, annotations, ownerReferences, pod: spec.template.spec };
    };
    expect(await shape(created)).toEqual(await shape("oracle"));
    await kubectl.wait(`job/${created}`, "condition=Complete");
  });

  it("suspends and resumes CronJobs", async () => {
    expect(await on.change(cronJob(), { do: "suspend", suspended: true })).toEqual({});
    expect(await get("cronjob/nightly", "{.spec.suspend}")).toBe("true");
    expect(await on.change(cronJob(), { do: "suspend", suspended: true })).toEqual({ unchanged: true });
    expect(await on.change(cronJob(), { do: "suspend", suspended: false })).toEqual({});
    expect(await get("cronjob/nightly", "{.spec.suspend}")).toBe("false");
  });

  it("cordons, uncordons and taints a node as kubectl does", async () => {
    const node = await on.known(on.node("practice-1"));
    expect(await on.change(node, { do: "cordon", unschedulable: true })).toEqual({});
    expect(await kubectl.text("get", "node/practice-1")).toContain("SchedulingDisabled");
    expect(await on.change(node, { do: "cordon", unschedulable: false })).toEqual({});
    expect(await get("node/practice-1", "{.spec}")).not.toContain("unschedulable");
    const set = [
      { key: "example.org/gpu", value: "yes", effect: "NoSchedule" as const },
      { key: "slow", effect: "PreferNoSchedule" as const },
    ];
    expect(await on.change(node, { do: "taints", set, remove: [] })).toEqual({});
    expect(await on.change(node, { do: "taints", set, remove: [] })).toEqual({ unchanged: true });
    expect(JSON.parse(await get("node/practice-1", "{.spec.taints}"))).toEqual(set);
    // kubectl finds both to take away: they are as it would have set them.
    await kubectl.text("taint", "nodes", "practice-1", "slow:PreferNoSchedule-");
    expect(await on.change(node, { do: "taints", set: [], remove: [{ key: "example.org/gpu" }] })).toEqual({});
    expect(await get("node/practice-1", "{.spec.taints}")).toBe("");
  });

  it("deletes with each kind of propagation", async () => {
    const make = (name: string) =>
      kubectl.apply({
        apiVersion: "apps/v1",
        kind: "ReplicaSet",
        metadata: { name, namespace: "default" },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [{ name: "c", image: "registry.example/c:1" }] },
          },
        },
      });
    const pods = (name: string) => kubectl.text("get", "pods", "-l", `app=${name}`, "-o", "name");
    const propagations = ["background", "foreground", "orphan"] as const;
    for (const propagation of propagations) await make(propagation);
    for (const propagation of propagations)
      await eventually(async () => ((await pods(propagation)) ? true : undefined));
    for (const propagation of propagations) {
      const target = await on.known(on.workload("ReplicaSet", propagation));
      const result = await on.change(target, { do: "delete", propagation });
      if (propagation === "foreground") expect(result.finalizers).toEqual(["foregroundDeletion"]);
      if (propagation === "background") expect(result).toEqual({});
    }
    await eventually(async () =>
      (await kubectl.text("get", "replicasets", "-o", "name")).match(/ground|orphan/) ? undefined : true,
    );
    await eventually(async () => ((await pods("background")) + (await pods("foreground")) === "" ? true : undefined));
    expect(await pods("orphan")).not.toBe("");
    await kubectl.text("delete", "pods", "-l", "app=orphan");
  });

  it("kills a pod at once, and says what another object waits for", async () => {
    await kubectl.apply({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "victim", namespace: "default" },
      spec: { containers: podSpec.containers },
    });
    await kubectl.wait("pod/victim", "condition=Ready");
    expect(
      await on.change(await on.known(on.pod("victim")), {
        do: "delete",
        propagation: "background",
        gracePeriodSeconds: 0,
      }),
    ).toEqual({});
    expect((await kubectl.run(["get", "pod/victim"])).code).toBe(1);

    await kubectl.apply({
      ...meta("held"),
      kind: "ConfigMap",
      metadata: { ...meta("held").metadata, finalizers: ["example.org/a", "example.org/b"] },
    });
    const held = await on.known(configMap("held"));
    expect(await on.change(held, { do: "delete", propagation: "background" })).toEqual({
      finalizers: ["example.org/a", "example.org/b"],
    });
    expect(await on.change(held, { do: "finalizer", remove: "example.org/b" })).toEqual({});
    expect(await get("configmap/held", "{.metadata.finalizers}")).toBe('["example.org/a"]');
    expect(await on.change(held, { do: "finalizer", remove: "example.org/b" })).toEqual({ unchanged: true });
    expect(await on.change(held, { do: "finalizer", remove: "example.org/a" })).toEqual({});
    expect((await kubectl.run(["get", "configmap/held"])).code).toBe(1);
  });

  it("leaves alone what was made anew under the same name", async () => {
    await kubectl.apply({
      ...meta("twice"),
      kind: "ConfigMap",
      metadata: { ...meta("twice").metadata, finalizers: [] },
    });
    await kubectl.text("scale", "deployment/web", "--replicas=1");
    const old = {
      map: await on.known(configMap("twice")),
      web: await on.known(on.workload("Deployment", "web")),
    };
    await kubectl.text("delete", "configmap/twice");
    await kubectl.apply({ ...meta("twice"), kind: "ConfigMap" });
    const web = await kubectl.text("get", "deployment/web", "-o", "json");
    await kubectl.text("delete", "deployment/web", "--wait");
    await kubectl.run(["create", "-f", "-"], web);
    const gone = { code: "object-not-found" };
    await expect(on.change(old.map, { do: "delete", propagation: "background" })).rejects.toMatchObject(gone);
    await expect(on.change(old.map, { do: "labels", set: { a: "b" }, remove: [] })).rejects.toMatchObject(gone);
    await expect(on.change(old.web, { do: "scale", replicas: 5 })).rejects.toMatchObject(gone);
    await expect(on.change(old.web, { do: "restart" })).rejects.toMatchObject(gone);
    await expect(
      on.change(old.web, { do: "image", images: [{ container: "web", image: "registry.example/web:8" }] }),
    ).rejects.toMatchObject(gone);
    expect(await get("configmap/twice", "{.metadata.labels}")).toBe("");
    expect(await get("deployment/web", "{.spec.replicas}")).toBe("1");
  });

  it("does each of many, and keeps going past one that fails", async () => {
    await kubectl.apply(...["m1", "m3"].map((name) => ({ ...meta(name), kind: "ConfigMap" })));
    const { results } = await on.methods()["actions.run"](
      {
        targets: ["m1", "m2", "m3"].map(configMap),
        change: { do: "delete", propagation: "background" },
        dryRun: false,
      },
      on.never,
    );
    expect(results.map(({ error }: ChangeResult) => error?.code)).toEqual([undefined, "object-not-found", undefined]);
    expect((await kubectl.run(["get", "configmaps", "m1", "m3"])).stderr).toMatch(
      /"m1" not found[\s\S]*"m3" not found/,
    );
  });

  it("reveals one value of a Secret, and tells nothing of it in facts", async () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    await kubectl.apply({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", namespace: "default" },
      data: { word: Buffer.from("비밀 word\n").toString("base64"), bytes: bytes.toString("base64"), empty: "" },
    });
    const target = on.target("", "v1", "secrets", "Secret", "s", "default");
    const reveal = (key: string) => on.methods()["secret.reveal"]({ target, key }, on.never);
    expect(await reveal("word")).toMatchObject({ text: "비밀 word\n", bytes: 12 });
    expect(await reveal("bytes")).toEqual({ base64: bytes.toString("base64"), bytes: 4 });
    expect(await reveal("empty")).toEqual({ base64: "", text: "", bytes: 0 });
    await expect(reveal("constructor")).rejects.toMatchObject({ code: "not-found" });
    const { facts } = await on.methods()["actions.facts"]({ targets: [target] }, on.never);
    expect(objectFacts.parse(facts[0]).keys).toEqual([
      { name: "bytes", bytes: 4 },
      { name: "empty", bytes: 0 },
      { name: "word", bytes: 12 },
    ]);
    expect(JSON.stringify(facts)).not.toContain(Buffer.from("비밀 word\n").toString("base64"));
  });

  it("names the autoscaler that would set replicas back, and what is gone", async () => {
    await kubectl.text("autoscale", "deployment/web", "--min=1", "--max=3", "--name=scaler");
    const { facts } = await on
      .methods()
      ["actions.facts"]({ targets: [on.workload("Deployment", "web"), configMap("never")] }, on.never);
    expect(facts[0]).toMatchObject({ autoscaler: "scaler", paused: false, missing: false });
    expect(facts[1]).toMatchObject({ missing: true });
  });
});

function meta(name: string) {
  return { apiVersion: "v1", metadata: { name, namespace: "default" } };
}
