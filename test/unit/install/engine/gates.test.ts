import { describe, expect, test } from "vitest";
import { message, verbatim } from "../../../../common/words/index.ts";
import { subjectId } from "../../../../electron/install/engine/plan-view.ts";
import { GateSet } from "../../../../electron/install/plan/gates.ts";
import { applicationOf, type Condition, gateId } from "../../../../electron/install/plan/plan-types.ts";
import { definition, object } from "../objects-support.ts";
import { configMap, deployed, Engine, node, planOfNodes, workload } from "./engine-support.ts";

const pod = object("v1", "Pod", "probe", { metadata: { namespace: "default" } });
const conditions: [string, Condition][] = [
  ["applied:/ConfigMap/default/a", { type: "applied", scope: { of: "object" }, nodes: ["/ConfigMap/default/a"] }],
  ["applied:configuration of x", { type: "applied", scope: { of: "configuration", component: "x" }, nodes: ["n"] }],
  ["applied:what w.x checks", { type: "applied", scope: { of: "checked", webhook: "w.x" }, nodes: ["n"] }],
  ["applied:application x", { type: "applied", scope: { of: "application", application: "x" }, nodes: ["n"] }],
  ["served:x/v1/Thing", { type: "served", scope: { of: "kind", apiVersion: "x/v1", kind: "Thing" }, definitions: [] }],
  ["served:definitions of x", { type: "served", scope: { of: "component", component: "x" }, definitions: [] }],
  ["ready:apps/Deployment/default/a", { type: "ready", node: "apps/Deployment/default/a" }],
  ["endpoint:default/svc", { type: "endpoint", namespace: "default", service: "svc" }],
  ["exists:Namespace//x", { type: "exists", ref: { apiVersion: "v1", kind: "Namespace", name: "x" } }],
  ["accepts:c/w", { type: "accepts", configuration: "c", webhook: "w", object: pod }],
];

test.each(conditions)("a gate is called %s in every run", (id, condition) => {
  expect(gateId(condition)).toBe(id);
});

test("the application of a gate is read from its condition, not from its name", () => {
  const gates = new GateSet();
  const plain = gates.configuration("application x", [configMap("a")]);
  const order = gates.application("x", "X", [], undefined);
  expect([plain, order].map((id) => applicationOf(gates.gates.get(id) ?? never()))).toEqual([undefined, "x"]);
});

function never(): never {
  throw new Error("no such gate");
}

const crd = node(definition("x.io", "Thing"));
const maker = workload("maker");

/** A plan of the makers and of one object that waits for a gate. */
function behind(make: (gates: GateSet) => string, makers = [maker], options: { timeoutMs?: number } = {}) {
  const gates = new GateSet();
  const held = configMap("held", { component: "two" });
  const gate = make(gates);
  held.gates = [gate];
  const engine = new Engine(planOfNodes([...makers, held], gates), options).begin();
  return { engine, gate, held };
}

