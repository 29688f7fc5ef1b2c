import { expect, test } from "vitest";
import { FlowdeckError } from "../../../../common/contract/index.ts";
import { message, verbatim } from "../../../../common/words/index.ts";
import { EventQueue } from "../../../../electron/cluster/reflector/event-queue.ts";
import type { ClusterClient, WatchEvent, WatchOptions } from "../../../../electron/cluster/types.ts";
import { LiveObjects } from "../../../../electron/install/run/object-cache.ts";
import { object } from "../objects-support.ts";

const forbidden = new FlowdeckError("forbidden", verbatim("Not allowed to list pods in team."));
const pods = { apiVersion: "v1", kind: "Pod" };
const pod = (name: string) => object("v1", "Pod", name, { metadata: { namespace: "team" } });

/** A cache, and the watch that it asked for, which goes as the test says. */
function cache() {
  const stop = new AbortController();
  const queue = new EventQueue<WatchEvent>();
  const watched: { options: WatchOptions; errors: string[]; troubles: number } = {
    options: {},
    errors: [],
    troubles: 0,
  };
  const client: Partial<ClusterClient> = {
    watch: async function* (_apiVersion, _kind, options = {}) {
      watched.options = options;
      yield* queue.items(stop.signal);
    },
  };
  const live = new LiveObjects({
    client: client as ClusterClient,
    signal: stop.signal,
    onChange: () => undefined,
    onError: (what) => watched.errors.push(what),
    onTrouble: () => {
      watched.troubles += 1;
    },
  });
  const come = async (...events: WatchEvent[]) => {
    for (const event of events) queue.put(event);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const end = async () => {
    stop.abort();
    await live.ended();
  };
  return { live, watched, come, end };
}

test("a watch that is refused is asked for again, keeps nobody waiting, and says why until it works", async () => {
  const { live, watched, end } = cache();
  const synced = live.watch("v1", "Pod", { namespace: "team" });
  expect(watched.options.keepTrying).toBe(true);
  watched.options.onConnection?.("reconnecting", forbidden);
  await synced;
  watched.options.onConnection?.("listing");
  watched.options.onConnection?.("reconnecting", forbidden);
  expect(watched.errors).toEqual(["Pod (v1)"]);
  expect(live.troubleOf({ ...pods, namespace: "team" })).toEqual(
    message("accessTrouble.forbidden", { words: verbatim("Not allowed to list pods in team.") }),
  );
  expect(live.troubleOf({ ...pods, namespace: "other" })).toBeUndefined();
  watched.options.onConnection?.("live");
  expect(live.troubleOf({ ...pods, namespace: "team" })).toBeUndefined();
  expect(watched.troubles).toBeGreaterThan(1);
  await end();
});

test("what is deleted is gone", async () => {
  const { live, come, end } = cache();
  const synced = live.watch("v1", "Pod");
  await come({ type: "added", object: pod("stays") }, { type: "added", object: pod("goes") }, { type: "synced" });
  await synced;
  expect([...live.of("Pod")].map(({ metadata }) => metadata.name)).toEqual(["stays", "goes"]);
  await come({ type: "deleted", object: pod("goes") });
  expect([...live.of("Pod")].map(({ metadata }) => metadata.name)).toEqual(["stays"]);
  await end();
});

test("a watch that reconnects by itself tells why meanwhile, and its first list is still waited for", async () => {
  const { live, watched, come, end } = cache();
  let listed = false;
  const synced = live.watch("v1", "Pod").then(() => {
    listed = true;
  });
  watched.options.onConnection?.("reconnecting", new FlowdeckError("cluster-unreachable", verbatim("No answer.")));
  expect(live.troubleOf(pods)).toEqual(message("accessTrouble.unreachable", { words: verbatim("No answer.") }));
  expect(watched.errors).toEqual([]);
  await come();
  expect(listed).toBe(false);
  await come({ type: "synced" });
  await synced;
  watched.options.onConnection?.("live");
  expect(live.troubleOf(pods)).toBeUndefined();
  await end();
});
