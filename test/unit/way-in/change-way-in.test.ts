import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type AccessProgress, accessSettings, contextId, type ObjectRef } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";
import { type ChangeDeps, changeWayIn } from "../../../electron/way-in/change-way-in.ts";
import { rolloutState } from "../../../electron/way-in/rollout.ts";
import { object } from "../install/objects-support.ts";

const dashboard = { namespace: "istio-system", service: "istio-ingressgateway", port: 80 };

const ref = (name: string): ObjectRef => ({ apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow", name });
const deployment = (name: string, status: object, more: object = {}) =>
  object("apps/v1", "Deployment", name, {
    metadata: { namespace: "kubeflow", generation: 2 },
    spec: { replicas: 1, ...more },
    status: { observedGeneration: 2, ...status },
  });
const ready = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
const deadline = [
  { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message: "has timed out" },
];

describe("the pods that a change restarts", () => {
  const stateOf = (...all: KubeObject[]) =>
    rolloutState(all.map((live) => ({ ref: ref(live.metadata.name), until: "rolled-out" as const, live })));

  it("are waited for by the rules of kubectl", () => {
    expect(stateOf(deployment("a", ready), deployment("b", { ...ready, replicas: 2 }))).toEqual({
      done: 1,
      waitsFor: {
        id: "wayIn.rolloutWaits",
        params: { deployment: "kubeflow/b", ready: "1", desired: "1" },
      },
    });
    expect(stateOf(deployment("a", ready))).toEqual({ done: 1 });
    // The gateway was there before: what else is done to it is not waited for.
    const live = deployment("a", { ...ready, updatedReplicas: 0, conditions: deadline });
    expect(rolloutState([{ ref: ref("a"), until: "available", live }])).toEqual({ done: 1 });
    const none = deployment("a", { ...ready, availableReplicas: 0 });
    expect(rolloutState([{ ref: ref("a"), until: "available", live: none }]).failed).toMatchObject({
      said: { id: "wayIn.rolloutNone" },
    });
  });

  it("are given up where they will not come by themselves", () => {
    const failed = stateOf(deployment("a", { replicas: 1, conditions: deadline })).failed;
    expect(failed).toMatchObject({
      code: "workload-failed",
      said: { id: "wayIn.rolloutFailed" },
      detail: "has timed out",
    });
    expect(stateOf(deployment("a", {}, { paused: true })).failed).toMatchObject({
      said: { id: "wayIn.rolloutPaused" },
    });
    expect(rolloutState([{ ref: ref("a"), until: "available", live: undefined }]).failed).toMatchObject({
      code: "not-found",
    });
  });
});

describe("a change of the way in", () => {
  const access = accessSettings.parse({ way: "nodePort", nodePort: 31380 });

  /** Stand-ins for the installer and the cluster: what they answer is what this is about. */
  function world(objects: () => KubeObject[], steps: Partial<AccessProgress>[]) {
    const client = {
      server: "https://127.0.0.1:6443",
      get: async ({ kind, name }: ObjectRef) =>
        objects().find((one) => one.kind === kind && one.metadata.name === name),
      list: async (_apiVersion: string, kind: string) => objects().filter((one) => one.kind === kind),
      close: async () => undefined,
    };
    const recorded = [{ kfDir: "/kf", dashboard, settings: { access, platform: "existing" } }];
    const installer = {
      recorded: async () => recorded,
      access: {
        async *apply() {
          for (const step of steps)
            yield { step: "record", done: 1, all: 1, changed: false, ...step } as AccessProgress;
        },
      },
    };
    const deps = {
      ...{ installer, connections: { client: async () => client }, options: { timeoutMs: 500 } },
      patience: { rolloutMs: 150, verifyMs: 100, everyMs: 10 },
    };
    return deps as unknown as ChangeDeps;
  }

  async function run(deps: ChangeDeps, signal = AbortSignal.timeout(10_000)): Promise<AccessProgress[]> {
    const seen: AccessProgress[] = [];
    const request = { kfDir: "/kf", context: contextId.parse("one"), access, digest: "x" };
    for await (const one of changeWayIn(deps, request, signal)) seen.push(one);
    return seen;
  }

  const done: Partial<AccessProgress> = { state: "done", changed: true, restarts: [ref("web")] };

  it("waits for the pods, then says what answers at the address", async () => {
    const web = createServer((_request, response) => void response.end("ok")).listen(0, "127.0.0.1");
    await once(web, "listening");
    const { port: nodePort } = web.address() as AddressInfo;
    const service = object("v1", "Service", dashboard.service, {
      metadata: { namespace: dashboard.namespace },
      spec: { type: "NodePort", ports: [{ port: 80, nodePort }] },
    });
    const node = object("v1", "Node", "n", {
      status: {
        conditions: [{ type: "Ready", status: "True" }],
        addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
      },
    });
    let asked = 0;
    const world1 = world(() => {
      asked += 1;
      return [service, node, deployment("web", asked > 3 ? ready : { ...ready, updatedReplicas: 0 })];
    }, [{ state: "running" }, done]);
    const seen = await run(world1);
    web.close();
    expect(seen.map(({ step }) => step).filter((step, index, all) => step !== all[index - 1])).toEqual([
      "record",
      "rollout",
      "verify",
    ]);
    expect(seen.filter(({ state }) => state === "done")).toHaveLength(1);
    expect(seen.at(-1)).toMatchObject({ state: "done", view: { answer: { status: 200 }, attention: [] } });
    expect(seen.some(({ waitsFor }) => waitsFor?.id === "wayIn.rolloutWaits")).toBe(true);
  });

  it("is made, but says so, where the pods are late", async () => {
    const seen = await run(world(() => [deployment("web", { ...ready, availableReplicas: 0 })], [done]));
    expect(seen.at(-1)).toMatchObject({
      state: "done",
      trouble: { code: "gate-timeout", advice: [{ id: "wayIn.rolloutWaits" }, { id: "wayIn.rolloutWay" }] },
    });
    // Looked at once all the same.
    expect(seen.at(-1)?.view).toMatchObject({ access: { way: "nodePort" } });
  });

  it("that fails or was cancelled is not waited for", async () => {
    const seen = await run(world(() => [], [{ state: "failed" }]));
    expect(seen).toMatchObject([{ state: "failed" }]);
  });
});