describe("ready", () => {
  const make = (gates: GateSet) => gates.ready(maker);

  test.each([
    ["not applied", (engine: Engine) => engine, "Deployment default/maker has not been applied yet"],
    [
      "applied and not seen",
      (engine: Engine) => engine.applied(maker),
      "Deployment default/maker has not been seen yet",
    ],
    [
      "without its pods",
      (engine: Engine) => engine.applied(maker).observed(deployed(maker, 1)),
      "1 of 2 pods available",
    ],
  ])("%s: closed, with the reason", (_name, act, because) => {
    const { engine, gate } = behind(make);
    expect(act(engine).why(gate)).toBe(because);
  });

  test("opens when the object is what its spec says", () => {
    const { engine, gate, held } = behind(make);
    engine.applied(maker).observed(deployed(maker));
    expect(engine.is(gate)).toBe("open");
    expect(engine.lastSent).toEqual([held.id]);
  });

  test("stays open: what was ready once has let the others go", () => {
    const { engine, gate } = behind(make);
    engine.applied(maker).observed(deployed(maker)).observed(deployed(maker, 0));
    expect(engine.is(gate)).toBe("open");
  });

  test("is told with the time it took and whose it is", () => {
    const { engine, gate } = behind(make);
    engine.put({ type: "applied", node: maker.id, tookMs: 1, atOnce: 4 }, 100).look(100);
    engine.put({ type: "observed", key: maker.id, object: deployed(maker) }, 2_000).look(2_100);
    expect(engine.facts("gateOpened")).toMatchObject([{ gate: { id: gate }, tookMs: 2_100, component: "one" }]);
  });

  test("a watch that can't go on is the reason while it lasts", () => {
    const { engine, gate } = behind(make);
    const troubles = new Map([[subjectId(maker.ref), verbatim("forbidden")]]);
    engine.applied(maker).put({ type: "watchTroubles", troubles }).look();
    expect(engine.why(gate)).toBe("forbidden");
    engine.put({ type: "watchTroubles", troubles: new Map() }).look();
    expect(engine.why(gate)).toBe("Deployment default/maker has not been seen yet");
  });

  test("why its pods do not run is said before what the object says", () => {
    const { engine, gate } = behind(make);
    const reason = verbatim("No node fits.");
    const view = { namespace: "default", name: "maker-1", state: "pending" as const, reason };
    engine
      .applied(maker)
      .put({ type: "pod", key: "p", pod: { view, owner: maker.id, ending: false } })
      .look();
    expect(engine.why(gate)).toBe("pod maker-1: No node fits.");
  });

  test.each([
    ["is being deleted", { owner: maker.id, ending: true }],
    ["is another workload's", { owner: "apps/Deployment/default/other", ending: false }],
    ["is nobody's", { owner: undefined, ending: false }],
  ])("a pod that %s is no reason", (_name, more) => {
    const { engine, gate } = behind(make);
    const view = {
      namespace: "default",
      name: "maker-1",
      state: "pending" as const,
      reason: verbatim("No node fits."),
    };
    engine
      .applied(maker)
      .put({ type: "pod", key: "p", pod: { view, ...more } })
      .look();
    expect(engine.why(gate)).toBe("Deployment default/maker has not been seen yet");
  });
});

describe("served", () => {
  const definitions = [{ node: crd, apiVersion: "x.io/v1", kind: "Thing" }];
  const make = (gates: GateSet) => gates.served({ of: "component", component: "one" }, definitions, verbatim("served"));
  const kind = { of: "kind", apiVersion: "x.io/v1", kind: "Thing", definition: crd.id } as const;

  test("is asked for once the definition is applied, and opens with a yes", () => {
    const { engine, gate } = behind(make, [crd]);
    expect(engine.asked()).toEqual([]);
    engine.applied(crd);
    expect(engine.asked()).toEqual(["Thing"]);
    expect(engine.why(gate)).toBe("the API server does not list Thing yet");
    expect(
      engine
        .put({ type: "answered", ask: kind, answer: { is: "yes" } })
        .look()
        .is(gate),
    ).toBe("open");
  });

  test("what the definition says about itself is the reason", () => {
    const { engine, gate } = behind(make, [crd]);
    const taken = { type: "NamesAccepted", status: "False", reason: "Taken", message: "things is taken" };
    engine.applied(crd).observed({ ...crd.object, status: { conditions: [taken] } });
    expect(engine.why(gate)).toMatch(/^CustomResourceDefinition things.x.io: .*taken/);
  });
});

describe("endpoint", () => {
  const make = (gates: GateSet) => gates.endpoint("default", "svc", [maker]);
  const slice = (ready: unknown, service = "svc", namespace = "default") =>
    object("discovery.k8s.io/v1", "EndpointSlice", `${service}-1`, {
      metadata: { namespace, labels: { "kubernetes.io/service-name": service } },
      endpoints: [{ conditions: { ready } }],
    });

  test.each([
    ["ready", slice(true), "open"],
    ["of unknown readiness", slice(undefined), "open"],
    ["not ready", slice(false), "closed"],
    ["of another Service", slice(true, "other"), "closed"],
    ["in another namespace", slice(true, "svc", "elsewhere"), "closed"],
  ])("an endpoint %s", (_name, made, is) => {
    const { engine, gate } = behind(make);
    expect(engine.applied(maker).observed(made).is(gate)).toBe(is);
  });

  test("a slice that is gone does not count any more", () => {
    const { engine, gate } = behind(make);
    engine
      .applied(maker)
      .put({ type: "observed", key: "discovery.k8s.io/EndpointSlice/default/svc-1", object: slice(true) });
    engine.put({ type: "observed", key: "discovery.k8s.io/EndpointSlice/default/svc-1", object: undefined }).look();
    expect(engine.is(gate)).toBe("closed");
  });
});

