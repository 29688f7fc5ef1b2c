import { describe, expect, test } from "vitest";
import { contextId } from "../../../../common/contract/index.ts";
import { message, textOf, verbatim } from "../../../../common/words/index.ts";
import type { Fact } from "../../../../electron/install/engine/facts.ts";
import { journalOf, writeJournal } from "../../../../electron/install/engine/run-journal.ts";
import { logOf } from "../../../../electron/install/engine/run-log.ts";
import { firstStatus, shownStatus, withFact } from "../../../../electron/install/engine/run-status.ts";
import type { RunFact } from "../../../../electron/install/engine/run-types.ts";
import type { Gate } from "../../../../electron/install/plan/plan-types.ts";
import { expectKorean } from "../../common/words/korean.ts";
import { configMap, workload } from "./engine-support.ts";

const mine = configMap("mine");
const others = configMap("others", { foreign: true });
const refusal = { code: "apply-refused", message: "no" } as const;
const late = { code: "gate-timeout", message: "too late", detail: "why" } as const;
const app = workload("app");

function gate(condition: Gate["condition"]): Gate {
  return { id: "g", condition, title: verbatim("It is so"), basis: [], after: [] };
}
const ready = gate({ type: "ready", node: app.id });
const exists = gate({ type: "exists", ref: app.ref });
const order = gate({ type: "applied", scope: { of: "object" }, nodes: [] });

function applied(more: object = {}): RunFact {
  return { type: "applied", node: mine, uid: "u", tookMs: 5, done: 1, total: 2, at: 900, ...more };
}

describe("the journal", () => {
  test.each<[string, RunFact, unknown]>([
    ["an object of ours, with its uid", applied(), { t: "applied", key: mine.id, uid: "u" }],
    ["an object of others, without", applied({ node: others }), { t: "applied", key: others.id, uid: undefined }],
    ["what was applied again", { type: "renewed", node: mine, uid: "v" }, { t: "applied", key: mine.id, uid: "v" }],
    [
      "a refusal",
      { type: "refused", node: mine, error: refusal },
      { note: { t: "failed", component: "one", object: mine.ref, error: refusal } },
    ],
    [
      "a gate that opened",
      { type: "gateOpened", gate: ready, tookMs: 1, component: "one" },
      { note: { t: "gate", gate: "g" } },
    ],
    [
      "a gate whose time was over",
      { type: "gateFailed", gate: ready, error: late },
      { note: { t: "failed", error: late } },
    ],
  ])("notes %s", (_name, fact, line) => {
    expect(journalOf(fact)).toEqual(line);
  });

  test.each<[string, RunFact]>([
    ["a gate that what it stands on took with it", { type: "gateFailed", gate: ready, error: refusal }],
    ["what is being sent", { type: "started", node: mine }],
    ["another try", { type: "retrying", node: mine, because: verbatim("busy"), attempt: 1, delayMs: 200 }],
    ["pods", { type: "pod", key: "p", view: undefined }],
    [
      "a component's end, which its object's refusal says",
      { type: "componentFailed", id: "one", error: refusal, begun: true },
    ],
  ])("does not note %s", (_name, fact) => {
    expect(journalOf(fact)).toBeUndefined();
  });

  test("gathers what was applied, and writes the rest as it comes", () => {
    const calls: unknown[] = [];
    const journal = {
      note: (...given: unknown[]) => calls.push(["note", ...given]),
      noteKey: (...given: unknown[]) => calls.push(["noteKey", ...given]),
    };
    writeJournal(journal, applied());
    writeJournal(journal, { type: "gateOpened", gate: ready, tookMs: 1, component: undefined });
    expect(calls).toEqual([
      ["noteKey", "applied", mine.id, "u"],
      ["note", { t: "gate", gate: "g" }],
    ]);
  });
});

