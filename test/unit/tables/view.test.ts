import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TableView } from "../../../common/contract/index.ts";
import { exportRows } from "../../../electron/tables/export.ts";
import { View } from "../../../electron/tables/view.ts";
import { all, listedAt, namesIn, podTable, query, tableOf } from "./support.ts";

describe("a view", () => {
  let sent: TableView[];
  const last = () => sent.at(-1);
  beforeEach(() => {
    sent = [];
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const viewOf = (table: ReturnType<typeof tableOf>, change = {}) =>
    new View(table, query(change), (view) => sent.push(view));
  const ten = () =>
    tableOf(Array.from({ length: 10 }, (_, index) => ({ name: `pod-${10 - index}`, restarts: String(index) })));

  it("is sent at once, in natural order", () => {
    viewOf(ten());
    expect(sent).toHaveLength(1);
    expect(namesIn(last())).toEqual(Array.from({ length: 10 }, (_, index) => `pod-${index + 1}`));
    expect(last()).toMatchObject({ total: 10, matched: 10, offset: 0, warn: 0, bad: 0 });
  });

  it("gives the rows of its window, and the last ones when it lies beyond the end", () => {
    const view = viewOf(ten(), { window: { offset: 4, count: 3 } });
    expect(namesIn(last())).toEqual(["pod-5", "pod-6", "pod-7"]);
    view.query(query({ window: { offset: 100, count: 3 } }));
    expect(last()).toMatchObject({ offset: 7 });
    expect(namesIn(last())).toEqual(["pod-8", "pod-9", "pod-10"]);
  });

  it("answers another question at once, and says nothing twice", () => {
    const view = viewOf(ten());
    view.query(query({ filter: "pod-1" }));
    expect(namesIn(last())).toEqual(["pod-1", "pod-10"]);
    view.query(query({ filter: "pod-1" }));
    expect(sent).toHaveLength(2);
    view.query(query({ sort: { column: "Restarts", descending: true }, window: { offset: 0, count: 2 } }));
    expect(namesIn(last())).toEqual(["pod-1", "pod-2"]);
  });

  it("gathers changes, and is quiet about those outside its window", () => {
    const table = ten();
    viewOf(table, { window: { offset: 0, count: 2 } });
    for (const status of ["Pending", "Error", "Running"]) {
      table.event(all, "MODIFIED", podTable([{ name: "pod-1", status }]), listedAt);
    }
    expect(sent).toHaveLength(1);
    vi.runAllTimers();
    expect(sent).toHaveLength(2);
    table.event(all, "MODIFIED", podTable([{ name: "pod-9", node: "node-2" }]), listedAt);
    vi.runAllTimers();
    expect(sent).toHaveLength(2);
  });

  it("stays in order through changes, as if it were sorted anew", () => {
    const table = ten();
    const sort = { column: "Status", descending: true };
    const live = viewOf(table, { sort, filter: "!skipped" });
    const statuses = ["Running", "Pending", "Error", "Completed", "Skipped"];
    for (let step = 0; step < 200; step++) {
      const name = `pod-${(step * 7) % 13}`;
      const type = step % 5 === 0 ? "DELETED" : "MODIFIED";
      table.event(all, type, podTable([{ name, status: statuses[(step * 11) % 5] ?? "" }]), listedAt);
      if (step % 3 === 0) vi.runAllTimers();
      if (step % 10 !== 0) continue;
      const anew = viewOf(table, { sort, filter: "!skipped" });
      expect(live.rows.map(({ name: shown }) => shown)).toEqual(anew.rows.map(({ name: shown }) => shown));
      anew.close();
    }
  });

  it("tells where the anchor went", () => {
    const table = ten();
    const view = viewOf(table, { anchor: "default/pod-5" });
    expect(last()?.anchor).toEqual({ key: "default/pod-5", index: 4 });
    table.event(all, "ADDED", podTable([{ name: "a-first" }]), listedAt);
    vi.runAllTimers();
    expect(last()?.anchor).toEqual({ key: "default/pod-5", index: 5 });
    view.query(query({ anchor: "default/pod-5", filter: "pod-7" }));
    expect(last()?.anchor).toEqual({ key: "default/pod-5" });
  });

  it("shows only what is not well, counting all", () => {
    const table = tableOf([{ name: "a" }, { name: "b", status: "Error" }, { name: "c", status: "Pending" }]);
    viewOf(table, { faults: true });
    expect(namesIn(last())).toEqual(["b", "c"]);
    expect(last()).toMatchObject({ total: 3, matched: 2, warn: 1, bad: 1 });
  });

  it("shows everything when the filter is wrong, and says why", () => {
    viewOf(ten(), { filter: "/(/" });
    expect(last()).toMatchObject({ matched: 10, filterProblem: { id: "pattern.invalid" } });
  });

  it("shows everything when the filter takes too long, and says why", () => {
    viewOf(tableOf([{ name: "b" }, { name: `${"a".repeat(60)}b` }]), { filter: "/(a+)+$/" });
    vi.runAllTimers();
    expect(last()).toMatchObject({ matched: 2, filterProblem: { id: "pattern.slow" } });
  });

  it("passes on how the table is doing", () => {
    const table = ten();
    viewOf(table);
    const problem = { code: "cluster-unreachable" as const, message: "Cannot reach it." };
    table.setStatus({ state: "reconnecting", problem, expected: undefined, limitedTo: ["one"] });
    vi.runAllTimers();
    expect(last()).toMatchObject({ state: "reconnecting", problem, limitedTo: ["one"] });
    expect(last()?.rows).toHaveLength(10);
  });

  it("hears nothing more once it is closed", () => {
    const table = ten();
    const view = viewOf(table);
    table.event(all, "DELETED", podTable([{ name: "pod-1" }]), listedAt);
    view.close();
    vi.runAllTimers();
    expect(sent).toHaveLength(1);
    expect(table.listeners.size).toBe(0);
  });
});

describe("rows as text", () => {
  const table = tableOf([
    { name: "web", status: 'He said "hi", twice', created: "2026-01-02T03:00:00Z" },
    { name: "formula", status: "=1+1", created: "2026-01-01T03:04:05Z", node: "node-12" },
  ]);
  const rows = [...table.rows.values()];

  it("are aligned as kubectl prints them", () => {
    expect(exportRows(table, rows, "text", listedAt)).toBe(
      [
        "NAME      READY   STATUS                RESTARTS   AGE",
        'web       1/1     He said "hi", twice   0          4m5s',
        "formula   1/1     =1+1                  0          24h",
        "",
      ].join("\n"),
    );
  });

  it("are CSV that a spreadsheet takes for text", () => {
    expect(exportRows(table, rows, "csv", listedAt).split("\r\n")).toEqual([
      "Namespace,Name,Ready,Status,Restarts,Age,Node",
      'default,web,1/1,"He said ""hi"", twice",0,2026-01-02T03:00:00.000Z,node-1',
      "default,formula,1/1,'=1+1,0,2026-01-01T03:04:05.000Z,node-12",
      "",
    ]);
  });

  it("are their names", () => {
    expect(exportRows(table, rows, "names", listedAt)).toBe("web\nformula\n");
  });
});
