import { afterEach, describe, expect, it, vi } from "vitest";
import {
  type AppError,
  contextId,
  FlowdeckError,
  type LogEntry,
  largestText,
  type PracticeStatus,
} from "../../../common/contract/index.ts";
import { message, verbatim } from "../../../common/words/index.ts";
import type { Backend } from "../../../electron/host/types.ts";
import { backendOf, overElectron, overWeb, type ServedClient } from "./support.ts";

// Electron's side runs against a double of the electron module, typed by its electron.d.ts.
vi.mock("electron", async () => await import("./electron-double.ts"));

const status: PracticeStatus = { state: "absent", fraction: 0, nodes: 3, podReadyMs: { min: 1, max: 2 }, faults: [] };
const entry = (seq: number): LogEntry => ({ seq, time: "t", level: "info", event: "applied", message: `line ${seq}` });

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FlowdeckError) return error.toJSON();
    throw error;
  }
  throw new Error("It did not fail.");
}

describe.each([
  ["the loopback host", overWeb],
  ["Electron's host (against the double)", overElectron],
])("%s", (_, serve) => {
  let served: ServedClient | undefined;
  const open = async (parts: Partial<Backend>) => {
    served = await serve(backendOf(parts));
    return served;
  };
  afterEach(async () => {
    await served?.close();
    served = undefined;
  });

  describe("a call", () => {
    it("gets its parsed input with defaults, and its output comes back", async () => {
      let got: unknown;
      const { client } = await open({
        "plan.prepare": async (input) => {
          got = input.settings;
          throw new FlowdeckError("busy", verbatim("Seen."));
        },
        "preferences.get": async () => ({ theme: "dark" }),
      });
      const settings = {
        name: "demo",
        baseDir: "/home/demo",
        release: "26.03",
        platform: "practice" as const,
        email: "ada@example.com",
        userNamespace: "ada",
        components: [],
      };
      expect((await failureOf(client.call("plan.prepare", { context: contextId.parse("c"), settings }))).code).toBe(
        "busy",
      );
      expect(got).toEqual({ ...settings, version: 1, auth: "dex", images: {} });
      expect(await client.call("preferences.get", {})).toEqual({ theme: "dark" });
    });

    it("with wrong input is refused by path and problem before it runs, without its values in the log", async () => {
      const run = vi.fn<Backend["practice.start"]>();
      const { client, log } = await open({ "practice.start": run });
      const error = await failureOf(client.call("practice.start", { nodes: 51, podReadyMs: { min: -77123, max: 0 } }));
      expect(error.code).toBe("invalid-input");
      expect(error.message).toContain("nodes: ");
      expect(error.message).toContain("podReadyMs.min: ");
      expect(run).not.toHaveBeenCalled();
      expect(log).toHaveLength(1);
      expect(log[0]).toContain("refused practice.start: invalid-input");
      expect(log[0]).not.toContain("77123");
    });

    it("takes an edit as large as the contract admits, whatever is in it", async () => {
      const sizes: number[] = [];
      const { client } = await open({
        "yaml.check": async ({ base, text }) => {
          sizes.push(base.yaml.length, text.length);
          return { problems: [], warnings: [], changes: [], owners: [] };
        },
      });
      const target = {
        context: contextId.parse("c"),
        group: "",
        version: "v1",
        plural: "configmaps",
        kind: "ConfigMap",
        name: "x",
      };
      const check = (yaml: string, text: string) =>
        client.call("yaml.check", { target, base: { yaml, uid: "u", resourceVersion: "1", masked: false }, text });
      for (const [size, letter] of [
        [600_000, "x"],
        [largestText, '"'],
        [largestText, "한"],
        [largestText, "\u0000"],
      ] as const) {
        await check(letter.repeat(size), letter.repeat(size));
        expect(sizes.splice(0)).toEqual([size, size]);
      }
      const error = await failureOf(check("", "x".repeat(largestText + 1)));
      expect(error.code).toBe("invalid-input");
    });

    it("that fails gives code, message, detail and fix", async () => {
      const fix = { id: "storage.default", title: "Create a default StorageClass", params: { name: "standard" } };
      const { client } = await open({
        "cluster.connect": async () => {
          throw new FlowdeckError("forbidden", verbatim("No."), { detail: "The server said no.", fix });
        },
      });
      const error = await failureOf(client.call("cluster.connect", { context: contextId.parse("c") }));
      const said = verbatim("No.");
      expect(error).toEqual({ code: "forbidden", message: "No.", said, detail: "The server said no.", fix });
    });

    it("that breaks gives no stack to the page, and keeps it in the log", async () => {
      const { client, log } = await open({
        "practice.status": async () => {
          throw new TypeError("x is not a function");
        },
      });
      const error = await failureOf(client.call("practice.status", {}));
      expect(error).toEqual({
        code: "internal",
        message: "x is not a function",
        said: message("call.internal", { words: "x is not a function" }),
      });
      expect(log.join()).toContain("contract.test.ts");
    });

    it("of a method that is not in the contract is refused", async () => {
      const { client } = await open({});
      for (const name of ["nope", "toString", "__proto__", "practice.watch"]) {
        const call = client.call(name as "app.info", {});
        expect((await failureOf(call)).code).toBe("unknown-method");
      }
    });

    it("is cancelled in the backend when its caller gives up", async () => {
      const begun = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      const { client } = await open({
        "cluster.connect": (_input, signal) => {
          signal.addEventListener("abort", () => ended.resolve());
          begun.resolve();
          return new Promise(() => undefined);
        },
      });
      const controller = new AbortController();
      const call = failureOf(
        client.call("cluster.connect", { context: contextId.parse("c") }, { signal: controller.signal }),
      );
      await begun.promise;
      controller.abort();
      expect((await call).code).toBe("cancelled");
      await ended.promise;
    });

    it("whose output is not what the contract says is caught in tests", async () => {
      const { client } = await open({ "practice.status": async () => ({ ...status, nodes: "3" }) as never });
      const error = await failureOf(client.call("practice.status", {}));
      expect(error.code).toBe("internal");
      expect(error.message).toContain("nodes");
    });
  });

  describe("a stream", () => {
    /** Reads a stream to its end: its items, and how it ended. */
    function collect(served: ServedClient, kfDir = "/kf"): Promise<{ items: LogEntry[][]; error?: AppError }> {
      const items: LogEntry[][] = [];
      return new Promise((resolve) => {
        served.client.subscribe(
          "install.log",
          { kfDir },
          {
            onItem: (item) => items.push(item),
            onEnd: () => resolve({ items }),
            onError: (error) => resolve({ items, error }),
          },
        );
      });
    }

    it("gets its parsed input and gives its items in order, then ends", async () => {
      const inputs: unknown[] = [];
      const served = await open({
        async *"install.log"(input) {
          inputs.push(input);
          yield [entry(1)];
          yield [entry(2), entry(3)];
        },
      });
      expect(await collect(served)).toEqual({ items: [[entry(1)], [entry(2), entry(3)]] });
      expect(inputs).toEqual([{ kfDir: "/kf", after: 0 }]);
    });

    it("keeps the order of thousands of items, and of two streams at once", async () => {
      const count = 5_000;
      const served = await open({
        async *"install.log"() {
          for (let seq = 0; seq < count; seq += 1) yield [entry(seq)];
        },
      });
      const both = await Promise.all([collect(served, "/one"), collect(served, "/two")]);
      for (const { items, error } of both) {
        expect(error).toBeUndefined();
        expect(items.flat().map((item) => item.seq)).toEqual(Array.from({ length: count }, (_, seq) => seq));
      }
    });

    it("that fails gives what came before, then the error", async () => {
      const served = await open({
        async *"install.log"() {
          yield [entry(1)];
          throw new FlowdeckError("journal-invalid", verbatim("Line 7 is not JSON."));
        },
      });
      expect(await collect(served)).toEqual({
        items: [[entry(1)]],
        error: { code: "journal-invalid", message: "Line 7 is not JSON.", said: verbatim("Line 7 is not JSON.") },
      });
    });

    it("with wrong input, or of a name that is none, is refused", async () => {
      const served = await open({});
      expect((await collect(served, "")).error?.code).toBe("invalid-input");
      const error = await new Promise<AppError>((resolve) => {
        served.client.subscribe("app.info" as "practice.watch", {}, { onItem: () => undefined, onError: resolve });
      });
      expect(error.code).toBe("unknown-method");
    });

    it("that the page closes ends the room's generator, even while it waits", async () => {
      const cleaned = Promise.withResolvers<void>();
      const first = Promise.withResolvers<void>();
      const after = vi.fn();
      const served = await open({
        async *"practice.watch"(_input, signal) {
          try {
            yield status;
            await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
          } finally {
            cleaned.resolve();
          }
        },
      });
      const close = served.client.subscribe(
        "practice.watch",
        {},
        { onItem: () => first.resolve(), onEnd: after, onError: after },
      );
      await first.promise;
      close();
      await cleaned.promise;
      expect(after).not.toHaveBeenCalled();
    });

    it("is cancelled when its host stops", async () => {
      const cleaned = Promise.withResolvers<void>();
      const first = Promise.withResolvers<void>();
      const served = await open({
        async *"practice.watch"(_input, signal) {
          signal.addEventListener("abort", () => cleaned.resolve());
          yield status;
          await new Promise(() => undefined);
        },
      });
      const close = served.client.subscribe("practice.watch", {}, { onItem: () => first.resolve() });
      await first.promise;
      await served.close();
      await cleaned.promise;
      close();
    });
  });
});