describe("the log", () => {
  test.each<[string, RunFact, string[]]>([
    ["an object", applied(), ["info applied one: ConfigMap default/mine"]],
    [
      "the last object",
      applied({ done: 2 }),
      ["info applied one: ConfigMap default/mine", "ok applied: All 2 objects are applied"],
    ],
    [
      "one that was taken away",
      { type: "renewed", node: mine, uid: "u" },
      ["warn applied one: ConfigMap default/mine was deleted in the meantime and is applied again"],
    ],
    [
      "the first try again",
      { type: "retrying", node: mine, because: verbatim("busy"), attempt: 1, delayMs: 200 },
      ["warn retry one: ConfigMap default/mine is waiting: busy"],
    ],
    ["later tries", { type: "retrying", node: mine, because: verbatim("busy"), attempt: 2, delayMs: 400 }, []],
    ["readiness", { type: "gateOpened", gate: ready, tookMs: 7, component: "one" }, ["ok ready one: It is so"]],
    ["another gate", { type: "gateOpened", gate: exists, tookMs: 7, component: undefined }, ["ok gate: It is so"]],
    ["a gate that only orders", { type: "gateOpened", gate: order, tookMs: 7, component: undefined }, []],
    [
      "a failed component",
      { type: "componentFailed", id: "one", error: refusal, begun: true },
      ["error failed one: no"],
    ],
    ["one that never began", { type: "componentFailed", id: "two", error: refusal, begun: false }, []],
    [
      "a problem",
      { type: "problem", id: "p", problem: { ...refusal, component: "one" }, isTold: true },
      ["error problem one: no"],
    ],
    ["a problem that is only shown", { type: "problem", id: "p", problem: refusal, isTold: false }, []],
    ["a cure", { type: "solved", id: "p", said: verbatim("well again") }, ["ok solved: well again"]],
    ["a cure without words", { type: "solved", id: "p" }, []],
    [
      "a watch",
      { type: "watchFailed", what: "Pod (v1)", why: "forbidden" },
      ["warn watch: Pod (v1) can't be watched: forbidden"],
    ],
  ])("says %s", (_name, fact, lines) => {
    expect(
      logOf(fact).map(
        ({ level, event, component, said }) =>
          `${level} ${event}${component ? ` ${component}` : ""}: ${typeof said === "string" ? said : textOf(said, "en")}`,
      ),
    ).toEqual(lines);
  });

  test.each<[string, RunFact]>([
    ["what waits", { type: "retrying", node: mine, because: message("holds.notRemoved"), attempt: 1, delayMs: 200 }],
    ["what was taken away", { type: "renewed", node: mine, uid: "u" }],
    ["a cure", { type: "solved", id: "p", said: message("pod.wellAgain", { object: "Deployment default/a" }) }],
    ["a watch", { type: "watchFailed", what: "Pod (v1)", why: message("call.cancelled") }],
    ["the end of applying", applied({ done: 2 })],
  ])("says %s in Korean as well", (_name, fact) => {
    const last = logOf(fact).at(-1);
    expectKorean(typeof last?.said === "string" ? undefined : last?.said);
  });
});

