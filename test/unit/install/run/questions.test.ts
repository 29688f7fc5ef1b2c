import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type AppError, contextId, FlowdeckError } from "../../../../common/contract/index.ts";
import { message, textOf, verbatim } from "../../../../common/words/index.ts";
import type { ApiResource, ClusterClient, KubeObject } from "../../../../electron/cluster/index.ts";
import { makePlan } from "../../../../electron/install/plan/plan.ts";
import type { Gate } from "../../../../electron/install/plan/plan-types.ts";
import { runPlan } from "../../../../electron/install/run/install-run.ts";
import { StatusStore } from "../../../../electron/install/run/status-store.ts";
import { definition, emptyCluster, object } from "../objects-support.ts";

const rejected = new FlowdeckError("credentials-rejected", verbatim("The API server does not accept the credentials."));
const execFailed = new FlowdeckError("exec-failed", verbatim("The program aws ended with code 255."));
const forbidden = new FlowdeckError("forbidden", verbatim("Not allowed to read what the API server serves."));
const unreachable = new FlowdeckError("cluster-unreachable", verbatim("The API server does not answer."));
const unknown = new FlowdeckError("kind-unknown", verbatim("The API server has no Thing."));
const answer: ApiResource = {
  apiVersion: "x/v1",
  kind: "Thing",
  plural: "things",
  namespaced: true,
  verbs: [],
} as never;

const stops: (() => Promise<void>)[] = [];
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  vi.useRealTimers();
});

interface Asked {
  resourceFor?: (apiVersion: string) => void;
  get?: () => KubeObject | undefined;
  create?: () => void;
}

/** A run whose objects are all applied; `client` answers what gates ask, or throws. */
function evaluator(asked: Asked, options: { kinds?: number; timeoutMs?: number; probe?: boolean } = {}) {
  const { kinds = 1, timeoutMs = 600_000 } = options;
  const requests = { resourceFor: 0, get: 0, create: 0 };
  const fake: Partial<ClusterClient> = {
    resourceFor: async (apiVersion) => {
      requests.resourceFor += 1;
      asked.resourceFor?.(apiVersion);
      return answer;
    },
    get: async () => {
      requests.get += 1;
      return asked.get?.();
    },
    atOnce: () => 4,
    apply: async (made) => ({ ...made, metadata: { ...made.metadata, uid: "u" } }),
    create: async (made) => {
      requests.create += 1;
      asked.create?.();
      return made;
    },
    // Watches stay quiet.
    watch: async function* (_apiVersion, _kind, { signal } = {}) {
      yield { type: "synced" };
      await new Promise((resolve) => signal?.addEventListener("abort", resolve));
    },
  };
  const client = fake as ClusterClient;
  const rendered = Array.from({ length: kinds }, (_, index) => ({
    id: `c${index}`,
    objects: [
      definition(`g${index}.example.com`, "Thing"),
      object(`g${index}.example.com/v1`, "Thing", "a", { metadata: { namespace: "default" } }),
    ],
  }));
  const components = rendered.map(({ id }) => ({ id, title: id }));
  const plan = makePlan({ installation: "i", components, rendered, facts: emptyCluster() });
  const served = plan.gates.filter(({ condition }) => condition.type === "served");
  const probing: Gate = {
    id: "webhook",
    condition: { type: "accepts", configuration: "c", webhook: "w", object: object("v1", "Pod", "probe") },
    title: message("gate.applied", { object: "x" }),
    basis: [],
    after: [],
  };
  plan.gates = options.probe ? [probing] : served;
  if (options.probe) for (const node of plan.nodes) if (node.gates.length > 0) node.gates = [probing.id];
  const stop = new AbortController();
  const opened: string[] = [];
  const failed: AppError[] = [];
  const statusStore = new StatusStore({
    kfDir: "/x",
    activity: "install",
    release: "x",
    title: "x",
    context: contextId.parse("x"),
  });
  const done = runPlan({
    ...{ plan, client, timeoutMs, statusStore, signal: stop.signal },
    log: { add: () => {} },
    journal: {
      noteKey: () => {},
      note: (entry) => {
        if (entry.t === "gate") opened.push(entry.gate);
        if (entry.t === "failed") failed.push(entry.error);
      },
    },
  }).catch(() => undefined);
  stops.push(async () => {
    stop.abort();
    await done;
  });
  const reasons = () =>
    statusStore.snapshot().waiting.map(({ because }) => ({ en: textOf(because, "en"), ko: textOf(because, "ko") }));
  return { requests, opened, failed, reasons, gates: plan.gates };
}

