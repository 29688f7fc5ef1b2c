import { afterEach, describe, expect, it } from "vitest";
import { logQuery } from "../../../common/contract/index.ts";
import { LogViewModel } from "../../../electron/logs/log-view-model.ts";
import { Matcher } from "../../../electron/logs/matcher.ts";
import { LogStore } from "../../../electron/logs/store.ts";

type Asked = Parameters<typeof logQuery.parse>[0] & object;

describe("looking at lines", () => {
  let matcher: Matcher | undefined;
  afterEach(() => {
    matcher?.close();
    matcher = undefined;
  });

  function write(store: LogStore, lines: Iterable<string>): void {
    for (const line of lines) {
      const bytes = Buffer.from(`2026-01-02T03:04:05.5Z ${line}`);
      store.append(line.length % 2, bytes, 0, bytes.length);
    }
  }

  /** A view of a store once everything in it was looked at. */
  async function look(store: LogStore, asked: Asked): Promise<LogViewModel> {
    matcher ??= new Matcher();
    const done = Promise.withResolvers<void>();
    const check = (): void => {
      view.update();
      const { pending, searchPending, filterProblem, searchProblem } = view.state;
      const over = (pending === 0 && searchPending === 0) || filterProblem !== undefined || searchProblem !== undefined;
      if (over) done.resolve();
    };
    const view = new LogViewModel(
      store,
      matcher,
      logQuery.parse({ window: { offset: 0, count: 50 }, ...asked }),
      check,
    );
    check();
    await done.promise;
    return view;
  }

  const texts = (view: LogViewModel) => view.window().rows.map(({ text }) => text);

  it("finds in a million lines exactly those that match, and goes from one to the next and round", async () => {
    const store = new LogStore({ lines: 1_100_000, bytes: 1 << 30 });
    const line = (n: number) => (n % 7 === 0 ? `오브젝트 ${n} failed` : `object ${n} is fine, took ${n % 977} ms`);
    write(
      store,
      Array.from({ length: 1_000_000 }, (_, n) => line(n)),
    );
    const expression = /ject \d*7\d* .*took 9\d\d ms$/i;
    const expected = Array.from({ length: 1_000_000 }, (_, n) => n).filter((n) => expression.test(line(n)));
    const view = await look(store, { search: { text: expression.source, regex: true } });
    expect(view.state.found).toBe(expected.length);
    expect(view.match(-1, false)).toMatchObject({ row: expected[0], index: 1, wrapped: false });
    expect(view.match(expected[41] ?? 0, false)).toMatchObject({ row: expected[42], index: 43 });
    expect(view.match(expected[41] ?? 0, true)).toMatchObject({ row: expected[40], index: 41 });
    expect(view.match(expected.at(-1) ?? 0, false)).toMatchObject({ row: expected[0], wrapped: true });
    view.close();

    const filtered = await look(store, {
      filter: { text: "FAILED" },
      search: { text: "오브젝트 99", caseSensitive: true },
    });
    const failed = Array.from({ length: 1_000_000 }, (_, n) => n).filter((n) => n % 7 === 0);
    expect(filtered.state.endRow).toBe(failed.length);
    expect(filtered.state.found).toBe(failed.filter((n) => String(n).startsWith("99")).length);
    expect(filtered.match(-1, false)).toMatchObject({ line: failed.find((n) => String(n).startsWith("99")) });
    filtered.close();
  }, 60_000);

  it("shows neighbours of matches once, and where lines are hidden between", async () => {
    const store = new LogStore({ lines: 10_000, bytes: 1 << 30 });
    write(store, ["a", "b", "hit 1", "c", "hit 2", "d", "e", "f", "g", "hit 3"]);
    const view = await look(store, { filter: { text: "hit", context: 1 } });
    const rows = view.window().rows.map(({ text, context, gap }) => [text, context ?? false, gap ?? false]);
    expect(rows).toEqual([
      ["b", true, false],
      ["hit 1", false, false],
      ["c", true, false],
      ["hit 2", false, false],
      ["d", true, false],
      ["g", true, true],
      ["hit 3", false, false],
    ]);
    expect(view.locate(6)).toBe(5);
    view.close();
  });

  it("turns a filter round, hides sources, and keeps only grave lines; what happened to pods stays", async () => {
    const store = new LogStore({ lines: 10_000, bytes: 1 << 30 });
    write(store, ["ERROR one", "fine", "WARN three", "ERROR four!"]);
    store.notice(0, { what: "gone" }, "--- the pod is gone");
    expect(texts(await look(store, { filter: { text: "e", inverse: true } }))).toEqual([
      "WARN three".includes("e") ? "--- the pod is gone" : "",
    ]);
    expect(texts(await look(store, { filter: { text: "", level: "warn" } }))).toEqual([
      "ERROR one",
      "WARN three",
      "ERROR four!",
      "--- the pod is gone",
    ]);
    expect(texts(await look(store, { filter: { text: "", hidden: [1] } }))).toEqual([
      "fine",
      "WARN three",
      "--- the pod is gone",
    ]);
  });

  it("takes in lines that come later, and keeps the rows' numbers when old ones go", async () => {
    const store = new LogStore({ lines: 2_000, bytes: 1 << 30 });
    const numbered = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => `${(from + n) % 10 === 0 ? "ten" : "one"} ${from + n}`);
    write(store, numbered(0, 1_000));
    const view = await look(store, { filter: { text: "ten" } });
    expect(view.state.endRow).toBe(100);
    write(store, numbered(1_000, 40_000));
    while (view.state.pending > 0) {
      view.update();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    view.update();
    expect(store.dropped).toBeGreaterThan(10_000);
    const { firstRow, endRow } = view.state;
    expect(endRow - firstRow).toBe(Math.floor(39_999 / 10) - Math.ceil(store.first / 10) + 1);
    view.query = logQuery.parse({ filter: { text: "ten" }, window: { offset: null, count: 2 } });
    expect(texts(view)).toEqual(["ten 39980", "ten 39990"]);
    view.close();
  });

  it("finds what is seen, not the codes in between", async () => {
    const store = new LogStore({ lines: 10_000, bytes: 1 << 30 });
    write(store, ["\u001b[32mre\u001b[0mady [0m", "10% old\r100% new", "2026"]);
    expect((await look(store, { search: { text: "ready" } })).state.found).toBe(1);
    expect((await look(store, { search: { text: "32m" } })).state.found).toBe(0);
    expect((await look(store, { search: { text: "old" } })).state.found).toBe(1); // drawn over, but said
    expect((await look(store, { search: { text: "^\\d+$", regex: true } })).state.found).toBe(1);
  });

  it("says what is wrong with a pattern, and gives up on one that never ends", async () => {
    const store = new LogStore({ lines: 10_000, bytes: 1 << 30 });
    write(store, [`${"a".repeat(60)}!`, "ready"]);
    expect((await look(store, { search: { text: "(", regex: true } })).state.searchProblem).toMatchObject({
      id: "pattern.invalid",
      params: { words: expect.stringMatching(/Unterminated|Invalid/) },
    });
    expect((await look(store, { filter: { text: "(a+)+$", regex: true } })).state.filterProblem).toMatchObject({
      id: "pattern.slow",
    });
    expect((await look(store, { search: { text: "ready" } })).state.found).toBe(1);
  }, 20_000);
});
