import { afterEach, describe, expect, it } from "vitest";
import { untilAborted } from "../../../../common/async/until-aborted.ts";
import { FlowdeckError } from "../../../../common/contract/index.ts";
import { message, verbatim } from "../../../../common/words/index.ts";
import { refusalError } from "../../../../electron/cluster/errors.ts";
import { Expired } from "../../../../electron/cluster/reflector/expired.ts";
import {
  type Listing,
  Reflector,
  type ReflectorOptions,
  type WatchProgress,
} from "../../../../electron/cluster/reflector/reflector.ts";
import { FakeClock, settled } from "./fake-clock.ts";

const refused = (code: number) =>
  refusalError(code, "{}", { what: message("request.watch", { kind: "pods" }), contextName: "c", server: "https://s" });
const gone = refusalError(404, "{}", {
  what: message("request.list", { kind: "pods" }),
  contextName: "c",
  server: "https://s",
});
const broken = new FlowdeckError("cluster-unreachable", verbatim("The connection broke."));

interface Watch {
  from: string;
  progress: WatchProgress;
  /** The server ends it. */
  end(): void;
  fail(error: unknown): void;
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A reflector whose server answers as the test says. */
function reflect(options: Partial<ReflectorOptions> = {}) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const watches: Watch[] = [];
  const seen = { lists: 0, states: [] as string[], gone: 0, failure: undefined as unknown, ended: false };
  const answers: { list: () => Promise<Listing> | Listing; watch: (watch: Watch) => void } = {
    list: () => ({ resourceVersion: String(100 * seen.lists) }),
    watch: ({ progress }) => progress.connected(),
  };
  const reflector = new Reflector({
    list: async () => {
      seen.lists++;
      // A test says what is answered before the first answer is given.
      await Promise.resolve();
      return await answers.list();
    },
    watch: async (from, progress, signal) => {
      await new Promise<void>((resolve, reject) => {
        signal.addEventListener("abort", () => resolve());
        const watch = { from, progress, end: resolve, fail: reject };
        watches.push(watch);
        answers.watch(watch);
      });
    },
    gone: () => {
      seen.gone++;
    },
    tell: ({ state, problem }) => seen.states.push(problem === undefined ? state : `${state}: ${problem.code}`),
    onFinal: "throw",
    clock,
    ...options,
  });
  const run = reflector.run(stop.signal).then(
    () => {
      seen.ended = true;
    },
    (error: unknown) => {
      seen.failure = error;
    },
  );
  const end = async () => {
    stop.abort();
    await run;
  };
  stops.push(end);
  const last = (): Watch => {
    const watch = watches.at(-1);
    if (watch === undefined) throw new Error("Nothing is watched.");
    return watch;
  };
  return { clock, watches, seen, answers, end, last };
}

