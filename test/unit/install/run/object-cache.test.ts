import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FlowdeckError } from "../../../../common/contract/index.ts";
import { message } from "../../../../common/words/index.ts";
import type { ClusterClient, WatchEvent, WatchOptions } from "../../../../electron/cluster/types.ts";
import { LiveObjects } from "../../../../electron/install/run/object-cache.ts";
import { object } from "../objects-support.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const forbidden = new FlowdeckError("forbidden", "Not allowed to list pods in team.");
const pods = { apiVersion: "v1", kind: "Pod" };
const pod = (name: string) => object("v1", "Pod", name, { metadata: { namespace: "team" } });

/** A cache whose client watches as `watch` says, given how often it was asked before. */
function cache(watch: (attempt: number, options: WatchOptions) => AsyncIterable<WatchEvent>) {
  const stop = new AbortController();
  const counted = { watches: 0, errors: [] as string[], troubles: 0 };
  const client: Partial<ClusterClient> = {
    watch: async function* (_apiVersion, _kind, options) {
      yield* watch(counted.watches++, options ?? {});
    },
  };
  const live = new LiveObjects({
    client: client as ClusterClient,
    signal: stop.signal,
    onChange: () => undefined,
    onError: (what) => counted.errors.push(what),
    onTrouble: () => {
      counted.troubles += 1;
    },
  });
  return { live, counted, end: () => stop.abort() };
}

async function* untilAborted({ signal, onConnection }: WatchOptions): AsyncGenerator<WatchEvent> {
  onConnection?.("live");
  await new Promise((resolve) => signal?.addEventListener("abort", resolve));
}

test("a watch that is refused is tried ever more rarely, and says why until it works", async () => {
  let allowed = false;
  const { live, counted, end } = cache(async function* (_attempt, options) {
    if (!allowed) throw forbidden;
    yield { type: "synced" };
    yield* untilAborted(options);
  });
  await live.watch("v1", "Pod", { namespace: "team" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(counted.watches).toBeGreaterThan(3);
  expect(counted.watches).toBeLessThan(10);
  expect(counted.errors).toEqual(["Pod (v1)"]);
  expect(live.troubleOf({ ...pods, namespace: "team" })).toEqual(
    message("accessTrouble.forbidden", { words: "Not allowed to list pods in team" }),
  );
  expect(live.troubleOf({ ...pods, namespace: "other" })).toBeUndefined();
  allowed = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(live.troubleOf({ ...pods, namespace: "team" })).toBeUndefined();
  expect(counted.troubles).toBeGreaterThan(1);
  end();
});

test("lists that are allowed do not speed up watches that are refused", async () => {
  const { live, counted, end } = cache(async function* () {
    yield { type: "added", object: pod("a") };
    yield { type: "synced" };
    throw forbidden;
  });
  await live.watch("v1", "Pod");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(counted.watches).toBeLessThan(10);
  expect(live.troubleOf(pods)).toBeDefined();
  end();
});

test("what is deleted while a watch is broken is gone after the next list", async () => {
  const { live, end } = cache(async function* (attempt, options) {
    yield { type: "added", object: pod("stays") };
    if (attempt === 0) yield { type: "added", object: pod("goes") };
    yield { type: "synced" };
    if (attempt === 0) throw forbidden;
    yield* untilAborted(options);
  });
  await live.watch("v1", "Pod");
  expect([...live.of("Pod")].map(({ metadata }) => metadata.name)).toEqual(["stays", "goes"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([...live.of("Pod")].map(({ metadata }) => metadata.name)).toEqual(["stays"]);
  end();
});

test("a watch that reconnects by itself tells why meanwhile", async () => {
  let options: WatchOptions = {};
  const { live, end } = cache(async function* (_attempt, given) {
    options = given;
    yield { type: "synced" };
    yield* untilAborted(given);
  });
  await live.watch("v1", "Pod");
  options.onConnection?.("reconnecting", new FlowdeckError("cluster-unreachable", "No answer."));
  expect(live.troubleOf(pods)).toEqual(message("accessTrouble.unreachable", { words: "No answer" }));
  options.onConnection?.("live");
  expect(live.troubleOf(pods)).toBeUndefined();
  end();
});
