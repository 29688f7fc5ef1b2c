import { describe, expect, test } from "vitest";
import { verbatim } from "../../../../common/words/index.ts";
import { GateSet } from "../../../../electron/install/plan/gates.ts";
import { object } from "../objects-support.ts";
import { configMap, Engine, node, planOfNodes } from "./engine-support.ts";

const a = configMap("a", { priority: 1 });
const b = configMap("b", { priority: 9 });
const c = configMap("c", { priority: 5 });
const refusal = { code: "apply-refused", message: "ConfigMap default/a was refused." } as const;

describe("sending", () => {
  test("begins with what waits for nothing, the most urgent first", () => {
    expect(new Engine(planOfNodes([a, b, c])).begin().sent).toEqual([b.id, c.id, a.id]);
  });

  test.each([1, 2, 3])("%i at once, at most", (concurrency) => {
    const engine = new Engine(planOfNodes([a, b, c]), { concurrency }).begin();
    expect(engine.sent).toEqual([b.id, c.id, a.id].slice(0, concurrency));
    expect([...engine.state.sending]).toHaveLength(concurrency);
  });

  test("the next goes when one is answered", () => {
    const engine = new Engine(planOfNodes([a, b, c]), { concurrency: 1 }).begin().applied(b);
    expect(engine.sent).toEqual([b.id, c.id]);
  });

  test("as many as the server takes at first, and as many as it can take by its answers", () => {
    const many = Array.from({ length: 60 }, (_, index) => configMap(`n${index}`));
    const engine = new Engine(planOfNodes(many)).begin();
    expect(engine.sent).toHaveLength(4);
    for (const one of many.slice(0, 30)) engine.put({ type: "applied", node: one.id, tookMs: 100, atOnce: 20 });
    expect(engine.state.sending.size).toBe(16);
    engine.put({ type: "applied", node: many[30]?.id ?? "", tookMs: 100, atOnce: 6 });
    expect(engine.state.sending.size).toBe(15);
  });

  test("what came of it is told once, with the uid", () => {
    const engine = new Engine(planOfNodes([a, b])).begin().applied(a);
    expect(engine.facts("applied")).toMatchObject([{ node: a, uid: `uid of ${a.id}`, done: 1, total: 2 }]);
  });

  test.each([
    [0, 200],
    [1, 400],
    [2, 800],
    [3, 1600],
    [4, 3200],
    [5, 5000],
    [9, 5000],
  ])("after %i failures the pause is %i ms, at most", (before, delayMs) => {
    const engine = new Engine(planOfNodes([a])).begin();
    for (let count = 0; count <= before; count += 1) {
      engine.put({ type: "notYet", node: a.id, because: verbatim("no") });
      if (count < before) engine.timer({ of: "retry", node: a.id });
    }
    expect(engine.facts("retrying").at(-1)).toMatchObject({ attempt: before + 1, delayMs });
    expect(engine.timers("retry").at(-1)?.pause).toEqual({ attempt: before, ms: 200, maxMs: 5000 });
  });

  test("it is sent again after the pause, and not before", () => {
    const engine = new Engine(planOfNodes([a])).begin().put({ type: "notYet", node: a.id, because: verbatim("no") });
    expect(engine.lastSent).toEqual([]);
    expect(engine.timer({ of: "retry", node: a.id }).lastSent).toEqual([a.id]);
    expect(engine.timer({ of: "retry", node: a.id }).lastSent).toEqual([]);
  });

  test("what waits for the server says why", () => {
    const engine = new Engine(planOfNodes([a])).begin().put({ type: "notYet", node: a.id, because: verbatim("busy") });
    expect(engine.waits().get(a.id)?.because).toEqual(verbatim("busy"));
  });

  test("once it is taken there is nothing to wait for", () => {
    const engine = new Engine(planOfNodes([a, b]))
      .begin()
      .put({ type: "notYet", node: a.id, because: verbatim("busy") });
    engine.timer({ of: "retry", node: a.id }).applied(a);
    expect(engine.state.retries.size).toBe(0);
    expect(engine.waits().size).toBe(0);
  });

  test.each([
    [59_999, "applying"],
    [60_001, "failed"],
  ])("refused for %i of 60 000 ms it is %s", (at, status) => {
    const engine = new Engine(planOfNodes([a]), { timeoutMs: 60_000 }).begin();
    engine.put({ type: "notYet", node: a.id, because: verbatim("busy") }, 0).timer({ of: "retry", node: a.id }, 100);
    engine.put({ type: "notYet", node: a.id, because: verbatim("busy") }, at);
    expect(engine.state.nodes.get(a.id)).toBe(status);
    expect(engine.state.failed.get("one")?.code).toBe(status === "failed" ? "gate-timeout" : undefined);
  });

  test("in the place of what is being deleted nothing is sent before it is gone", () => {
    const engine = new Engine(planOfNodes([a]))
      .begin()
      .put({ type: "going", node: a.id, because: verbatim("finalizers") });
    expect(engine.state.nodes.get(a.id)).toBe("applying");
    engine.timer({ of: "retry", node: a.id });
    expect(engine.last).toContainEqual({ type: "send", node: a, going: true });
    engine.put({ type: "notYet", node: a.id, because: verbatim("busy") }).timer({ of: "retry", node: a.id });
    expect(engine.last).toContainEqual({ type: "send", node: a, going: false });
  });

  test("a refusal ends its component: what is queued of it stays behind, others go on", () => {
    const other = configMap("other", { component: "two" });
    const engine = new Engine(planOfNodes([b, c, a, other]), { concurrency: 1 }).begin();
    engine.put({ type: "refused", node: b.id, error: refusal });
    expect(engine.lastSent).toEqual([other.id]);
    expect(Object.fromEntries(engine.state.nodes)).toEqual({
      [a.id]: "skipped",
      [b.id]: "failed",
      [c.id]: "skipped",
      [other.id]: "applying",
    });
    expect([...engine.state.failed]).toEqual([["one", refusal]]);
  });

  test("what is being tried again of a failed component stays behind, too", () => {
    const engine = new Engine(planOfNodes([a, b])).begin().put({ type: "notYet", node: a.id, because: verbatim("no") });
    engine.put({ type: "refused", node: b.id, error: refusal }).timer({ of: "retry", node: a.id });
    expect(engine.state.nodes.get(a.id)).toBe("skipped");
    expect(engine.state.retries.size).toBe(0);
    expect(engine.state.done).toBe(true);
  });

  test("a refusal is told as one, and once as the component's end", () => {
    const engine = new Engine(planOfNodes([a, b])).begin();
    engine.put({ type: "refused", node: a.id, error: refusal }).put({ type: "refused", node: b.id, error: refusal });
    expect(engine.facts("refused")).toHaveLength(2);
    expect(engine.facts("componentFailed")).toEqual([
      { type: "componentFailed", id: "one", error: refusal, begun: true },
    ]);
  });

  test("an event of an object that is not in the plan changes nothing", () => {
    const engine = new Engine(planOfNodes([a])).begin();
    const { nodes } = engine.state;
    expect(engine.put({ type: "applied", node: "x", tookMs: 1, atOnce: 4 }).state.nodes).toEqual(nodes);
  });
});

