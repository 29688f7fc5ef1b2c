import { describe, expect, test } from "vitest";
import { journalOf } from "../../../../electron/install/engine/run-journal.ts";
import type { RunFact, RunState } from "../../../../electron/install/engine/run-types.ts";
import type { JournalEntry, JournalState } from "../../../../electron/install/installation-dir/journal-entries.ts";
import { reduceJournal } from "../../../../electron/install/installation-dir/journal-entries.ts";
import { keyOf } from "../../../../electron/install/objects.ts";
import { makePlan } from "../../../../electron/install/plan/plan.ts";
import type { Plan } from "../../../../electron/install/plan/plan-types.ts";
import { definition, deployment, emptyCluster, object, webhook } from "../objects-support.ts";
import { play, randomOf, replayed } from "./simulated-cluster.ts";

const at = { at: "2026-01-01T00:00:00.000Z" };

/** Two components with kinds of their own, a webhook that checks one of them, workloads, configuration. */
function samplePlan(inOrder: boolean): Plan {
  const parts = ["alpha", "beta"].map((id) => ({
    id,
    objects: [
      object("v1", "Namespace", id),
      definition(`${id}.example.com`, "Thing"),
      object(`${id}.example.com/v1`, "Thing", "thing", { metadata: { namespace: id } }),
      object("v1", "ConfigMap", "config", { metadata: { namespace: id } }),
      object("v1", "Service", "server", { metadata: { namespace: id }, spec: { selector: { app: id } } }),
      deployment(id, "server", { app: id }),
      webhook(
        "ValidatingWebhookConfiguration",
        `${id}-checks`,
        { namespace: id, name: "server" },
        { group: `${id}.example.com`, resource: "things" },
      ),
    ],
  }));
  const components = parts.map(({ id }) => ({ id, title: id }));
  return makePlan({ installation: "i", components, rendered: parts, facts: emptyCluster(), inOrder });
}

/** What a later run would read of these facts. */
function journalOfFacts(plan: Plan, facts: readonly RunFact[]): JournalState {
  const intent: JournalEntry = {
    ...{ t: "intent", ...at },
    objects: plan.nodes.map(({ ref, component }) => ({ ref, component, absent: true })),
  };
  const entries = facts.flatMap((fact): JournalEntry[] => {
    const line = journalOf(fact);
    if (line === undefined) return [];
    if ("note" in line) return [{ ...line.note, ...at }];
    const uids = line.uid === undefined ? {} : { uids: { [line.key]: line.uid } };
    return [{ t: line.t, keys: [line.key], ...uids, ...at }];
  });
  return reduceJournal([intent, ...entries], keyOf);
}

const appliedOf = (state: RunState) =>
  [...state.nodes].flatMap(([id, is]) => (is === "applied" ? [id] : [])).toSorted();
const seeds = Array.from({ length: 20 }, (_, seed) => seed);

describe.each([false, true])("a run against a cluster that answers as it likes (in order: %s)", (inOrder) => {
  const plan = samplePlan(inOrder);

  test.each(seeds)("%i: applies everything once, each when its time has come, and ends", (seed) => {
    const { state, facts, broken } = play(plan, randomOf(seed));
    expect(broken).toEqual([]);
    expect(state.done).toBe(true);
    expect([...state.failed]).toEqual([]);
    expect(appliedOf(state)).toEqual(plan.nodes.map(({ id }) => id).toSorted());
    expect(facts.filter(({ type }) => type === "applied")).toHaveLength(plan.nodes.length);
    expect([...state.components.values()].map((one) => one.state)).toEqual(["ready", "ready"]);
  });

  test.each(seeds.slice(0, 10))("%i: one object that is refused ends its component, and the run", (seed) => {
    const random = randomOf(seed);
    const victim = plan.nodes[Math.floor(random() * plan.nodes.length)];
    const { state, broken } = play(plan, random, new Set([victim?.id ?? ""]));
    expect(broken).toEqual([]);
    expect(state.done).toBe(true);
    expect(state.failed.has(victim?.component ?? "")).toBe(true);
    expect([...state.nodes.values()].filter((is) => is === "waiting" || is === "applying")).toEqual([]);
  });

  test.each(seeds.slice(0, 5))("%i: the same events give the same state", (seed) => {
    const { state, events } = play(plan, randomOf(seed));
    expect(replayed(plan, events)).toEqual(state);
  });

  test.each(seeds.slice(0, 5))("%i: its journal says what the state says", (seed) => {
    const random = randomOf(seed);
    const refused = seed % 2 === 0 ? new Set<string>() : new Set([plan.nodes.at(-1)?.id ?? ""]);
    const { state, facts } = play(plan, random, refused);
    const journal = journalOfFacts(plan, facts);
    expect([...journal.applied].toSorted()).toEqual(appliedOf(state));
    expect(journal.failures.flatMap(({ object }) => (object ? [keyOf(object)] : []))).toEqual([...refused]);
    for (const [key, { uid }] of journal.objects)
      expect(uid).toBe(journal.applied.has(key) ? `uid of ${key}` : undefined);
  });
});
