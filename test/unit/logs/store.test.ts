import { describe, expect, it } from "vitest";
import { LogStore } from "../../../electron/logs/store.ts";

function fill(store: LogStore, from: number, to: number): void {
  for (let line = from; line < to; line++) {
    const bytes = Buffer.from(`line ${line} ${"x".repeat(line % 200)}`);
    store.append(line % 3, bytes, 0, bytes.length);
  }
}

const textAt = (store: LogStore, line: number) => store.at(line)?.bytes.toString();

describe("the lines kept", () => {
  it("are what came, in order, however many", () => {
    const store = new LogStore({ lines: 100_000, bytes: 1 << 30 });
    fill(store, 0, 20_000);
    for (const line of [0, 1, 2_345, 19_999])
      expect(textAt(store, line)).toBe(`line ${line} ${"x".repeat(line % 200)}`);
    expect(store.at(20_000)).toBeUndefined();
    expect(store.at(-1)).toBeUndefined();
    expect(store.lines).toBe(20_000);
  });

  it("go up to the limit, and the dropped ones are counted by where they came from", () => {
    const store = new LogStore({ lines: 5_000, bytes: 1 << 30 });
    fill(store, 0, 50_000);
    expect(store.end - store.first).toBeGreaterThanOrEqual(5_000);
    expect(store.end - store.first).toBeLessThan(5_000 + 10_000);
    expect(store.dropped).toBe(store.first);
    expect(store.lines).toBe(50_000);
    const dropped = [0, 1, 2].map((source) => store.droppedOf.get(source) ?? 0);
    const expected = [0, 1, 2].map((source) => Math.ceil((store.first - source) / 3));
    expect(dropped).toEqual(expected);
    expect(textAt(store, store.first)).toContain(`line ${store.first} `);
    expect(store.at(store.first - 1)).toBeUndefined();
  });

  it("stay below the limit in bytes, also with a line larger than all others", () => {
    const store = new LogStore({ lines: 1_000_000, bytes: 4 << 20 });
    fill(store, 0, 20_000);
    const huge = Buffer.alloc(3 << 20, "h");
    store.append(7, huge, 0, huge.length);
    fill(store, 20_000, 60_000);
    expect(store.dropped).toBe(store.first);
    expect(store.lines).toBe(60_001);
    expect(store.droppedOf.get(7)).toBe(1);
  });

  it("forget all when cleared, and go on numbering", () => {
    const store = new LogStore({ lines: 1_000, bytes: 1 << 30 });
    fill(store, 0, 500);
    store.notice(1, { what: "gone" }, "gone");
    store.clear();
    expect([store.lines, store.dropped, store.first, store.end]).toEqual([0, 0, 501, 501]);
    fill(store, 0, 1);
    expect(textAt(store, 501)).toBe("line 0 ");
    expect(store.noticeAt(500)).toBeUndefined();
  });
});