describe("exists", () => {
  const namespace = object("v1", "Namespace", "made");
  const make = (gates: GateSet) => gates.exists({ apiVersion: "v1", kind: "Namespace", name: "made" }, [maker]);

  test.each([
    ["is there", namespace, "open"],
    [
      "is being deleted",
      { ...namespace, metadata: { name: "made", deletionTimestamp: "2026-01-01T00:00:00Z" } },
      "closed",
    ],
    ["has another name", object("v1", "Namespace", "other"), "closed"],
  ])("what %s", (_name, made, is) => {
    const { engine, gate } = behind(make);
    expect(engine.applied(maker).observed(made).is(gate)).toBe(is);
  });
});

describe("accepts", () => {
  const make = (gates: GateSet) => gates.accepts("c", "w", pod, [gates.applied(maker)]);
  const dryRun = (gate: string) => ({ of: "dryRun", gate }) as const;

  test("is tried only after the gates before it", () => {
    const { engine, gate } = behind(make);
    expect(engine.asked()).toEqual([]);
    expect(engine.is(gate)).toBeUndefined();
    engine.applied(maker);
    expect(engine.asked()).toEqual([gate]);
    expect(engine.why(gate)).toBe("it has not responded to a dry run yet");
  });

  test("a refusal is the reason, and a passed dry run opens it", () => {
    const { engine, gate } = behind(make);
    engine
      .applied(maker)
      .put({ type: "answered", ask: dryRun(gate), answer: { is: "no", because: verbatim("no endpoints") } });
    expect(engine.look().why(gate)).toBe("no endpoints");
    engine.put({ type: "answered", ask: dryRun(gate), answer: { is: "yes" } });
    expect(engine.look().is(gate)).toBe("open");
  });
});

describe("a gate whose time is over", () => {
  test.each([
    ["applied", 1],
    ["not applied", 0],
  ])("its time runs once all it stands on is %s", (status, timers) => {
    const { engine } = behind((gates) => gates.ready(maker));
    if (status === "applied") engine.applied(maker).look();
    expect(engine.timers("gate")).toHaveLength(timers);
  });

  test("fails with the last reason, and its victims with it", () => {
    const { engine, gate } = behind((gates) => gates.ready(maker), [maker], { timeoutMs: 60_000 });
    engine.applied(maker).observed(deployed(maker, 1)).timer({ of: "gate", gate }, 60_000);
    expect(engine.facts("gateFailed")).toMatchObject([
      {
        error: {
          code: "gate-timeout",
          message: "1 minute has passed, and this condition is still not met: Deployment default/maker is ready.",
          advice: [message("readiness.podsAvailable", { have: "1", want: "2" })],
        },
      },
    ]);
    expect([...engine.state.failed.keys()]).toEqual(["two"]);
    expect(engine.state.nodes.get("/ConfigMap/default/held")).toBe("skipped");
  });

  test("an open one has no time that could be over", () => {
    const { engine, gate } = behind((gates) => gates.ready(maker));
    engine.applied(maker).observed(deployed(maker)).timer({ of: "gate", gate }, 600_000);
    expect(engine.is(gate)).toBe("open");
  });
});

describe("a gate that can't open any more", () => {
  const other = workload("other");
  const refused = { type: "refused", node: maker.id, error: { code: "apply-refused", message: "no" } } as const;

  test.each([
    ["ready", (gates: GateSet) => gates.ready(maker), "failed"],
    [
      "an endpoint with another workload behind it",
      (gates: GateSet) => gates.endpoint("default", "s", [maker, other]),
      "closed",
    ],
    ["an endpoint with this workload alone", (gates: GateSet) => gates.endpoint("default", "s", [maker]), "failed"],
    ["made by it, among others", (gates: GateSet) => gates.ready(other, [maker]), "failed"],
  ])("%s", (_name, make, is) => {
    const { engine, gate } = behind(make, [maker, { ...other, component: "three" }]);
    expect(engine.put(refused).look().is(gate)).toBe(is);
  });

  test("takes those after it with it, with its own reason", () => {
    const { engine, gate } = behind((gates) => gates.accepts("c", "w", pod, [gates.ready(maker)]));
    engine.put(refused).look();
    const [first, second] = engine.facts("gateFailed");
    expect(first?.gate.id).not.toBe(gate);
    expect(second).toMatchObject({ gate: { id: gate }, error: first?.error });
  });
});
