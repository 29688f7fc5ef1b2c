import { expect, it } from "vitest";
import { followStream, type StreamReader } from "../../../../electron/cluster/reflector/follow-stream.ts";
import { FakeClock, settled } from "./fake-clock.ts";

/** A connection whose bytes come when the test says so. */
function connection(reader: Partial<StreamReader> = {}) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const told: string[] = [];
  let send: (chunk: Buffer | undefined) => void = () => undefined;
  const done = followStream({
    open: async (signal) =>
      (async function* () {
        for (;;) {
          const chunk = await new Promise<Buffer | undefined>((resolve, reject) => {
            send = resolve;
            signal.addEventListener("abort", () => reject(new Error("aborted")));
          });
          if (chunk === undefined) return;
          yield chunk;
        }
      })(),
    onSilence: () => () => told.push("unheard"),
    reader: { connected: () => undefined, take: (chunk) => void told.push(String(chunk)), ...reader },
    progress: { connected: () => told.push("connected"), seen: () => undefined, silent: () => undefined },
    signal: stop.signal,
    clock,
  }).then(
    () => "ended",
    (error: unknown) => String(error),
  );
  return { clock, stop, told, done, send: (text?: string) => send(text === undefined ? undefined : Buffer.from(text)) };
}

it("ends a connection that is silent for longer than bookmarks let it be, without a failure", async () => {
  const { clock, done, told, send } = connection();
  await settled();
  await clock.pass(140_000);
  send("a");
  await settled();
  await clock.pass(140_000);
  expect(told).toEqual(["connected", "a"]);
  await clock.pass(20_000);
  expect(await done).toBe("ended");
  expect(told).toEqual(["connected", "a", "unheard"]);
});

it("throws what its reader fails with, at once or later", async () => {
  const now = connection({
    take: () => {
      throw new Error("unreadable");
    },
  });
  await settled();
  now.send("a");
  expect(await now.done).toBe("Error: unreadable");
  let failLater: (error: unknown) => void = () => undefined;
  const later = connection({
    take: (_chunk, fail) => {
      failLater = fail;
    },
  });
  await settled();
  later.send("a");
  await settled();
  failLater(new Error("read too late"));
  expect(await later.done).toBe("Error: read too late");
});

it("fails when it is aborted", async () => {
  const { stop, done } = connection();
  await settled();
  stop.abort();
  expect(await done).toBe("Error: aborted");
});
