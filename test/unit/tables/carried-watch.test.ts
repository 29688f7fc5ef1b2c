import { expect, it } from "vitest";
import { eventually } from "../../cluster/kubectl.ts";
import { openFeedRoom, type PodsRequest } from "./feed-room.ts";

const pod = (version: string) => ({
  metadata: { name: "a", namespace: "n", uid: "a", resourceVersion: version },
  spec: { nodeName: "one" },
});
const table = (version: string, whole: boolean) => ({
  kind: "Table",
  metadata: { resourceVersion: version },
  columnDefinitions: [{ name: "Name", type: "string", format: "name" }],
  rows: [{ cells: ["a"], object: whole ? pod(version) : { metadata: pod(version).metadata } }],
});

it("a table's watch brings whole objects only once somebody reads them, and misses nothing when it turns", async () => {
  const watches: PodsRequest[] = [];
  const { client, feed, close } = await openFeedRoom((request) => {
    const { query, asTable, response } = request;
    if (query.get("watch") !== "true") {
      const list = asTable ? table("10", false) : { metadata: { resourceVersion: "10" }, items: [pod("10")] };
      return void response.end(JSON.stringify(list));
    }
    watches.push(request);
    response.on("close", () => watches.splice(watches.indexOf(request), 1));
    response.flushHeaders();
  });
  const ended = new AbortController();
  const feeding = feed.run(ended.signal);
  let reading: Promise<void> | undefined;
  try {
    await eventually(async () => expect(watches).toHaveLength(1));
    expect(watches[0]?.query.get("includeObject")).toBeNull();

    const events: string[] = [];
    reading = (async () => {
      for await (const event of client.watch("v1", "Pod", { signal: ended.signal })) {
        if ("object" in event) events.push(`${event.type} ${JSON.stringify(event.object.spec)}`);
      }
    })();
    await eventually(async () => expect(watches[0]?.query.get("includeObject")).toBe("Object"));
    expect(watches.map(({ asTable }) => asTable)).toEqual([true]);
    // It goes on where the table was.
    expect(watches[0]?.query.get("resourceVersion")).toBe("10");
    watches[0]?.response.write(`${JSON.stringify({ type: "MODIFIED", object: table("11", true) })}\n`);
    await eventually(async () => expect(events.at(-1)).toBe('modified {"nodeName":"one"}'));
  } finally {
    ended.abort();
    await Promise.all([feeding, reading]);
    await close();
  }
});
