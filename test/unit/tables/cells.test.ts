import { describe, expect, it } from "vitest";
import type { Cell } from "../../../common/contract/index.ts";
import { durationStep, formatDuration, parseDuration, type SortKind } from "../../../electron/tables/cells.ts";
import { makeColumns } from "../../../electron/tables/columns.ts";
import { compareCells, compareNatural, compareVersions } from "../../../electron/tables/compare.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe("ages", () => {
  it.each([
    [0, "0s"],
    [119 * second, "119s"],
    [2 * minute, "2m"],
    [4 * minute + 12 * second, "4m12s"],
    [10 * minute + 5 * second, "10m"],
    [179 * minute, "179m"],
    [3 * hour, "3h"],
    [5 * hour + 3 * minute, "5h3m"],
    [8 * hour + 30 * minute, "8h"],
    [47 * hour, "47h"],
    [3 * day + 4 * hour, "3d4h"],
    [8 * day + 4 * hour, "8d"],
    [729 * day, "729d"],
    [3 * 365 * day + 2 * day, "3y2d"],
    [9 * 365 * day, "9y"],
    [-5 * second, "<invalid>"],
  ])("%i ms is written %s, as kubectl does", (ms, written) => {
    expect(formatDuration(ms)).toBe(written);
    // Reading it back loses no more than the last unit that was written.
    const read = parseDuration(written);
    if (read !== undefined) expect(Math.abs(read - ms)).toBeLessThan(durationStep(written));
  });

  it.each(["", "<none>", "<unknown>", "5", "m", "3x", "web-5m"])("takes %j for none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe("order", () => {
  const sorted = (kind: SortKind, cells: Cell[], descending = false) =>
    cells.toSorted((a, b) => compareCells(kind, a, b, descending));

  it.each<SortKind>(["number", "quantity"])("tells whole numbers apart that JavaScript rounds (%s)", (kind) => {
    const ordered = [
      ...["-9223372036854775808", "-9223372036854775807", -5, 0, "9007199254740992", "9007199254740993"],
      "9223372036854775807",
    ];
    expect(sorted(kind, ordered.toReversed())).toEqual(ordered);
    expect(sorted(kind, ordered, true)).toEqual(ordered.toReversed());
  });

  it("counts in names as people do", () => {
    const names = ["pod-10", "pod-9", "pod-010", "pod-9a", "pod", "pod-1", "a2b10", "a2b9", "a10"];
    expect(names.toSorted(compareNatural)).toEqual([
      "a2b9",
      "a2b10",
      "a10",
      "pod",
      "pod-1",
      "pod-9",
      "pod-9a",
      "pod-010",
      "pod-10",
    ]);
  });

  it("is the same whichever way two names are asked about", () => {
    const names = ["1", "01", "001", "a1", "a01", "a1b", "a01b", "a", "", "9", "10", "a9", "a10", "a10b2", "a10b10"];
    for (const a of names) {
      for (const b of names) {
        expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a)), `${a} and ${b}`).toBe(0);
        for (const c of names) {
          if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) {
            expect(compareNatural(a, c), `${a} ≤ ${b} ≤ ${c}`).toBeLessThanOrEqual(0);
          }
        }
      }
    }
  });

  it("takes quantities, ages, numbers, shares and versions for what they are", () => {
    expect(sorted("quantity", ["1Gi", "100m", "2", "512Mi", "1e3"])).toEqual(["100m", "2", "1e3", "512Mi", "1Gi"]);
    expect(sorted("number", ["10", "9 (3m ago)", "1 (2d ago)", "0"])).toEqual(["0", "1 (2d ago)", "9 (3m ago)", "10"]);
    expect(sorted("ready", ["2/2", "0/3", "1/2", "2/3"])).toEqual(["0/3", "1/2", "2/3", "2/2"]);
    expect(sorted("duration", ["2m", "10s", "1d", "5h3m"])).toEqual(["10s", "2m", "5h3m", "1d"]);
    expect(["v1.10.0", "v1.9.3", "v1.10.0-rc.1", "v1.10"].toSorted(compareVersions)).toEqual([
      "v1.9.3",
      "v1.10",
      "v1.10.0-rc.1",
      "v1.10.0",
    ]);
    // The youngest first: its time is the latest.
    expect(sorted("age", [1_000, 3_000, 2_000])).toEqual([3_000, 2_000, 1_000]);
  });

  it("leaves cells without a value at the end both ways", () => {
    expect(sorted("quantity", ["<none>", "2", null, "1"])).toEqual(["1", "2", "<none>", null]);
    expect(sorted("quantity", ["<none>", "2", null, "1"], true)).toEqual(["2", "1", "<none>", null]);
  });
});

describe("columns", () => {
  const kindsOf = (
    definitions: { name: string; type: string; format?: string }[],
    rows: Cell[][],
    { builtIn = true, own = ["mine"] }: { builtIn?: boolean; own?: string[] } = {},
  ) =>
    makeColumns({
      definitions: definitions.map((definition) => ({ format: "", description: "", priority: 0, ...definition })),
      ...{ own, builtIn },
      cellsOf: (index) => rows.map((row) => row[index] ?? null),
    }).map(({ sortedAs }) => sortedAs);

  it("of a custom kind hold what they say, whatever they are called", () => {
    const definitions = ["Age", "Last Seen", "Duration"].map((name) => ({ name, type: "string" }));
    const rows = [
      ["30d", "2h", "5m"],
      ["42", "Bob", "long"],
    ];
    expect(kindsOf(definitions, rows, { builtIn: false, own: [] })).toEqual(["text", "text", "text"]);
    expect(kindsOf([{ name: "Age", type: "date" }], [["5m"]], { builtIn: false, own: [] })).toEqual(["age"]);
  });

  it("are known by their type, their name, or by what all of their cells look like", () => {
    const definitions = [
      { name: "Name", type: "string", format: "name" },
      { name: "Age", type: "string" },
      { name: "Since", type: "date" },
      { name: "Active", type: "integer" },
      { name: "Suspend", type: "boolean" },
      { name: "Duration", type: "string" },
      { name: "Ready", type: "string" },
      { name: "Restarts", type: "string" },
      { name: "Capacity", type: "string" },
      { name: "Version", type: "string" },
      { name: "IP", type: "string" },
    ];
    const rows: Cell[][] = [
      ["1", "5m", "3d", 1, false, "", "1/1", "0", "1Gi", "v1.36.3", "10.0.0.1", "<none>"],
      ["2", "6m", "3d", 1, false, "", "0/1", "2 (3m ago)", "<none>", "v1.36.3", "10.0.0.2", "7"],
    ];
    expect(kindsOf(definitions, rows)).toEqual([
      ...["text", "age", "age", "number", "boolean", "duration"],
      ...["ready", "number", "quantity", "version", "text", "number"],
    ]);
  });

  it("are text when one cell is something else, or when there is nothing to go by", () => {
    expect(kindsOf([{ name: "X", type: "string" }], [["1"], ["two"]])).toEqual(["text", "text"]);
  });
});