describe("a namespace that was taken away", () => {
  const namespace = node(object("v1", "Namespace", "default"));
  const missing = { type: "notYet", because: verbatim("no namespace"), namespace: "default" } as const;
  const renewals = (engine: Engine) => engine.all.filter(({ type }) => type === "renew").length;

  test("is applied again once, however many objects miss it", () => {
    const engine = new Engine(planOfNodes([namespace, a, b])).begin().applied(namespace);
    engine.put({ ...missing, node: a.id }).put({ ...missing, node: b.id });
    expect(renewals(engine)).toBe(1);
  });

  test.each(["renewed", "notRenewed"] as const)("is applied again later, after it was %s", (type) => {
    const engine = new Engine(planOfNodes([namespace, a])).begin().applied(namespace);
    engine.put({ ...missing, node: a.id }).put({ type, node: namespace.id });
    engine.timer({ of: "retry", node: a.id }).put({ ...missing, node: a.id });
    expect(renewals(engine)).toBe(2);
    expect(engine.facts("renewed")).toHaveLength(type === "renewed" ? 1 : 0);
  });

  test("that is not in the plan is waited for only", () => {
    const engine = new Engine(planOfNodes([a])).begin().put({ ...missing, node: a.id });
    expect(renewals(engine)).toBe(0);
    expect(engine.timers("retry")).toHaveLength(1);
  });
});

describe("what waits for gates", () => {
  test("is sent when all of them are open", () => {
    const gates = new GateSet();
    const last = configMap("last");
    last.gates = [gates.applied(a), gates.applied(b)];
    const engine = new Engine(planOfNodes([a, b, last], gates)).begin().applied(a);
    expect(engine.sent).not.toContain(last.id);
    expect(engine.applied(b).sent).toContain(last.id);
  });

  test("is not sent before it was looked at: many changes are one look", () => {
    const gates = new GateSet();
    const last = configMap("last");
    last.gates = [gates.applied(a)];
    const engine = new Engine(planOfNodes([a, b, last], gates)).begin();
    const looks = engine.timers("look").length;
    engine
      .put({ type: "applied", node: a.id, tookMs: 1, atOnce: 4 })
      .put({ type: "applied", node: b.id, tookMs: 1, atOnce: 4 });
    expect(engine.timers("look")).toHaveLength(looks + 1);
    expect(engine.sent).not.toContain(last.id);
    expect(engine.look().lastSent).toEqual([last.id]);
  });
});
