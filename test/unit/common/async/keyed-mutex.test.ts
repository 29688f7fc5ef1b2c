import { setImmediate as soon } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inTurn } from "../../../../common/async/index.ts";

describe("work in turn", () => {
  it("goes one after the other under one key, also after a failure, and at once under another", async () => {
    const told: string[] = [];
    const first = Promise.withResolvers<void>();
    const all = [
      inTurn("a", undefined, async () => {
        told.push("a1");
        await first.promise;
        throw new Error("no luck");
      }),
      inTurn("a", undefined, async () => told.push("a2")),
      inTurn("b", undefined, async () => told.push("b1")),
    ];
    await all[2];
    expect(told).toEqual(["a1", "b1"]);
    first.resolve();
    await expect(all[0]).rejects.toThrow("no luck");
    await all[1];
    expect(told).toEqual(["a1", "b1", "a2"]);
  });

  it("gives up waiting when it is told to, without letting the next one in before its time", async () => {
    const told: string[] = [];
    const first = Promise.withResolvers<void>();
    const stop = new AbortController();
    const running = inTurn("c", undefined, () => first.promise);
    const givenUp = inTurn("c", stop.signal, async () => told.push("given up"));
    const next = inTurn("c", undefined, async () => told.push("next"));
    stop.abort(new Error("enough"));
    await expect(givenUp).rejects.toThrow("enough");
    await soon();
    expect(told).toEqual([]);
    first.resolve();
    await Promise.all([running, next]);
    expect(told).toEqual(["next"]);
    await expect(inTurn("c", stop.signal, async () => told.push("never"))).rejects.toThrow("enough");
    expect(told).toEqual(["next"]);
  });
});
