import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { firstState } from "../../../../electron/install/engine/draft.ts";
import { viewOf } from "../../../../electron/install/engine/plan-view.ts";
import { journalOf } from "../../../../electron/install/engine/run-journal.ts";
import type { RunEvent } from "../../../../electron/install/engine/run-types.ts";
import { step } from "../../../../electron/install/engine/step.ts";
import { parseJournal } from "../../../../electron/install/installation-dir/journal.ts";
import { type JournalEntry, reduceJournal } from "../../../../electron/install/installation-dir/journal-entries.ts";
import { stateOf, storedStatus } from "../../../../electron/install/installation-dir/stored-status.ts";
import { keyOf } from "../../../../electron/install/objects.ts";
import type { Plan } from "../../../../electron/install/plan/plan-types.ts";
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

/** The last run, as the engine had it: what was to be applied, and what came of it. */
function lastRun(entries: readonly JournalEntry[]): { plan: Plan; events: RunEvent[]; own: JournalEntry[] } {
  const own = entries.slice(entries.findLastIndex(({ t }) => t === "run"));
  const nodes = own.flatMap((entry) =>
    entry.t === "intent"
      ? entry.objects.map(({ ref: { apiVersion, kind, name, namespace }, component, foreign = false }) =>
          node(object(apiVersion, kind, name, { metadata: { namespace } }), { component, foreign }),
        )
      : [],
  );
  const events = own.flatMap((entry): RunEvent[] => {
    if (entry.t === "applied")
      return entry.keys.map((key) => ({ type: "applied", node: key, uid: entry.uids?.[key], tookMs: 1, atOnce: 1000 }));
    if (entry.t === "failed" && entry.object)
      return [{ type: "refused", node: keyOf(entry.object), error: entry.error }];
    return [];
  });
  return { plan: planOfNodes(nodes), events, own };
}

describe.each(cases)("the journal of an installation that was %s", (name, entries) => {
  const { plan, events, own } = lastRun(entries);
  const status = shown[name];

  test("replays in the engine to what was shown", () => {
    let state = firstState(viewOf(plan), { concurrency: 1000, atOnce: 1000, timeoutMs: 600_000 });
    for (const event of [{ type: "begun" } as const, ...events]) [state] = step(state, { ...event, at: 0 });
    expect(state.appliedCount).toBe(status?.done);
    expect(state.nodes.size).toBe(status?.total);
    expect([...state.failed.keys()]).toEqual(status?.failed);
    const counts = [...state.components].map(([id, { applied }]) => [id, applied]);
    expect(Object.fromEntries(counts)).toEqual(status?.applied);
  });

  test("is written again, the same, by the engine that replays it", () => {
    let state = firstState(viewOf(plan), { concurrency: 1000, atOnce: 1000, timeoutMs: 600_000 });
    const written = own.filter(({ t }) => t === "run" || t === "intent");
    for (const event of [{ type: "begun" } as const, ...events]) {
      const [after, effects] = step(state, { ...event, at: 0 });
      state = after;
      for (const effect of effects) {
        const line = effect.type === "tell" ? journalOf(effect.fact) : undefined;
        if (line === undefined) continue;
        const at = own.at(-1)?.at ?? "";
        if ("note" in line) written.push({ ...line.note, at });
        else written.push({ t: line.t, at, keys: [line.key], uids: line.uid ? { [line.key]: line.uid } : {} });
      }
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
