import { describe, expect, test } from "vitest";
import { verbatim } from "../../../../common/words/index.ts";
import type { PodSeen } from "../../../../electron/install/engine/run-types.ts";
import { GateSet } from "../../../../electron/install/plan/gates.ts";
import { object } from "../objects-support.ts";
import { configMap, deployed, Engine, planOfNodes, workload } from "./engine-support.ts";

const config = configMap("config");
const app = workload("app");
const refusal = { code: "apply-refused", message: "no" } as const;

function running(options: { timeoutMs?: number } = {}) {
  const gates = new GateSet();
  const outcome = gates.ready(app);
  return new Engine(planOfNodes([config, app], gates, [outcome]), options).begin();
}

function pod(state: PodSeen["view"]["state"], more: Partial<PodSeen> = {}): PodSeen {
  const view = { namespace: "user", name: "artifact", state, reason: verbatim("It waits.") };
  return { view, owner: undefined, ending: false, ...more };
}

describe("a component", () => {
  test("goes from waiting to ready, one step at a time", () => {
    const engine = running();
    engine.applied(config).applied(app).observed(deployed(app, 1)).observed(deployed(app));
    expect(engine.facts("component").map(({ change }) => [change.state, change.applied, change.ready])).toEqual([
      ["applying", 0, 0],
      ["applying", 1, 0],
      ["applying", 2, 0],
      ["starting", 2, 0],
      ["ready", 2, 1],
    ]);
  });

  test("is told from the start with what it consists of", () => {
    expect(running().facts("begun")).toEqual([
      { type: "begun", components: [{ id: "one", title: "ONE", objects: 2, workloads: 1 }], objects: 2, pods: 2 },
    ]);
  });

  test("without workloads is ready with its last object", () => {
    const engine = new Engine(planOfNodes([config])).begin().applied(config);
    expect(engine.state.components.get("one")).toEqual({ state: "ready", applied: 1, ready: 0 });
  });

  test("that failed stays failed, whatever comes after", () => {
    const engine = running().applied(app).put({ type: "refused", node: config.id, error: refusal });
    engine.observed(deployed(app));
    expect(engine.state.components.get("one")?.state).toBe("failed");
  });

  test("tells how much has come true", () => {
    const gates = new GateSet();
    const other = workload("other", { component: "two" });
    const engine = new Engine(planOfNodes([app, other], gates, [gates.ready(app), gates.ready(other)])).begin();
    engine.applied(app, other).observed(deployed(app)).observed(deployed(other));
    expect(engine.facts("outcomes").map(({ fraction }) => fraction)).toEqual([0.5, 1]);
  });
});

describe("in a KfDef's order", () => {
  const parts = ["one", "two", "three"].map((component) => configMap(component, { component }));
  function inOrder() {
    const gates = new GateSet();
    let before: string | undefined;
    const nodes = parts.map((part) => {
      const own = { ...part, gates: before === undefined ? [] : [before] };
      before = gates.application(part.component, part.component, [own], before);
      return own;
    });
    return { engine: new Engine(planOfNodes(nodes, gates)).begin(), nodes };
  }

  test("each application waits for the one before it", () => {
    const { engine, nodes } = inOrder();
    expect(engine.sent).toEqual([nodes[0]?.id]);
    for (const one of nodes) engine.applied(one);
    expect(engine.sent).toEqual(nodes.map(({ id }) => id));
    expect(engine.state.done).toBe(true);
  });

  test("those after one that failed never begin, and only it is told as failed", () => {
    const { engine, nodes } = inOrder();
    engine.put({ type: "refused", node: nodes[0]?.id ?? "", error: refusal }).look();
    expect([...engine.state.failed.keys()]).toEqual(["one", "two", "three"]);
    expect([...engine.state.notBegun]).toEqual(["two", "three"]);
    expect(engine.facts("componentFailed").map(({ id, begun }) => [id, begun])).toEqual([
      ["one", true],
      ["two", false],
      ["three", false],
    ]);
    expect(engine.state.done).toBe(true);
  });
});

describe("the end", () => {
  const ended = (engine: Engine) => engine.all.filter(({ type }) => type === "end").length;

  test("comes when all is applied and every outcome is decided", () => {
    const engine = running().applied(config, app);
    expect(ended(engine)).toBe(0);
    engine.observed(deployed(app));
    expect(ended(engine)).toBe(1);
  });

  test("comes once, and nothing happens after it", () => {
    const engine = running().applied(config, app).observed(deployed(app));
    const { state } = engine;
    engine
      .put({ type: "pod", key: "p", pod: pod("failing") })
      .timer({ of: "pods" })
      .look();
    expect(engine.state).toBe(state);
    expect(engine.last).toEqual([]);
    expect(ended(engine)).toBe(1);
  });

  test("of a plan without objects comes at once", () => {
    expect(ended(new Engine(planOfNodes([])).begin())).toBe(1);
  });

  test("does not come while something is tried again", () => {
    const engine = new Engine(planOfNodes([config])).begin();
    engine.put({ type: "notYet", node: config.id, because: verbatim("busy") });
    expect(ended(engine)).toBe(0);
    engine.timer({ of: "retry", node: config.id }).applied(config);
    expect(ended(engine)).toBe(1);
  });

  test("does not wait for what can't come any more", () => {
    const engine = running().put({ type: "refused", node: app.id, error: refusal });
    expect(ended(engine)).toBe(0);
    engine.applied(config);
    expect(ended(engine)).toBe(1);
    expect([...engine.state.failed.keys()]).toEqual(["one"]);
  });

  test("leaves nothing shown as waiting", () => {
    const engine = running().applied(config, app);
    expect(engine.waits().size).toBe(1);
    engine.observed(deployed(app));
    expect(engine.facts("waits").at(-1)?.waits.size).toBe(0);
  });
});

