import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openFeedRoom } from "./feed-room.ts";

const table = {
  kind: "Table",
  metadata: { resourceVersion: "1" },
  columnDefinitions: [{ name: "Name", type: "string", format: "name" }],
  rows: [{ cells: ["a"], object: { metadata: { name: "a", namespace: "n", resourceVersion: "1" } } }],
};
const changed = { type: "MODIFIED", object: { ...table, rows: table.rows } };
const outdated = { type: "ERROR", object: { kind: "Status", code: 410, reason: "Expired", message: "too old" } };

it("a server whose every watch is outdated at once is asked ever less often, by tables and by watches", async () => {
  let watches = 0;
  const { client, feed, close } = await openFeedRoom(({ query, asTable, response }) => {
    const list = asTable ? table : { metadata: { resourceVersion: "1" }, items: [] };
    if (query.get("watch") !== "true") return void response.end(JSON.stringify(list));
    watches++;
    // An event comes first: it must not make the waits begin anew.
    const event = asTable ? changed : { type: "MODIFIED", object: { metadata: { name: "a", resourceVersion: "2" } } };
    response.end(`${JSON.stringify(event)}\n${JSON.stringify(outdated)}\n`);
  });
  const ended = new AbortController();
  try {
    const feeding = feed.run(ended.signal);
    await sleep(2_500);
    // 20, 40, 80 … ms: some seven in this time; without the waits hundreds.
    expect(watches).toBeGreaterThanOrEqual(3);
    expect(watches).toBeLessThan(12);
    ended.abort();
    await feeding;

    watches = 0;
    const stop = new AbortController();
    const watching = (async () => {
      for await (const _ of client.watch("v1", "Pod", { signal: stop.signal })) {
        // All events are read.
      }
    })();
    await sleep(2_500);
    expect(watches).toBeGreaterThanOrEqual(3);
    expect(watches).toBeLessThan(12);
    stop.abort();
    await watching;
  } finally {
    await close();
  }
}, 20_000);
