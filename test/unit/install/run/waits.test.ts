import { expect, test } from "vitest";
import { makePlan } from "../../../../electron/install/plan/plan.ts";
import { waitsOf } from "../../../../electron/install/run/waits.ts";
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
  const first = plan.gates.find(({ application }) => application === "one");
  // As it is at the beginning: every gate that stands behind no other has been asked, and none is open.
  const closed = plan.gates.filter(({ after }) => after.length === 0).map((gate) => ({ gate, because: "not yet" }));
  const held = (gate: string) => plan.nodes.filter((node) => node.gates.includes(gate));
  const nodes = new Map(plan.nodes.map((node) => [node.id, node]));
  return { first, waits: [...waitsOf({ plan, nodes, held, retries: new Map(), closed, pods: [] }).values()] };
}

test("applications whose turn has not come wait for that alone, in one line; the one at work tells its own waits", () => {
  const { first, waits } = waiting(true);
  expect(waits[0]).toEqual({
    what: "The next of 2 applications",
    forWhat: first?.title.en,
    because: "not yet",
    component: "one",
  });
  expect(waits.length).toBeGreaterThan(1);
  expect(waits.every(({ component }) => component === "one")).toBe(true);
});

test("without an order everything tells what it waits for", () => {
  const { waits } = waiting(false);
  expect(new Set(waits.map(({ component }) => component))).toEqual(new Set(["one", "two", "three"]));
});
