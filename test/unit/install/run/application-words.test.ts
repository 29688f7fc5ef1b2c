import { expect, test } from "vitest";
import { InstallLog } from "../../../../electron/install/installation-dir/install-log.ts";
import { makePlan } from "../../../../electron/install/plan/plan.ts";
import type { Plan, PlanNode } from "../../../../electron/install/plan/plan-types.ts";
import { ApplicationWords } from "../../../../electron/install/run/application-words.ts";
import { emptyCluster, object } from "../objects-support.ts";
import { temporaryFolders } from "../support.ts";

const folder = temporaryFolders();

async function started() {
  const rendered = [
    { id: "one", objects: [object("v1", "ConfigMap", "a"), object("v1", "ConfigMap", "b")] },
    { id: "two", objects: [] },
    { id: "three", objects: [object("v1", "ConfigMap", "c")] },
  ];
  const components = rendered.map(({ id }) => ({ id, title: id }));
  const plan: Plan = makePlan({ installation: "i", components, rendered, facts: emptyCluster(), inOrder: true });
  const node = (name: string): PlanNode => {
    const found = plan.nodes.find(({ ref }) => ref.name === name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  };
  const log = new InstallLog(await folder());
  return { words: new ApplicationWords(plan, log), node, said: () => log.after(0).map(({ message }) => message) };
}

test("an application is deployed when its first object goes, applied after its last, and the whole after all", async () => {
  const { words, node, said } = await started();
  words.started(node("a"));
  words.started(node("b"));
  words.applied(node("a"));
  expect(said()).toEqual(["Deploying application one"]);
  words.applied(node("b"));
  expect(said().at(-1)).toBe("Successfully applied application one");
  words.started(node("c"));
  words.applied(node("c"));
  expect(said()).toEqual([
    "Deploying application one",
    "Successfully applied application one",
    "Deploying application three",
    "Successfully applied application three",
    "Deploying application two",
    "Successfully applied application two",
    "Applied the configuration Successfully!",
  ]);
});

test("a refusal that is tried again is told with the wait; one for good ends without success", async () => {
  const { words, node, said } = await started();
  words.started(node("a"));
  words.retrying(node("a"), "the webhook does not answer", 2_400);
  expect(said().slice(1)).toEqual([
    "Encountered error applying application one: the webhook does not answer",
    "Will retry in 2 seconds.",
  ]);
  words.gaveUp("one", "no");
  words.applied(node("a"));
  words.applied(node("b"));
  words.applied(node("c"));
  expect(said()).toContain("Permanently failed applying application one: no");
  expect(said()).not.toContain("Applied the configuration Successfully!");
});

test("of an application that is applied already nothing is said when its pods do not come", async () => {
  const { words, node, said } = await started();
  words.applied(node("c"));
  const before = said();
  words.gaveUp("three", "its pods do not run");
  expect(said()).toEqual(before);
});