describe("the status", () => {
  const start = { kfDir: "/x", release: "r", title: "t", context: contextId.parse("c") };
  const components = [{ id: "one", title: "One", objects: 2, workloads: 1 }];

  /** One fact every 100 ms. */
  function folded(activity: "install" | "uninstall", facts: readonly Fact[], floor = 0) {
    const status = facts.reduce(
      (state, fact, index) => withFact(state, fact, 100 * (index + 1)),
      firstStatus({ ...start, activity, floor }),
    );
    return shownStatus(status, 0, 5000);
  }

  function shown(...facts: RunFact[]) {
    return folded("install", [{ type: "begun", components, objects: 2, pods: 3 }, ...facts]);
  }

  test("leaves the state before as it was", () => {
    const before = firstStatus({ ...start, activity: "install" });
    const begun = withFact(before, { type: "begun", components, objects: 2, pods: 3 }, 1);
    withFact(begun, applied(), 2);
    withFact(begun, { type: "componentFailed", id: "one", error: refusal, begun: true }, 2);
    expect(shownStatus(before, 0, 9)).toMatchObject({ components: [], objects: { total: 0, done: 0 } });
    expect(shownStatus(begun, 0, 9)).toMatchObject({ components: [{ state: "waiting" }], objects: { done: 0 } });
  });

  test("keeps since when something waits, and lets all of it go at the end", () => {
    const wait = { what: verbatim("a"), forWhat: verbatim("b"), because: verbatim("c") };
    const waits: Fact = { type: "waits", waits: new Map([["w", wait]]) };
    expect(folded("install", [waits, waits]).waiting).toMatchObject([{ sinceMs: 100 }]);
    const end: Fact = { type: "finished", state: "failed", error: refusal };
    expect(folded("install", [waits, end])).toMatchObject({
      waiting: [],
      state: "failed",
      error: refusal,
      elapsedMs: 200,
    });
  });

  test("goes on where an earlier run stood, never runs back, and is whole when installed", () => {
    const progress = (step: "build" | "apply" | "ready", fraction: number): Fact => ({
      type: "progress",
      step,
      fraction,
    });
    expect(folded("install", [progress("build", 1)], 0.4).fraction).toBe(0.4);
    const facts = [progress("apply", 0.6), progress("apply", 0.2), progress("ready", 0.5), progress("apply", 1)];
    const fractions = facts.map((_, index) => folded("install", facts.slice(0, index + 1)).fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(folded("install", [{ type: "finished", state: "installed" }]).fraction).toBe(1);
  });

  test("counts what a removal takes, by component", () => {
    const gone = (done: number): Fact => ({
      ...{ type: "gone", key: mine.id, object: mine.ref, component: "one", done, total: 2 },
    });
    const facts: Fact[] = [
      { type: "removing", components, total: 2 },
      { type: "deleting", component: "one" },
    ];
    expect(folded("uninstall", facts)).toMatchObject({
      state: "removing",
      components: [{ state: "removing", applied: 2, startedMs: 200 }],
    });
    expect(folded("uninstall", [...facts, gone(1)])).toMatchObject({ objects: { done: 1, total: 2 }, fraction: 0.49 });
    expect(folded("uninstall", [...facts, gone(1), gone(2)]).components).toMatchObject([
      { state: "removed", applied: 0, endedMs: 400 },
    ]);
    expect(journalOf(gone(1))).toEqual({ t: "removed", key: mine.id });
    expect(logOf(gone(1))).toMatchObject([{ level: "info", event: "removed", said: "ConfigMap default/mine" }]);
  });

  test("begins with what is to be done", () => {
    const status = shown();
    expect(status).toMatchObject({ step: "apply", objects: { total: 2, done: 0 }, podsTotal: 3, fraction: 0 });
    expect(status.components).toEqual([
      { id: "one", title: "One", objects: 2, workloads: 1, state: "waiting", applied: 0, ready: 0 },
    ]);
  });

  test("counts objects, and goes on to readiness after the last", () => {
    expect(shown(applied())).toMatchObject({ step: "apply", objects: { total: 2, done: 1 }, fraction: 0.2 });
    expect(shown(applied(), applied({ done: 2 }))).toMatchObject({ step: "ready", fraction: 0.4 });
  });

  test("shows how many outcomes have come true", () => {
    expect(shown({ type: "outcomes", fraction: 0.5 }).fraction).toBeCloseTo(0.225);
  });

  test("shows components, with the clock of those that have begun", () => {
    const [one] = shown({
      type: "component",
      id: "one",
      change: { state: "applying", applied: 1, ready: 0 },
    }).components;
    expect(one).toMatchObject({ state: "applying", applied: 1, startedMs: expect.any(Number) });
    expect(one?.endedMs).toBeUndefined();
  });

  test("shows why a component failed", () => {
    const [one] = shown({ type: "componentFailed", id: "one", error: refusal, begun: true }).components;
    expect(one).toMatchObject({ state: "failed", error: refusal, endedMs: expect.any(Number) });
  });

  test.each<[string, RunFact, object[]]>([
    [
      "a refusal",
      { type: "refused", node: mine, error: refusal },
      [{ ...refusal, component: "one", object: mine.ref }],
    ],
    ["a gate whose time was over", { type: "gateFailed", gate: ready, error: late }, [late]],
    ["what took a gate with it, only once", { type: "gateFailed", gate: ready, error: refusal }, []],
    ["a problem", { type: "problem", id: "p", problem: refusal, isTold: false }, [refusal]],
  ])("shows %s as a problem", (_name, fact, problems) => {
    expect(shown(fact).problems).toEqual(problems);
  });

  test("shows no problem that is solved", () => {
    const problem: RunFact = { type: "problem", id: "p", problem: refusal, isTold: true };
    expect(shown(problem, { type: "solved", id: "p" }).problems).toEqual([]);
  });

  test("shows pods until they are gone, and what waits", () => {
    const view = { namespace: "n", name: "p", state: "running" as const };
    const wait = { what: verbatim("a"), forWhat: verbatim("b"), because: verbatim("c") };
    const pod: RunFact = { type: "pod", key: "p", view };
    const status = shown(pod, { type: "waits", waits: new Map([["w", wait]]) });
    expect(status.pods).toEqual([view]);
    expect(status.waiting).toMatchObject([wait]);
    expect(shown(pod, { type: "pod", key: "p", view: undefined }).pods).toEqual([]);
  });
});
