import { describe, expect, test } from "vitest";
import { verbatim } from "../../../../common/words/index.ts";
import type { Answer, Ask } from "../../../../electron/install/engine/run-types.ts";
import { GateSet } from "../../../../electron/install/plan/gates.ts";
import { definition } from "../objects-support.ts";
import { configMap, Engine, node, planOfNodes } from "./engine-support.ts";

const kinds = ["Aa", "Bb", "Cc"];
const definitions = kinds.map((kind) => node(definition(`${kind.toLowerCase()}.io`, kind)));
const asks: Ask[] = kinds.map((kind, index) => ({
  of: "kind",
  apiVersion: `${kind.toLowerCase()}.io/v1`,
  kind,
  definition: definitions[index]?.id ?? "",
}));

const rejected: Answer = { is: "unanswered", because: verbatim("credentials rejected"), soon: false };
const silent: Answer = { is: "unanswered", because: verbatim("no answer"), soon: true };
const absent: Answer = { is: "no", because: verbatim("") };
const yes: Answer = { is: "yes" };

/** Three kinds that are asked for, each by a gate of its own. */
function asking(options: { timeoutMs?: number } = {}) {
  const gates = new GateSet();
  const held = asks.map((ask, index) => {
    const { apiVersion, kind } = ask as Extract<Ask, { of: "kind" }>;
    const one = definitions[index] ?? configMap("none");
    const gate = gates.served({ of: "kind", apiVersion, kind }, [{ node: one, apiVersion, kind }], verbatim(kind));
    return configMap(`held-${index}`, { component: `c${index}`, gates: [gate] });
  });
  const engine = new Engine(planOfNodes([...definitions, ...held], gates), options).begin();
  engine.applied(...definitions);
  const answer = (index: number, given: Answer, at = engine.at) =>
    engine.put({ type: "answered", ask: asks[index] ?? { of: "dryRun", gate: "" }, answer: given }, at);
  const turn = (at = engine.at) => engine.timer(engine.timers("turn").at(-1)?.timer ?? { of: "pods" }, at);
  const gate = (index: number) => held[index]?.gates[0] ?? "";
  return { engine, answer, turn, gate };
}

test("each kind is asked for once, however often it is looked at", () => {
  expect(asking().engine.look().look().asked()).toEqual(kinds);
});

test("a kind that two gates wait for is asked for once", () => {
  const gates = new GateSet();
  const one = definitions[0] ?? configMap("none");
  const of = [{ node: one, apiVersion: "aa.io/v1", kind: "Aa" }];
  const both = [
    gates.served({ of: "kind", apiVersion: "aa.io/v1", kind: "Aa" }, of, verbatim("Aa")),
    gates.served({ of: "component", component: "one" }, of, verbatim("all")),
  ];
  const engine = new Engine(planOfNodes([one, configMap("held", { gates: both })], gates)).begin().applied(one);
  expect(engine.asked()).toEqual(["Aa"]);
});

describe("a kind that is not listed yet", () => {
  test.each([0, 1, 2, 3, 7])("is asked for again after a pause that grows, here after %i", (before) => {
    const { engine, answer } = asking();
    for (let count = 0; count <= before; count += 1) {
      answer(0, absent);
      if (count < before) engine.timer({ of: "ask", ask: "aa.io/v1/Aa" });
    }
    expect(engine.timers("ask").at(-1)?.pause).toEqual({ attempt: before, ms: 100, maxMs: 2000 });
    const asked = engine.asked().length;
    expect(engine.timer({ of: "ask", ask: "aa.io/v1/Aa" }).asked()).toHaveLength(asked + 1);
  });

  test.each([
    [4, 0],
    [5, 1],
    [9, 1],
    [10, 2],
  ])("after %i answers its definition was read %i times, for what it says", (answers, reads) => {
    const { engine, answer } = asking();
    for (let count = 0; count < answers; count += 1) {
      answer(0, absent);
      engine.timer({ of: "ask", ask: "aa.io/v1/Aa" });
    }
    expect(engine.all.filter(({ type }) => type === "readDefinition")).toHaveLength(reads);
  });

  test("does not hinder the others", () => {
    const { engine, answer } = asking();
    answer(0, absent);
    expect(engine.state.access.because).toBeUndefined();
    answer(1, yes);
    expect(engine.look().is("served:bb.io/v1/Bb")).toBe("open");
  });

  test("is not asked for any more when its gate has failed", () => {
    const { engine, answer, gate } = asking();
    answer(0, absent);
    engine.timer({ of: "gate", gate: gate(0) });
    const asked = engine.asked().length;
    engine.timer({ of: "ask", ask: "aa.io/v1/Aa" });
    expect(engine.asked()).toHaveLength(asked);
    expect(engine.state.asks.has("aa.io/v1/Aa")).toBe(false);
  });
});

