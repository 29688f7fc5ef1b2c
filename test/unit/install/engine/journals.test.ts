import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verbatim } from "../../../../common/words/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { firstState } from "../../../../electron/install/engine/draft.ts";
import { viewOf } from "../../../../electron/install/engine/plan-view.ts";
import { journalOf } from "../../../../electron/install/engine/run-journal.ts";
import type { RunEvent, RunFact, RunState } from "../../../../electron/install/engine/run-types.ts";
import { step } from "../../../../electron/install/engine/step.ts";
import { parseJournal } from "../../../../electron/install/installation-dir/journal.ts";
import { type JournalEntry, reduceJournal } from "../../../../electron/install/installation-dir/journal-entries.ts";
import { stateOf, storedStatus } from "../../../../electron/install/installation-dir/stored-status.ts";
import { keyOf, keyOfObject } from "../../../../electron/install/objects.ts";
import type { Gate, Plan } from "../../../../electron/install/plan/plan-types.ts";
import { object } from "../objects-support.ts";
import { node, planOfNodes } from "./engine-support.ts";

/**
 * Journals of real installations of the starter release on a practice cluster: one that was removed again, one in which
 * a policy refused an object and that was continued, one that was stopped; and the statuses that were shown at the end.
 */
const folder = join(import.meta.dirname, "journals");
const read = (name: string) => parseJournal(readFileSync(join(folder, `${name}.jsonl`), "utf8"), name);
interface Shown {
  state: string;
  done: number;
  total: number;
  applied: Record<string, number>;
  failed: string[];
}
const shown: Record<string, Shown> = JSON.parse(readFileSync(join(folder, "statuses.json"), "utf8"));

/** The entries up to the end of a run. */
function upTo(name: string, run: number): JournalEntry[] {
  const entries = read(name);
  const ends = entries.flatMap(({ t }, index) => (t === "finished" ? [index + 1] : []));
  return entries.slice(0, ends[run]);
}

const cases: [string, JournalEntry[]][] = [
  ["installed", upTo("removed", 0)],
  ["refused", upTo("continued", 0)],
  ["continued", upTo("continued", 1)],
  ["stopped", upTo("stopped", 0)],
];

/** The gates of the plan that was applied, and which of them each object waits for. */
interface RecordedGates {
  gates: Pick<Gate, "id" | "condition" | "basis" | "after">[];
  nodes: Record<string, string[]>;
  outcomes: string[];
}
const recorded: RecordedGates = JSON.parse(readFileSync(join(folder, "gates.json"), "utf8"));

/** What of an entry the engine heard; what makes a gate come true is what the cluster showed then. */
function eventsOf(entry: JournalEntry): RunEvent[] {
  if (entry.t === "applied")
    return entry.keys.map((key) => ({ type: "applied", node: key, uid: entry.uids?.[key], tookMs: 1, atOnce: 1000 }));
  if (entry.t === "failed" && entry.object) return [{ type: "refused", node: keyOf(entry.object), error: entry.error }];
  const gate = entry.t === "gate" ? recorded.gates.find(({ id }) => id === entry.gate) : undefined;
  return gate ? comesTrue(gate) : [];
}

function comesTrue({ condition }: Pick<Gate, "condition">): RunEvent[] {
  const observed = (one: KubeObject): RunEvent => ({ type: "observed", key: keyOfObject(one), object: one });
  switch (condition.type) {
    case "served":
      return condition.definitions.flatMap(({ node: definition, apiVersion, kind }): RunEvent[] => [
        observed(established(definition)),
        { type: "answered", ask: { of: "kind", apiVersion, kind, definition }, answer: { is: "yes" } },
      ]);
    case "ready":
      return [observed(available(condition.node))];
    case "exists": {
      const { apiVersion, kind, name, namespace } = condition.ref;
      return [observed(object(apiVersion, kind, name, { metadata: { namespace } }))];
    }
    case "endpoint": {
      const { namespace, service } = condition;
      const labels = { "kubernetes.io/service-name": service };
      const endpoints = [{ addresses: ["10.0.0.1"], conditions: { ready: true } }];
      return [
        observed(
          object("discovery.k8s.io/v1", "EndpointSlice", service, { metadata: { namespace, labels }, endpoints }),
        ),
      ];
    }
    default:
      return [];
  }
}

/** A definition's key ends in its name. */
function established(key: string): KubeObject {
  const conditions = ["Established", "NamesAccepted"].map((type) => ({ type, status: "True" }));
  const name = key.split("/").at(-1) ?? "";
  return object("apiextensions.k8s.io/v1", "CustomResourceDefinition", name, { status: { conditions } });
}