describe("a reflector", () => {
  it("lists, and watches from there until it is aborted", async () => {
    const { seen, watches, end } = reflect();
    await settled();
    expect(watches.map(({ from }) => from)).toEqual(["100"]);
    expect(seen.states).toEqual(["listing", "live"]);
    await end();
    expect(seen).toMatchObject({ ended: true, failure: undefined, lists: 1 });
  });

  it("goes on from what it has seen last when a watch ends, bookmarks included", async () => {
    const { seen, watches, clock, last } = reflect();
    await settled();
    last().progress.seen("107");
    last().progress.seen(undefined);
    await clock.pass(300_000);
    last().end();
    await settled();
    expect(watches.map(({ from }) => from)).toEqual(["100", "107"]);
    expect(seen.lists).toBe(1);
  });

  it("waits ever longer for a server that ends every watch at once", async () => {
    const { watches, answers, clock } = reflect();
    answers.watch = ({ progress, end }) => {
      progress.connected();
      end();
    };
    await clock.pass(60_000);
    expect(watches.length).toBeGreaterThan(5);
    expect(watches.length).toBeLessThan(40);
  });

  it("reconnects without listing when the connection breaks, ever more slowly, and at once after something came", async () => {
    const { seen, watches, answers, clock, last } = reflect();
    await settled();
    answers.watch = ({ fail }) => fail(broken);
    last().fail(broken);
    await clock.pass(60_000);
    const tries = watches.length;
    expect(tries).toBeGreaterThan(6);
    expect(tries).toBeLessThan(22);
    expect(seen.states).toContain("reconnecting: cluster-unreachable");
    answers.watch = ({ progress }) => progress.connected();
    await clock.pass(10_000);
    expect(seen.states.at(-1)).toBe("live");
    last().progress.seen("101");
    last().fail(broken);
    await clock.pass(200);
    expect(seen.states.at(-1)).toBe("live");
    expect(seen.lists).toBe(1);
  });

  it.each([
    ["an ERROR frame of the watch", () => refused(410)],
    ["the reader of the watch", () => new Expired()],
  ])("lists anew when its resourceVersion is too old, as %s says", async (_, expired) => {
    const { seen, watches, clock, last } = reflect();
    await settled();
    last().fail(expired());
    await clock.pass(20);
    expect(watches.map(({ from }) => from)).toEqual(["100", "200"]);
    // An everyday answer is nothing that anybody has to hear of.
    expect(seen.states).toEqual(["listing", "live", "listing", "live"]);
  });

  it("lists ever less often when every watch is outdated at once, also when events come before; calm makes it quick again", async () => {
    const { seen, answers, clock, last } = reflect();
    answers.watch = ({ progress, fail }) => {
      progress.connected();
      progress.seen("101");
      fail(new Expired());
    };
    await clock.pass(60_000);
    expect(seen.lists).toBeGreaterThan(10);
    expect(seen.lists).toBeLessThan(35);
    answers.watch = ({ progress }) => progress.connected();
    await clock.pass(40_000);
    const before = seen.lists;
    last().fail(new Expired());
    await clock.pass(20);
    expect(seen.lists).toBe(before + 1);
  });

  it("says nothing when only another watch is to be read", async () => {
    const { seen, clock, last } = reflect();
    await settled();
    last().fail(new Expired({ moved: true }));
    await clock.pass(20);
    expect(seen.lists).toBe(2);
    expect(seen.states).toEqual(["listing", "live", "live"]);
  });

  it("without a list ends when it is outdated", async () => {
    const stop = new AbortController();
    const clock = new FakeClock();
    const reflector = new Reflector({
      watch: async () => {
        throw refused(410);
      },
      tell: () => undefined,
      onFinal: "throw",
      from: "7",
      clock,
    });
    await expect(reflector.run(stop.signal)).rejects.toThrow("410");
  });

  it("begins at a given resourceVersion without listing", async () => {
    const { seen, watches } = reflect({ from: "42" });
    await settled();
    expect(watches.map(({ from }) => from)).toEqual(["42"]);
    expect(seen.lists).toBe(0);
  });

  it("asks again where a list fails by what may go away", async () => {
    const { seen, answers, clock } = reflect();
    answers.list = () => {
      if (seen.lists < 4) throw broken;
      return { resourceVersion: "9" };
    };
    await clock.pass(10_000);
    expect(seen.states).toEqual([
      ...["listing", "reconnecting: cluster-unreachable"],
      ...["listing", "reconnecting: cluster-unreachable"],
      ...["listing", "reconnecting: cluster-unreachable"],
      ...["listing", "live"],
    ]);
  });

  it("throws a refusal of the list at once", async () => {
    const { seen, answers, clock } = reflect();
    answers.list = () => {
      throw refused(403);
    };
    await clock.pass(60_000);
    expect(seen).toMatchObject({ lists: 1, failure: { code: "forbidden" } });
  });

  it("forgives refusals to a watch that was allowed before, but not for ever", async () => {
    const { seen, watches, answers, clock, last } = reflect();
    await settled();
    answers.watch = ({ fail }) => fail(refused(401));
    last().fail(refused(403));
    await clock.pass(60_000);
    expect(seen.failure).toMatchObject({ code: "credentials-rejected" });
    expect(watches.length).toBe(5);
  });

  it("does not forgive a refusal to the first watch", async () => {
    const { seen, answers, clock } = reflect();
    answers.watch = ({ fail }) => fail(refused(403));
    await clock.pass(60_000);
    expect(seen).toMatchObject({ lists: 1, failure: { code: "forbidden" } });
  });

  it("tells that a kind is gone, and throws it", async () => {
    const { seen, last } = reflect();
    await settled();
    last().fail(gone);
    await settled();
    expect(seen).toMatchObject({ gone: 1, failure: { code: "kind-unknown" } });
  });

  it("keeps trying where it is to, ever more rarely, until it is allowed", async () => {
    const { seen, answers, clock } = reflect({ onFinal: "wait" });
    answers.list = () => {
      throw refused(403);
    };
    await clock.pass(120_000);
    expect(seen.lists).toBeGreaterThan(4);
    expect(seen.lists).toBeLessThan(14);
    expect(seen.states.at(-1)).toBe("reconnecting: forbidden");
    answers.list = () => ({ resourceVersion: "1" });
    await clock.pass(30_000);
    expect(seen.states.at(-1)).toBe("live");
  });

  it("does not keep trying over a connection that is closed", async () => {
    const { seen, answers } = reflect({ onFinal: "wait" });
    answers.list = () => {
      throw new FlowdeckError("cancelled", verbatim("The connection is closed."));
    };
    await settled();
    expect(seen).toMatchObject({ lists: 1, failure: { code: "cancelled" } });
  });

  it("is not made quicker by lists that are allowed where watches are refused", async () => {
    const { watches, answers, clock } = reflect({ onFinal: "wait" });
    answers.watch = ({ fail }) => fail(refused(403));
    await clock.pass(120_000);
    expect(watches.length).toBeGreaterThan(4);
    expect(watches.length).toBeLessThan(14);
  });

  it("that was listed once waits for rights to be given back, where it is to", async () => {
    const never = reflect({ onFinal: "wait once listed" });
    never.answers.list = () => {
      throw refused(403);
    };
    const once = reflect({ onFinal: "wait once listed" });
    await settled();
    once.answers.watch = ({ fail }) => fail(refused(403));
    once.last().fail(refused(403));
    await Promise.all([never.clock.pass(60_000), once.clock.pass(60_000)]);
    expect(never.seen.failure).toMatchObject({ code: "forbidden" });
    expect(once.seen.failure).toBeUndefined();
    expect(once.seen.states.at(-1)).toBe("reconnecting: forbidden");
  });

  it("watches beside the rest of a listing, and begins anew where that fails", async () => {
    const rests: PromiseWithResolvers<void>[] = [];
    const { seen, watches, answers, clock, last } = reflect();
    answers.list = () => ({
      resourceVersion: String(seen.lists),
      rest: async (signal) => {
        const rest = Promise.withResolvers<void>();
        rests.push(rest);
        await untilAborted(rest.promise, signal);
      },
    });
    await clock.pass(50);
    expect(watches.at(-1)?.from).toBe("1");
    last().progress.seen("5");
    rests.at(-1)?.reject(new Expired());
    await clock.pass(50);
    expect(watches.at(-1)?.from).toBe("2");
    last().fail(new Expired());
    await clock.pass(50);
    expect(watches.at(-1)?.from).toBe("3");
    rests.at(-1)?.resolve();
    await settled();
    last().progress.seen("8");
    await clock.pass(2_000);
    last().end();
    await settled();
    expect(watches.at(-1)?.from).toBe("8");
    expect(seen.lists).toBe(3);
  });

  it("lists now and again what cannot be watched", async () => {
    const { seen, clock, watches } = reflect({ watch: undefined });
    await clock.pass(35_000);
    expect(seen.lists).toBe(4);
    expect(watches).toEqual([]);
    expect(seen.states.slice(0, 4)).toEqual(["listing", "live", "listing", "live"]);
  });

  it("tells of a silence without giving up the watch", async () => {
    const { seen, watches, last } = reflect();
    await settled();
    last().progress.silent(new FlowdeckError("cluster-unreachable", verbatim("Nothing is heard.")));
    last().progress.silent(undefined);
    expect(seen.states).toEqual(["listing", "live", "reconnecting: cluster-unreachable", "live"]);
    expect(watches).toHaveLength(1);
  });
});
