import { once } from "node:events";
import { Agent, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { message } from "../../../common/words/index.ts";
import { Liveness } from "../../../electron/cluster/liveness.ts";
import { noHandshake } from "../../../electron/cluster/network-errors.ts";
import { openSocket } from "../../../electron/cluster/socket.ts";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe("a server that is listened to", () => {
  let now = 0;
  /** Ticks as the timer would, every five seconds. */
  async function pass(liveness: Liveness, seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 5) {
      now += 5_000;
      liveness.tick();
      await Promise.resolve();
    }
  }

  function listenedTo(answers: boolean): { liveness: Liveness; told: (number | undefined)[]; asked: () => number } {
    let asked = 0;
    now = 1_000_000;
    const liveness: Liveness = new Liveness(
      async () => {
        asked++;
        if (answers) liveness.heard();
        else await new Promise(() => undefined);
      },
      () => now,
    );
    const told: (number | undefined)[] = [];
    liveness.watch((seconds) => told.push(seconds));
    return { liveness, told, asked: () => asked };
  }

  it("is asked after ten quiet seconds, and is no news as long as it answers", async () => {
    const { liveness, told, asked } = listenedTo(true);
    await pass(liveness, 60);
    expect(asked()).toBe(6);
    expect(told).toEqual([]);
    liveness.close();
  });

  it("is said to be silent, for how long, and to be back", async () => {
    const { liveness, told, asked } = listenedTo(false);
    await pass(liveness, 30);
    expect(told).toEqual([20, 25, 30]);
    expect(asked()).toBe(1);
    liveness.heard();
    expect(told).toEqual([20, 25, 30, undefined]);
    liveness.close();
  });

  it("is not said to be silent when it was this program that slept", () => {
    const { liveness, told } = listenedTo(false);
    now += 3_600_000;
    liveness.tick();
    expect(told).toEqual([]);
    liveness.close();
  });
});

describe("a WebSocket that nobody answers", () => {
  it("is given up, and said of the node behind the server", async () => {
    server = createServer().on("upgrade", () => undefined);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/exec`;
    const signal = new AbortController().signal;
    const opening = openSocket({ url, protocols: [], headers: {}, agent: new Agent(), signal, timeoutMs: 100 });
    await expect(opening).rejects.toMatchObject({ name: "SilentHandshake", seconds: 0.1 });
    expect(
      noHandshake(message("request.run", { command: "sh", pod: "default/web" }), "https://10.0.0.1:6443", 40),
    ).toMatchObject({
      code: "server-error",
      message:
        "Cannot run sh in Pod default/web: the API server 10.0.0.1:6443 accepted the request but did not respond within 40 s.",
    });
  });
});
