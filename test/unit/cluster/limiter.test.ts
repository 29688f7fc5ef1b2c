import { describe, expect, it } from "vitest";
import { Limiter } from "../../../electron/cluster/limiter.ts";
import type { RequestShare } from "../../../electron/cluster/types.ts";
import { FakeClock, settled } from "./reflector/fake-clock.ts";

/** A limiter, and requests through it that are answered when the test says so. */
class Requests {
  readonly clock = new FakeClock();
  readonly limiter: Limiter;
  /** In the order in which they got their turn. */
  readonly begun: string[] = [];
  readonly #answers = new Map<string, () => void>();

  constructor(max: number) {
    this.limiter = new Limiter({ max, clock: this.clock });
  }

  ask(name: string, share?: RequestShare, signal?: AbortSignal): Promise<string> {
    const task = () => {
      this.begun.push(name);
      return new Promise<string>((resolve) => {
        this.#answers.set(name, () => resolve(name));
      });
    };
    return this.limiter.run(task, { share, signal });
  }

  async answer(...names: string[]): Promise<void> {
    for (const name of names) this.#answers.get(name)?.();
    await settled();
  }

  /** Changes that are answered after so long, one after another. */
  changesTake(count: number, ms: number): number {
    for (let change = 0; change < count; change++) this.limiter.answered("changes", ms);
    return this.limiter.atOnce("changes");
  }
}

const names = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what} ${index}`);

describe("all requests together", () => {
  it("are halved once for refusals that come together, and grow back with what succeeds", () => {
    const { limiter, clock } = new Requests(16);
    limiter.refused(0);
    limiter.refused(0);
    expect(limiter.limit).toBe(8);
    return clock.pass(2_000).then(() => {
      limiter.refused(0);
      expect(limiter.limit).toBe(4);
      for (let success = 0; success < 4; success++) limiter.succeeded();
      expect(limiter.limit).toBe(5);
      for (let success = 0; success < 200; success++) limiter.succeeded();
      expect(limiter.limit).toBe(16);
    });
  });

  it("never fall below one at once", async () => {
    const { limiter, clock } = new Requests(4);
    for (let refusal = 0; refusal < 9; refusal++) {
      limiter.refused(0);
      await clock.pass(1_000);
    }
    expect(limiter.limit).toBe(1);
  });

  it("are no more at once than the limit, in the order they came", async () => {
    const requests = new Requests(2);
    for (const name of names("get", 4)) void requests.ask(name);
    await settled();
    expect(requests.begun).toEqual(["get 0", "get 1"]);
    await requests.answer("get 1");
    expect(requests.begun).toEqual(["get 0", "get 1", "get 2"]);
  });

  it("wait as long as the server asks, whatever they are", async () => {
    const requests = new Requests(4);
    requests.limiter.refused(5_000);
    void requests.ask("get");
    void requests.ask("page", "pages");
    let opened = false;
    void requests.limiter.untilOpen(new AbortController().signal).then(() => {
      opened = true;
    });
    await requests.clock.pass(4_999);
    expect([requests.begun, opened]).toEqual([[], false]);
    await requests.clock.pass(1);
    expect([requests.begun, opened]).toEqual([["get", "page"], true]);
  });

  it("wait for the longest of two pauses", async () => {
    const requests = new Requests(4);
    requests.limiter.refused(5_000);
    requests.limiter.refused(1_000);
    void requests.ask("get");
    await requests.clock.pass(2_000);
    expect(requests.begun).toEqual([]);
    await requests.clock.pass(3_000);
    expect(requests.begun).toEqual(["get"]);
  });

  it("give up their place in the queue when aborted", async () => {
    const requests = new Requests(1);
    void requests.ask("first");
    const abort = new AbortController();
    const second = requests.ask("second", undefined, abort.signal);
    const third = requests.ask("third");
    abort.abort();
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    await requests.answer("first");
    await requests.answer("third");
    expect(await third).toBe("third");
    expect(requests.begun).toEqual(["first", "third"]);
  });

  it("make room also when they fail", async () => {
    const { limiter } = new Requests(1);
    const failing = limiter.run(() => Promise.reject(new Error("broken")), { share: "pages" });
    await expect(failing).rejects.toThrow("broken");
    expect(await limiter.run(async () => "next", { share: "pages" })).toBe("next");
  });
});

describe("a share", () => {
  it("has only its part, beside which others go on", async () => {
    const requests = new Requests(32);
    for (const name of names("page", 9)) void requests.ask(name, "pages");
    for (const name of names("count", 9)) void requests.ask(name, "counts");
    await settled();
    expect(requests.begun).toEqual([...names("page", 5), ...names("count", 4)]);
    void requests.ask("get");
    await requests.answer("page 3");
    expect(requests.begun.slice(9)).toEqual(["get", "page 5"]);
  });

  it("comes after what somebody waits for", async () => {
    const requests = new Requests(1);
    void requests.ask("first");
    void requests.ask("page", "pages");
    void requests.ask("get");
    await settled();
    await requests.answer("first");
    await requests.answer("get");
    expect(requests.begun).toEqual(["first", "get", "page"]);
  });

  it("of changes grows to its most with a distant server that answers evenly", () => {
    expect(new Requests(32).changesTake(50, 120)).toBe(16);
  });

  it("of changes stays small where answers queue up, and grows when the server has caught up", () => {
    const requests = new Requests(32);
    requests.changesTake(1, 8);
    expect(requests.changesTake(50, 90)).toBe(4);
    const busy = new Requests(32);
    expect(busy.changesTake(50, 100)).toBe(16);
    expect(busy.changesTake(60, 900)).toBe(4);
    expect(busy.changesTake(100, 100)).toBe(16);
  });

  it("of changes is learned anew after a while, as the way to the server may be another one", async () => {
    const requests = new Requests(32);
    requests.changesTake(1, 1);
    expect(requests.changesTake(50, 120)).toBe(4);
    await requests.clock.pass(31_000);
    expect(requests.changesTake(50, 120)).toBe(16);
  });

  it("of pages stays what it is, however long they take", () => {
    const { limiter } = new Requests(32);
    for (let page = 0; page < 50; page++) limiter.answered("pages", 100);
    expect(limiter.atOnce("pages")).toBe(5);
  });

  it("gets its turns as soon as there is room for more", async () => {
    const requests = new Requests(32);
    for (const name of names("change", 20)) void requests.ask(name, "changes");
    await settled();
    expect(requests.begun).toHaveLength(4);
    requests.changesTake(50, 120);
    await settled();
    expect(requests.begun).toHaveLength(16);
  });
});
