import { expect, test } from "vitest";
import { message, verbatim } from "../../../../common/words/index.ts";
import { makePlan } from "../../../../electron/install/plan/plan.ts";
import { applicationOf } from "../../../../electron/install/plan/plan-types.ts";
import { waitsOf } from "../../../../electron/install/run/pending-reasons.ts";
import { definition, deployment, emptyCluster, object } from "../objects-support.ts";

function waiting(inOrder: boolean) {
  const thing = (name: string) =>
    object(`${name}.example.com/v1`, "Thing", name, { metadata: { namespace: "default" } });
  const application = (name: string) => [
    definition(`${name}.example.com`, "Thing"),
    thing(name),
    deployment("default", name, { app: name }),
  ];
  const rendered = ["one", "two", "three"].map((id) => ({ id, objects: application(id) }));
  const components = rendered.map(({ id }) => ({ id, title: id }));
  const plan = makePlan({ installation: "i", components, rendered, facts: emptyCluster(), inOrder });
  const first = plan.gates.find((gate) => applicationOf(gate) === "one");
  // As it is at the beginning: every gate that stands behind no other has been asked, and none is open.
  const closed = plan.gates
    .filter(({ after }) => after.length === 0)
    .map((gate) => ({ gate, because: verbatim("not yet") }));
  const held = (gate: string) => plan.nodes.filter((node) => node.gates.includes(gate));
  const nodes = new Map(plan.nodes.map((node) => [node.id, node]));
  return { first, waits: [...waitsOf({ plan, nodes, held, retries: new Map(), closed, pods: [] }).values()] };
}

test("applications whose turn has not come wait for that alone, in one line; the one at work tells its own waits", () => {
  const { first, waits } = waiting(true);
  expect(waits[0]).toEqual({
    what: message("wait.nextApplication", { number: 2 }),
    forWhat: first?.title,
    because: verbatim("not yet"),
    component: "one",
  });
  expect(waits.length).toBeGreaterThan(1);
  expect(waits.every(({ component }) => component === "one")).toBe(true);
});

test("without an order everything tells what it waits for", () => {
  const { waits } = waiting(false);
  expect(new Set(waits.map(({ component }) => component))).toEqual(new Set(["one", "two", "three"]));
});

test("a pod beside the workloads is waited for, with its reason", () => {
  const reason = message("pod.waitsForScheduler");
  const pod = { namespace: "user", name: "artifact", state: "pending" as const, reason };
  const rendered = [{ id: "one", objects: [deployment("default", "one", { app: "one" })] }];
  const components = [{ id: "one", title: "one" }];
  const plan = makePlan({ installation: "i", components, rendered, facts: emptyCluster() });
  const nothing = { plan, nodes: new Map(), held: () => [], retries: new Map(), closed: [] };
  const waits = [...waitsOf({ ...nothing, pods: [pod, { ...pod, name: "own", component: "one" }] }).values()];
  expect(waits).toEqual([
    {
      what: message("wait.installation"),
      forWhat: message("wait.pod", { name: "user/artifact" }),
      because: reason,
    },
  ]);
});