function available(key: string): KubeObject {
  const [group = "", kind = "", namespace = "", name = ""] = key.split("/");
  const counts = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, observedGeneration: 1 };
  const conditions = [{ type: "Available", status: "True" }];
  return object(`${group}/v1`, kind, name, {
    metadata: { namespace, generation: 1 },
    spec: { replicas: 1 },
    status: { ...counts, conditions },
  });
}

/** The last run, as the engine had it: what was to be applied, and what came of it. */
function lastRun(entries: readonly JournalEntry[]): { plan: Plan; own: JournalEntry[] } {
  const own = entries.slice(entries.findLastIndex(({ t }) => t === "run"));
  const nodes = own.flatMap((entry) =>
    entry.t === "intent"
      ? entry.objects.map(({ ref, component, foreign = false }) => {
          const { apiVersion, kind, name, namespace } = ref;
          const made = object(apiVersion, kind, name, { metadata: { namespace } });
          return node(made, { component, foreign, gates: recorded.nodes[keyOf(ref)] ?? [] });
        })
      : [],
  );
  const gates = recorded.gates.map((gate) => ({ ...gate, title: verbatim(gate.id) }));
  return { plan: planOfNodes(nodes, gates, recorded.outcomes), own };
}

/** The engine with a journal replayed into it; the gates are looked at after everything that is heard. */
function replayed(
  { plan, own }: ReturnType<typeof lastRun>,
  each: (event: RunEvent, state: RunState) => void = () => {},
) {
  const facts: RunFact[] = [];
  let state = firstState(viewOf(plan), { concurrency: 1000, atOnce: 1000, timeoutMs: 600_000 });
  const take = (event: RunEvent) => {
    const [after, effects] = step(state, { ...event, at: 0 });
    state = after;
    for (const effect of effects) if (effect.type === "tell") facts.push(effect.fact);
  };
  for (const event of [{ type: "begun" } as const, ...own.flatMap(eventsOf)]) {
    each(event, state);
    take(event);
    while (state.looking && !state.done) take({ type: "timer", timer: { of: "look" } });
  }
  return { state, facts };
}

describe.each(cases)("the journal of an installation that was %s", (name, entries) => {
  const run = lastRun(entries);
  const { own } = run;
  const status = shown[name];

  test("replays in the engine to what was shown", () => {
    const { state } = replayed(run);
    expect(state.appliedCount).toBe(status?.done);
    expect(state.nodes.size).toBe(status?.total);
    expect([...state.failed.keys()]).toEqual(status?.failed);
    const counts = [...state.components].map(([id, { applied }]) => [id, applied]);
    expect(Object.fromEntries(counts)).toEqual(status?.applied);
  });

  test("opens the gates that were opened, and sends no object before those it waits for", () => {
    const early: string[] = [];
    const { state } = replayed(run, (event, { nodes, gates, view }) => {
      if (event.type === "applied") expect([event.node, nodes.get(event.node)]).toEqual([event.node, "applying"]);
      const isClosed = (gate: string) => gates.get(gate)?.is !== "open";
      for (const one of view.plan.nodes)
        if (nodes.get(one.id) === "applying" && one.gates.some(isClosed)) early.push(one.id);
    });
    expect(early).toEqual([]);
    const opened = own.flatMap((entry) => (entry.t === "gate" ? [entry.gate] : []));
    const open = [...state.gates].flatMap(([id, { is }]) => (is === "open" ? [id] : []));
    expect(open.toSorted()).toEqual(opened.toSorted());
    expect(open.length).toBeGreaterThan(5);
  });

  test("is written again, the same, by the engine that replays it", () => {
    const written = own.filter(({ t }) => t === "run" || t === "intent");
    const at = own.at(-1)?.at ?? "";
    for (const line of replayed(run).facts.map(journalOf)) {
      if (line === undefined) continue;
      if ("note" in line) written.push({ ...line.note, at });
      else written.push({ t: line.t, at, keys: [line.key], uids: line.uid ? { [line.key]: line.uid } : {} });
    }
    const [before, after] = [own, written].map((lines) => reduceJournal(lines, keyOf));
    expect(after?.applied).toEqual(before?.applied);
    expect(after?.objects).toEqual(before?.objects);
    expect(after?.failures.map(({ error, object: ref }) => [ref, error])).toEqual(
      before?.failures.map(({ error, object: ref }) => [ref, error]),
    );
  });

  test("tells whoever opens the folder later what was shown", () => {
    const journal = reduceJournal(entries, keyOf);
    const stored = storedStatus("/x", journal);
    expect(stateOf(journal)).toBe(status?.state);
    expect(stored.objects.total).toBe(status?.total);
    expect(stored.problems.length > 0).toBe((status?.failed.length ?? 0) > 0);
  });
});

test("a journal of an installation that was removed has nothing left", () => {
  const journal = reduceJournal(read("removed"), keyOf);
  expect(stateOf(journal)).toBe("removed");
  expect([...journal.applied, ...journal.objects.keys()]).toEqual([]);
});