const throwing = (error: () => Error | undefined) => () => {
  const thrown = error();
  if (thrown) throw thrown;
};

test.each([
  ["rejected credentials", rejected, /rejected the credentials.*does not accept/, /자격 증명을 거부/],
  ["a failing exec plug-in", execFailed, /code 255/, /자격 증명 프로그램/],
  ["forbidden discovery", forbidden, /not allowed.*Not allowed/i, /권한/],
])("%s: told at once in both languages, asked again slowly", async (_name, error, en, ko) => {
  const run = evaluator({ resourceFor: throwing(() => error) });
  await vi.advanceTimersByTimeAsync(200);
  expect(run.reasons()[0]?.en).toMatch(en);
  expect(run.reasons()[0]?.ko).toMatch(ko);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run.requests.resourceFor).toBeGreaterThan(2);
  expect(run.requests.resourceFor).toBeLessThan(12);
  expect(run.reasons()[0]?.en).toMatch(en);
  expect(run.opened).toEqual([]);
});

test("thirty kinds that can't be asked for share one pace", async () => {
  const run = evaluator({ resourceFor: throwing(() => rejected) }, { kinds: 30 });
  await vi.advanceTimersByTimeAsync(200);
  const first = run.requests.resourceFor;
  expect(first).toBeLessThanOrEqual(30);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run.requests.resourceFor - first).toBeLessThan(12);
});

test("an API server that does not answer is named as the reason, and asked with pauses", async () => {
  const run = evaluator({ resourceFor: throwing(() => unreachable) });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run.requests.resourceFor).toBeGreaterThan(10);
  expect(run.requests.resourceFor).toBeLessThan(60);
  expect(run.reasons()[0]?.en).toMatch(/does not answer/);
  expect(run.reasons()[0]?.ko).toMatch(/응답/);
});

test("when it works again, all gates open and no reason is left", async () => {
  let error: FlowdeckError | undefined = rejected;
  const run = evaluator({ resourceFor: throwing(() => error) }, { kinds: 5 });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(run.opened).toEqual([]);
  error = undefined;
  await vi.advanceTimersByTimeAsync(31_000);
  expect(run.opened).toHaveLength(run.gates.length);
  expect(run.reasons()).toEqual([]);
});

test("one kind that can't be asked for does not keep the others closed", async () => {
  const run = evaluator(
    { resourceFor: (apiVersion) => throwing(() => (apiVersion.startsWith("g0.") ? rejected : undefined))() },
    { kinds: 4 },
  );
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run.opened).toHaveLength(3);
  expect(run.requests.resourceFor).toBeLessThan(20);
});

test("after the time allowed the gate fails with that reason", async () => {
  const run = evaluator({ resourceFor: throwing(() => execFailed) }, { timeoutMs: 60_000 });
  await vi.advanceTimersByTimeAsync(61_000);
  expect(run.failed.map(({ code }) => code)).toEqual(["gate-timeout"]);
  expect(run.failed[0]?.advice?.map((one) => textOf(one, "en")).join()).toMatch(/code 255/);
  const { resourceFor } = run.requests;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(run.requests.resourceFor - resourceFor).toBeLessThanOrEqual(1);
});

test("a kind that is not listed yet is looked up at its own pace, also where its definition can't be read", async () => {
  const run = evaluator({
    resourceFor: throwing(() => unknown),
    get: () => {
      throw forbidden;
    },
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run.requests.resourceFor).toBeGreaterThan(25);
  expect(run.requests.resourceFor).toBeLessThan(70);
  expect(run.requests.get).toBeLessThan(15);
  expect(run.reasons()[0]?.en).toBe("CustomResourceDefinition things.g0.example.com: not established yet");
});

test("a dry run that never reached the API server opens no gate", async () => {
  let error: FlowdeckError | undefined = execFailed;
  const run = evaluator({ create: throwing(() => error) }, { probe: true });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run.opened).toEqual([]);
  expect(run.requests.create).toBeLessThan(12);
  expect(run.reasons()[0]?.en).toMatch(/code 255/);
  error = undefined;
  await vi.advanceTimersByTimeAsync(31_000);
  expect(run.opened).toEqual(["webhook"]);
});

test("a dry run that the webhook answered, also with a refusal, opens the gate", async () => {
  const run = evaluator({ create: throwing(() => forbidden) }, { probe: true });
  await vi.advanceTimersByTimeAsync(200);
  expect(run.opened).toEqual(["webhook"]);
  expect(run.requests.create).toBe(1);
});
