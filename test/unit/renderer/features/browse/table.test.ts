import { describe, expect, it } from "vitest";
import type { TableColumn, TableRow, TableView } from "../../../../../common/contract/index.ts";
import {
  emptyChoice,
  healthColumn,
  layColumns,
  measure,
  moveColumn,
} from "../../../../../renderer/features/browse/columns/column-layout.ts";
import { offeredNamespaces } from "../../../../../renderer/features/browse/head/offered-namespaces.ts";
import { nextSort } from "../../../../../renderer/features/browse/table/GridHead.tsx";
import { focusIndex } from "../../../../../renderer/features/browse/table/use-grid-focus.ts";
import {
  aboutKeys,
  focusOn,
  keepOnly,
  keyOf,
  markRange,
  noSelection,
  parseKey,
  toggle,
} from "../../../../../renderer/state/selection.ts";
import { keepRows, rowAt, windowAround } from "../../../../../renderer/state/table-session.ts";
import { humanDuration } from "../../../../../renderer/ui/duration.ts";

const column = (name: string, more: Partial<TableColumn> = {}): TableColumn => ({
  ...{ name, type: "string", description: "", priority: 0, as: "text", own: false },
  ...more,
});
const podColumns = [
  column("Name"),
  column("Ready", { as: "ready" }),
  column("Status"),
  column("Age", { as: "age" }),
  column("Node", { priority: 1 }),
  column("Zone", { own: true }),
];
const row = (name: string, ...cells: TableRow["cells"]): TableRow => ({
  ...{ key: `a/${name}`, namespace: "a", name, health: "ok", deleting: false },
  cells: [name, ...cells],
});
const view = (rows: TableRow[], more: Partial<TableView> = {}): TableView => ({
  ...{
    columns: podColumns,
    state: "live",
    updatedAt: 0,
    total: 100,
    matched: 100,
    warn: 0,
    bad: 0,
    done: 0,
    offset: 0,
    rows,
  },
  ...more,
});

