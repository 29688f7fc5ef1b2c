import { describe, expect, it } from "vitest";
import { together } from "../../../common/async/index.ts";
import { latest } from "../../../electron/tables/latest.ts";
import { LatestValueChannel } from "../../../electron/tables/latest-value-channel.ts";
import { asOf } from "../../../electron/tables/page-query.ts";
import { rankName } from "../../../electron/tables/rank.ts";

describe("a channel", () => {
  it("gives a slow reader the newest item only", async () => {
    const channel = new LatestValueChannel<number>();
    const stop = new AbortController();
    const items = channel.items(stop.signal);
    channel.put(1);
    channel.put(2);
    expect(await items.next()).toEqual({ done: false, value: 2 });
    const waiting = items.next();
    channel.put(3);
    expect(await waiting).toEqual({ done: false, value: 3 });
    const last = items.next();
    stop.abort();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  it("tells its reader of a failure", async () => {
    const channel = new LatestValueChannel<number>();
    const next = channel.items(new AbortController().signal).next();
    channel.fail(new Error("broken"));
    await expect(next).rejects.toThrow("broken");
  });

  it("ends what fills it when its reader leaves", async () => {
    const ended = Promise.withResolvers<void>();
    const produce = async (put: (value: string) => void, signal: AbortSignal) => {
      signal.addEventListener("abort", () => ended.resolve());
      put("one");
      await ended.promise;
    };
    for await (const item of latest(produce, new AbortController().signal)) {
      expect(item).toBe("one");
      break;
    }
    await ended.promise;
  });
});

describe("tasks together", () => {
  it("end the others when one fails, and throw what it failed with", async () => {
    const untilAborted = (signal: AbortSignal) =>
      new Promise<void>((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("ended with the others")));
      });
    const failing = async () => {
      throw new Error("the first");
    };
    await expect(together([untilAborted, failing], new AbortController().signal)).rejects.toThrow("the first");
  });
});

describe("names", () => {
  it("rank by how well they answer what was typed", () => {
    const names = ["my-web", "web-1", "cobweb", "web", "w-e-b-x", "other"];
    const ranked = names
      .map((name) => ({ name, rank: rankName(name, "Web") }))
      .filter(({ rank }) => rank !== undefined)
      .sort((a, b) => Number(a.rank) - Number(b.rank));
    expect(ranked.map(({ name }) => name)).toEqual(["web", "web-1", "my-web", "cobweb", "w-e-b-x"]);
  });
});

describe("the state to list namespaces in", () => {
  it("is the first page's where the server keeps it in memory", () => {
    expect(asOf("7", "v1.36.3")).toEqual({ resourceVersion: "7", resourceVersionMatch: "Exact" });
    expect(asOf("7", "v1.33.1-eks-abc")).toMatchObject({ resourceVersionMatch: "NotOlderThan", limit: undefined });
  });
});