describe("an API server that can't be asked", () => {
  test.each([
    ["what passes by itself, soon", silent, { attempt: 0, ms: 200, maxMs: 5000 }],
    ["what the user has to mend, slowly", rejected, { attempt: 0, ms: 5000, maxMs: 30_000 }],
  ])("is asked again: %s", (_name, answer, pause) => {
    const run = asking();
    run.answer(0, answer);
    expect(run.engine.timers("turn").map((one) => one.pause)).toEqual([pause]);
  });

  test("is the reason of every gate that would ask it", () => {
    const { engine, answer, gate } = asking();
    answer(0, rejected);
    engine.look();
    expect([0, 1, 2].map((index) => engine.why(gate(index)))).toEqual(kinds.map(() => "credentials rejected"));
  });

  test("failures of questions that were under way together count as one", () => {
    const { engine, answer } = asking();
    for (const index of [0, 1, 2]) answer(index, rejected);
    expect(engine.state.access.failures).toBe(1);
    expect(engine.timers("turn")).toHaveLength(1);
  });

  test("nobody asks before the pause is over, and then one does", () => {
    const { engine, answer, turn } = asking();
    for (const index of [0, 1, 2]) answer(index, rejected);
    expect(engine.asked()).toHaveLength(3);
    turn();
    expect(engine.asked().slice(3)).toEqual(["Aa"]);
  });

  test.each([1, 2, 3, 4])("the pause grows with every turn that failed: %i", (turns) => {
    const { engine, answer, turn } = asking();
    for (const index of [0, 1, 2]) answer(index, rejected);
    for (let count = 0; count < turns; count += 1) {
      turn();
      answer(count % 3, rejected);
    }
    expect(engine.timers("turn").at(-1)?.pause).toMatchObject({ attempt: turns });
    expect(engine.asked()).toHaveLength(3 + turns);
  });

  test("questions take turns", () => {
    const { engine, answer, turn } = asking();
    for (const index of [0, 1, 2]) answer(index, rejected);
    for (const index of [0, 1, 2, 0]) {
      turn();
      answer(index, rejected);
    }
    expect(engine.asked().slice(3)).toEqual(["Aa", "Bb", "Cc", "Aa"]);
  });

  test("the first answer lets all others go", () => {
    const { engine, answer, turn } = asking();
    for (const index of [0, 1, 2]) answer(index, rejected);
    turn();
    answer(0, yes);
    expect(engine.asked().slice(4).toSorted()).toEqual(["Bb", "Cc"]);
    expect(engine.state.access).toMatchObject({ because: undefined, waiting: [], turn: undefined });
  });

  test("also where the answer is no", () => {
    const { engine, answer, turn } = asking();
    for (const index of [0, 1]) answer(index, rejected);
    turn();
    answer(0, absent);
    expect(engine.asked().slice(4)).toEqual(["Bb"]);
  });

  test("a pause of an earlier trouble is void", () => {
    const { engine, answer } = asking();
    answer(0, rejected);
    const stale = engine.timers("turn")[0]?.timer ?? { of: "pods" as const };
    answer(1, yes);
    answer(0, rejected);
    const asked = engine.asked().length;
    expect(engine.timer(stale).asked()).toHaveLength(asked);
  });

  test.each([
    [59_000, 2],
    [61_000, 1],
  ])("after %i ms without trouble the count of failures is %i", (calm, failures) => {
    const { engine, answer } = asking();
    answer(0, rejected, 0);
    answer(1, yes, 1_000);
    answer(0, rejected, 0 + calm);
    expect(engine.state.access.failures).toBe(failures);
  });

  test("a gate's time runs on, and its end says why", () => {
    const { engine, answer, gate } = asking({ timeoutMs: 60_000 });
    answer(0, rejected);
    engine.look().timer({ of: "gate", gate: gate(0) }, 60_000);
    expect(engine.facts("gateFailed")).toMatchObject([
      { error: { code: "gate-timeout", advice: [verbatim("credentials rejected")] } },
    ]);
  });

  test("a question that nobody needs any more gives its turn to the next", () => {
    const { engine, answer, turn, gate } = asking();
    for (const index of [0, 1, 2]) answer(index, rejected);
    engine.look().timer({ of: "gate", gate: gate(0) });
    turn();
    expect(engine.asked().slice(3)).toEqual(["Bb"]);
  });
});