describe("columns", () => {
  const names = (choice = emptyChoice, withNamespace = true) =>
    layColumns(podColumns, choice, {}, withNamespace).map(({ name }) => name);

  it("are the server's, with the namespace after the name where there are several", () => {
    expect(names()).toEqual(["Name", "Namespace", "Ready", "Status", "Age", "Zone"]);
    expect(names(emptyChoice, false)).toEqual(["Name", "Ready", "Status", "Age", "Zone"]);
  });

  it("are all there when wide, or one by one", () => {
    expect(names({ ...emptyChoice, wide: true })).toContain("Node");
    expect(names({ ...emptyChoice, shown: ["Node"] })).toContain("Node");
    expect(names({ ...emptyChoice, wide: true, hidden: ["Node"] })).not.toContain("Node");
  });

  it("keep the name first, whatever is hidden or moved", () => {
    expect(names({ ...emptyChoice, hidden: ["Name", "Status"], order: ["Age", "Ready"] })).toEqual([
      ...["Name", "Age", "Ready", "Namespace", "Zone"],
    ]);
  });

  it("know where their cells are, and which one says how a row is", () => {
    const laid = layColumns(podColumns, { ...emptyChoice, order: ["Age"] }, {}, true);
    expect(laid.map(({ source }) => source)).toEqual([0, 3, "namespace", 1, 2, 5]);
    expect(laid.find(({ health }) => health)?.name).toBe("Status");
    expect(healthColumn([column("Name"), column("Ready", { as: "ready" })])).toBe(1);
    expect(healthColumn([column("Name"), column("Data")])).toBe(-1);
    expect(healthColumn([column("Status"), column("Data")])).toBe(-1);
  });

  it("begin with what the server begins with where there are no names", () => {
    const events = [column("Last Seen", { as: "age" }), column("Object"), column("Name", { priority: 1 })];
    const laid = layColumns(events, emptyChoice, {}, true);
    expect(laid.map(({ name }) => name)).toEqual(["Last Seen", "Namespace", "Object"]);
    expect(laid[0]).toMatchObject({ pinned: true, names: false, source: 0 });
    const late = layColumns([column("Kind"), column("Name")], emptyChoice, {}, false);
    expect(late[0]).toMatchObject({ name: "Name", names: true, source: 1 });
  });

  it("take the user's width, then the measured one", () => {
    const [, first, second] = layColumns(podColumns, { ...emptyChoice, widths: { Ready: 77 } }, { Status: 99 }, false);
    expect([first?.width, second?.width]).toEqual([77, 99]);
  });

  it("are measured by most of their texts: one long one does not push the others away", () => {
    const texts = [...Array.from({ length: 99 }, () => "Running"), "x".repeat(80)].map((text) => row("p", "1/1", text));
    const status = column("Status");
    expect(measure(status, 2, texts, false)).toBeLessThan(180);
    expect(measure(status, 2, texts.slice(0, 9), false)).toBeGreaterThan(70);
    expect(measure(column("Name"), 0, [row("n".repeat(200))], true)).toBeLessThanOrEqual(420);
  });

  it("move past their neighbour, and not beyond the ends", () => {
    expect(moveColumn(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
    expect(moveColumn(["a", "b", "c"], "c", 1)).toEqual(["a", "b", "c"]);
    expect(moveColumn(["a"], "z", 1)).toEqual(["a"]);
  });

  it("are sorted up, down, and not at all", () => {
    const up = nextSort(null, "Age");
    const down = nextSort(up, "Age");
    expect([up, down, nextSort(down, "Age")]).toEqual([
      { column: "Age", descending: false },
      { column: "Age", descending: true },
      null,
    ]);
    expect(nextSort(down, "Name")).toEqual({ column: "Name", descending: false });
  });
});

describe("rows", () => {
  it("that did not change stay the same objects", () => {
    const before = view([row("x", "1/1"), row("y", "0/1")]);
    const after = keepRows(before, view([row("y", "1/1"), row("x", "1/1")], { columns: structuredClone(podColumns) }));
    expect(after.rows[1]).toBe(before.rows[0]);
    expect(after.rows[0]).not.toBe(before.rows[1]);
    expect(after.columns).toBe(before.columns);
    const worse = keepRows(before, view([{ ...row("x", "1/1"), health: "bad" }]));
    expect(worse.rows[0]).not.toBe(before.rows[0]);
  });

  it("are asked for in steps around what is on screen", () => {
    const { offset, count } = windowAround(1000, 1030);
    expect(offset).toBeLessThanOrEqual(940);
    expect(offset + count).toBeGreaterThan(1090);
    expect(windowAround(1001, 1031)).toEqual({ offset, count });
    expect(windowAround(0, 20).offset).toBe(0);
    expect(windowAround(0, 5000).count).toBe(1000);
  });

  it("are found by their place in the whole list", () => {
    const window = view([row("x"), row("y")], { offset: 40 });
    expect(rowAt(window, 41)?.name).toBe("y");
    expect(rowAt(window, 39)).toBeUndefined();
    expect(rowAt(window, 42)).toBeUndefined();
  });

  it("with the focus are found in the window, or where the backend says", () => {
    const window = view([row("x"), row("y")], { offset: 40, anchor: { key: "a/z", index: 7 } });
    expect(focusIndex(window, "a/y")).toBe(41);
    expect(focusIndex(window, "a/z")).toBe(7);
    expect(focusIndex({ ...window, anchor: { key: "a/y" } }, "a/y")).toBeUndefined();
    // The anchor is another row's: the answer to an older question.
    expect(focusIndex({ ...window, anchor: { key: "a/x", index: 40 } }, "a/z")).toBeUndefined();
    expect(focusIndex(window, undefined)).toBeUndefined();
  });
});

describe("marks", () => {
  it("are put and taken, and ranges begin where the last one was", () => {
    const one = toggle(noSelection, "a");
    const two = toggle(one, "c");
    expect([...two.marked]).toEqual(["a", "c"]);
    expect([...toggle(two, "a").marked]).toEqual(["c"]);
    const range = markRange(two, ["c", "d", "e"], "e");
    expect(range).toEqual({ marked: new Set(["c", "d", "e"]), focus: "e", anchor: "c" });
    expect([...markRange(range, ["c", "d"], "d").marked]).toEqual(["c", "d"]);
  });

  it("stay when the focus moves, and go with their rows", () => {
    const marked = focusOn(toggle(noSelection, "a"), "b");
    expect(marked).toEqual({ marked: new Set(["a"]), focus: "b", anchor: "b" });
    expect([...keepOnly(marked, new Set(["b"])).marked]).toEqual([]);
    expect(keepOnly(marked, new Set(["a"]))).toBe(marked);
  });

  it("come before the row with the focus", () => {
    expect(aboutKeys(focusOn(toggle(noSelection, "a"), "b"))).toEqual(["a"]);
    expect(aboutKeys(focusOn(noSelection, "b"))).toEqual(["b"]);
    expect(aboutKeys(noSelection)).toEqual([]);
  });

  it("name objects with and without a namespace", () => {
    expect(parseKey("ns/pod")).toEqual({ namespace: "ns", name: "pod" });
    expect(parseKey("node-1")).toEqual({ name: "node-1" });
    expect(keyOf(parseKey("ns/pod"))).toBe("ns/pod");
    // Names of roles may hold a slash's neighbours, such as colons, but no slash.
    expect(parseKey("system:node")).toEqual({ name: "system:node" });
  });
});

it("writes ages as kubectl does", () => {
  const minute = 60_000;
  const day = 24 * 60 * minute;
  const told = [-5_000, 0, 119_000, 2 * minute, 599_000, 10 * minute, 179 * minute, 181 * minute, 480 * minute]
    .concat([
      47 * 60 * minute,
      2 * day,
      2 * day + 3 * 60 * minute,
      8 * day,
      729 * day,
      730 * day,
      800 * day,
      3000 * day,
    ])
    .map(humanDuration);
  expect(told).toEqual([
    ...["0s", "0s", "119s", "2m", "9m59s", "10m", "179m", "3h1m", "8h"],
    ...["47h", "2d", "2d3h", "8d", "729d", "2y", "2y70d", "8y"],
  ]);
});

it("offers chosen and favourite namespaces first, and those that begin with what is typed", () => {
  const names = ["auth", "kubeflow", "kube-system", "team-kube"];
  expect(offeredNamespaces(names, ["team-kube"], ["kubeflow"], "")).toEqual([
    ...["team-kube", "kubeflow", "auth", "kube-system"],
  ]);
  expect(offeredNamespaces(names, [], [], "kube")).toEqual(["kube-system", "kubeflow", "team-kube"]);
  expect(offeredNamespaces([], ["known"], [], "")).toEqual(["known"]);
});
