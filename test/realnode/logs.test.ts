import { afterAll, beforeAll, expect, it } from "vitest";
import { type LogRow, type LogSource, type LogView, logQuery, logSource } from "../../common/contract/index.ts";
import { Logs } from "../../electron/logs/index.ts";
import { describeOnRealNodes } from "./support.ts";

describeOnRealNodes("logs of real containers", (nodes) => {
  const { kubectl } = nodes.room;
  let logs: Logs;
  let views = 0;

  beforeAll(async () => {
    logs = new Logs(nodes.room.connections);
    const says = (words: string) => ["sh", "-c", words];
    await kubectl.apply(
      nodes.pod("talks", { command: says("for i in $(seq 1 300); do echo line $i; sleep 0.02; done; sleep 100000") }),
      nodes.pod("restarts", {
        command: says("run=$(date +%s%N); for i in 1 2 3 4 5; do echo run $run $i; sleep 0.2; done; exit 3"),
      }),
      nodes.pod("long", { command: says("head -c 200000 /dev/zero | tr '\\0' x; echo; echo after; sleep 100000") }),
      nodes.pod(
        "several",
        { command: says("echo from main; sleep 100000") },
        {
          initContainers: [{ name: "prep", image: "localhost/realnode/busybox:1.35", command: says("echo from prep") }],
        },
      ),
    );
    for (const name of ["talks", "long", "several"]) {
      await kubectl.wait(`pod/${name}`, "condition=Ready", "-n", nodes.namespace);
    }
  });
  afterAll(() => logs?.close());

  /** Follows a log until its newest rows are as wanted. */
  async function rows(
    pod: string,
    wanted: (rows: readonly LogRow[], view: LogView) => boolean,
    more: Partial<LogSource> = {},
  ): Promise<readonly LogRow[]> {
    const input = {
      view: `realnode-${++views}`,
      source: logSource.parse({ targets: [nodes.target("Pod", pod)], tail: null, ...more }),
      query: logQuery.parse({ window: { offset: null, count: 1_000 } }),
    };
    let last: LogView | undefined;
    for await (last of logs.open(input, AbortSignal.timeout(60_000))) if (wanted(last.rows, last)) return last.rows;
    throw new Error(`The last rows: ${JSON.stringify(last?.rows.slice(-5))}`);
  }
  const texts = (seen: readonly LogRow[]) => seen.filter(({ notice }) => notice === undefined).map(({ text }) => text);
  const oracle = async (...args: string[]) =>
    (await kubectl.text("logs", "-n", nodes.namespace, ...args)).trimEnd().split("\n");

  it("are followed as kubectl reads them, with the node's times", async () => {
    const seen = await rows("talks", (all) => all.some(({ text }) => text === "line 300"));
    const theirs = await oracle("talks", "--timestamps");
    expect(seen.filter(({ notice }) => notice === undefined).map(({ at, text }) => `${at} ${text}`)).toEqual(theirs);
  });

  it("go on over restarts, each run once and with its exit code, and have the run before", async () => {
    const runs = (all: readonly LogRow[]) => new Set(texts(all).map((text) => text.split(" ")[1])).size;
    const seen = await rows("restarts", (all) => runs(all) >= 2 && texts(all).length % 5 === 0);
    expect(texts(seen)).toHaveLength(runs(seen) * 5);
    expect(seen.map(({ notice }) => notice)).toContainEqual(expect.objectContaining({ what: "ended", exitCode: 3 }));
    const previous = await rows("restarts", (_all, { finished }) => finished, { previous: true });
    expect(texts(previous)).toHaveLength(5);
  });

  it("bring long lines whole, however the runtime cuts them", async () => {
    const seen = await rows("long", (all) => all.some(({ text }) => text === "after"));
    const [line] = seen;
    expect(line?.bytes ?? line?.text.length).toBe(200_000);
  });

  it("tell init containers from the others", async () => {
    const seen = await rows("several", (all) => texts(all).length >= 2);
    expect(texts(seen).sort()).toEqual(["from main", "from prep"]);
  });
});