describe("pods beside the workloads", () => {
  const ready = (state: PodSeen["view"]["state"], more: Partial<PodSeen> = {}) => {
    const engine = running({ timeoutMs: 60_000 }).put({ type: "pod", key: "p", pod: pod(state, more) });
    return engine.applied(config, app).observed(deployed(app));
  };

  test.each(["running", "completed"] as const)("that are %s are not waited for", (state) => {
    expect(ready(state).state.done).toBe(true);
  });

  test.each(["pending", "starting", "failing"] as const)("that are %s are waited for, with their reason", (state) => {
    const engine = ready(state);
    expect(engine.state.done).toBe(false);
    expect(engine.waits().get("pod user/artifact")?.because).toEqual(verbatim("It waits."));
  });

  test("that are being deleted are not waited for", () => {
    expect(ready("failing", { ending: true }).state.done).toBe(true);
  });

  test.each([
    ["runs", pod("running")],
    ["is gone", undefined],
  ])("the end comes when the last of them %s", (_name, seen) => {
    const engine = ready("pending").put({ type: "pod", key: "p", pod: seen });
    expect(engine.state.done).toBe(true);
  });

  test("have their time, and no more", () => {
    const engine = ready("pending").look().look();
    expect(engine.timers("pods").map(({ pause }) => pause)).toEqual([{ ms: 60_000 }]);
    expect(engine.timer({ of: "pods" }).state.done).toBe(true);
  });

  test("are not waited for where something failed", () => {
    const engine = running().put({ type: "pod", key: "p", pod: pod("pending") });
    engine.put({ type: "refused", node: app.id, error: refusal }).applied(config);
    expect(engine.state.done).toBe(true);
  });
});

describe("problems", () => {
  const problem = { code: "workload-failed", message: "It does not start." } as const;

  test("are told, and told as cured once", () => {
    const engine = running().put({ type: "problem", id: "pods of app", problem });
    engine
      .put({ type: "cured", id: "pods of app", said: verbatim("well") })
      .put({ type: "cured", id: "pods of app", said: verbatim("well") });
    expect(engine.facts("problem")).toEqual([{ type: "problem", id: "pods of app", problem, isTold: true }]);
    expect(engine.facts("solved")).toEqual([{ type: "solved", id: "pods of app", said: verbatim("well") }]);
  });

  test("that were none are not told as cured", () => {
    expect(
      running()
        .put({ type: "cured", id: "x", said: verbatim("well") })
        .facts("solved"),
    ).toEqual([]);
  });

  test("a controller that can't make its pods is shown, and solved without a word", () => {
    const failing = { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: "quota exceeded" };
    const counts = { observedGeneration: 1, replicas: 0, unavailableReplicas: 2 };
    const made = { ...app.object, metadata: { ...app.object.metadata, generation: 1 } };
    const engine = running()
      .applied(app)
      .observed({ ...made, status: { ...counts, conditions: [failing] } });
    expect(engine.facts("problem")).toMatchObject([
      { problem: { code: "workload-failed", component: "one", object: app.ref }, isTold: false },
    ]);
    expect(engine.facts("problem")[0]?.problem.message).toContain("quota exceeded");
    engine.observed(deployed(app));
    expect(engine.facts("solved")).toEqual([{ type: "solved", id: `creating pods of ${app.id}` }]);
  });
});

test("objects that no gate looks at cost nothing", () => {
  const engine = running();
  const { state } = engine;
  const other = object("v1", "ConfigMap", "other", { metadata: { namespace: "default" } });
  engine.put({ type: "observed", key: "/ConfigMap/default/other", object: other });
  expect(engine.state).toBe(state);
  expect(engine.last).toEqual([]);
});

test("a watch that fails is told", () => {
  const engine = running().put({ type: "watchFailed", what: "Pod (v1)", why: "forbidden" });
  expect(engine.facts("watchFailed")).toEqual([{ type: "watchFailed", what: "Pod (v1)", why: "forbidden" }]);
});

test("what waits is shown at most once in a while", () => {
  const engine = running().applied(config);
  const before = engine.timers("waits").length;
  engine.applied(app);
  expect(engine.timers("waits")).toHaveLength(before);
  engine.timer({ of: "waits" }).observed(deployed(app, 1));
  expect(engine.timers("waits")).toHaveLength(before + 1);
});
