import { describe, expect, it } from "vitest";
import type { LogSourceState } from "../../../../../common/contract/index.ts";
import { fileName } from "../../../../../renderer/features/logs/files.ts";
import { sourceLabels } from "../../../../../renderer/features/logs/labels.ts";
import { lastTop, rowHeight, scrollHeight, scrollTopOf, topRow } from "../../../../../renderer/features/logs/scroll.ts";
import { markingExpression, segmentsOf } from "../../../../../renderer/features/logs/segments.ts";
import { beginning } from "../../../../../renderer/features/logs/settings.ts";

describe("a line's pieces", () => {
  const pattern = { text: "a.b", regex: false, caseSensitive: false };

  it("are cut where marks and styles begin and end, and make the whole line", () => {
    const text = "xx A.b yy a.b";
    const styles = [{ start: 1, end: 4, bold: true }];
    const segments = segmentsOf(text, styles, markingExpression(pattern));
    expect(segments.map(({ text: part }) => part).join("")).toBe(text);
    expect(
      segments
        .filter(({ marked }) => marked)
        .map(({ text: part }) => part)
        .join("|"),
    ).toBe("A|.b|a.b");
    expect(
      segments
        .filter(({ style }) => style)
        .map(({ text: part }) => part)
        .join(""),
    ).toBe("x A");
  });

  it("know case and regular expressions, and take a broken or empty one for none", () => {
    const marked = (text: string, change: object) =>
      segmentsOf(text, undefined, markingExpression({ ...pattern, ...change }))
        .filter((segment) => segment.marked)
        .map((segment) => segment.text);
    expect(marked("A.b axb", { caseSensitive: true })).toEqual([]);
    expect(marked("A.b axb", { regex: true })).toEqual(["A.b", "axb"]);
    expect(marked("abc", { text: "x*", regex: true })).toEqual([]);
    expect(markingExpression({ ...pattern, text: "(", regex: true })).toBeUndefined();
    expect(markingExpression({ ...pattern, text: "" })).toBeUndefined();
  });
});

describe("the scrollbar of a log", () => {
  it.each([0, 10, 1_000, 1_000_000, 2_000_000])("stands for %i rows there and back", (rows) => {
    const extent = { firstRow: 500, endRow: 500 + rows, viewport: 400 };
    expect(scrollHeight(extent)).toBeLessThanOrEqual(16_000_000);
    for (const part of [0, 0.25, 0.999, 1]) {
      const top = 500 + (lastTop(extent) - 500) * part;
      expect(topRow(scrollTopOf(top, extent), extent)).toBeCloseTo(top, 3);
    }
    expect(topRow(0, extent)).toBe(500);
  });

  it("moves by pixels as long as a browser can draw it", () => {
    const extent = { firstRow: 0, endRow: 1_000, viewport: 400 };
    expect(topRow(10 * rowHeight, extent)).toBeCloseTo(10);
  });
});

describe("names of sources", () => {
  const source = (id: number, pod: string, container: string): LogSourceState => ({
    id,
    namespace: "default",
    pod,
    container,
    containerKind: "main",
    state: "reading",
    lines: 0,
    dropped: 0,
  });
  const labels = (...sources: [string, string][]) => [
    ...sourceLabels(sources.map(([pod, container], id) => source(id, pod, container))).values(),
  ];

  it("are as short as tells them apart", () => {
    expect(labels(["web-7b99-abc", "c"])).toEqual([]);
    expect(labels(["web-7b99-abc", "c"], ["web-7b99-xyz", "c"])).toEqual(["abc", "xyz"]);
    expect(labels(["web-7b99-abc", "c"], ["web-7b99-abc", "d"])).toEqual(["c", "d"]);
    expect(labels(["web-abc", "c"], ["db-0", "d"])).toEqual(["web-abc/c", "db-0/d"]);
  });
});

describe("small parts of the log view", () => {
  it("turn a choice into what the API server is asked", () => {
    expect(beginning("1000")).toEqual({ tail: 1_000, since: null });
    expect(beginning("all")).toEqual({ tail: null, since: null });
    expect(beginning("5m")).toEqual({ tail: null, since: { seconds: 300 } });
    expect(beginning("2026-01-02T03:04")).toEqual({
      tail: null,
      since: { time: new Date("2026-01-02T03:04").toISOString() },
    });
  });

  it("name files so that every system takes them", () => {
    expect(fileName(["default", "a/b:c"], new Date("2026-01-02T03:04:05.678Z"))).toBe(
      "default-a-b-c-20260102-030405.log",
    );
  });
});
