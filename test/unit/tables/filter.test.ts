import { describe, expect, it } from "vitest";
import { FilterProblem, parseFilter } from "../../../electron/tables/filter.ts";
import { listedAt, tableOf } from "./support.ts";

const table = tableOf([
  {
    name: "web-1",
    namespace: "shop",
    status: "Running",
    node: "node-1",
    restarts: "0",
    created: "2026-01-02T03:00:00Z",
  },
  {
    name: "web-2",
    namespace: "shop",
    status: "Pending",
    ready: "0/1",
    node: "<none>",
    created: "2026-01-02T03:04:00Z",
  },
  { name: "db-1", namespace: "data", status: "Running", restarts: "12 (3m ago)", created: "2026-01-01T00:00:00Z" },
  { name: "job", namespace: "data", status: "Completed", ready: "0/1", created: "2026-01-01T23:00:00Z" },
]);

function passing(typed: string): string[] {
  const filter = parseFilter(typed, table, listedAt);
  const rows = [...table.rows.values()];
  return (filter === undefined ? rows : filter(rows)).map(({ name }) => name);
}

describe("filter", () => {
  it.each([
    ["", ["web-1", "web-2", "db-1", "job"]],
    ["  ", ["web-1", "web-2", "db-1", "job"]],
    ["web", ["web-1", "web-2"]],
    ["WEB running", ["web-1"]],
    ["shop/web-2", ["web-2"]],
    ["!web", ["db-1", "job"]],
    ["web !pending", ["web-1"]],
    ["/^web-\\d$/", ["web-1", "web-2"]],
    ["~^(db|job)", ["db-1", "job"]],
    ["!/^web/", ["db-1", "job"]],
    ["-f wb2", ["web-2"]],
    ["!-f wb2", ["web-1", "db-1", "job"]],
    ["status:run", ["web-1", "db-1"]],
    ["status=running", ["web-1", "db-1"]],
    ["status!=running", ["web-2", "job"]],
    ["STATUS=Pending or name=job", ["web-2", "job"]],
    ["namespace=data", ["db-1", "job"]],
    ["restarts>4", ["db-1"]],
    ["restarts<=0", ["web-1", "web-2", "job"]],
    ["ready<1", ["web-2", "job"]],
    ["age>1h", ["db-1", "job"]],
    ["age<=1m", ["web-2"]],
    ['name:"db-1" or web-1', ["web-1", "db-1"]],
    ["image=nginx", []],
    ["no such text", []],
  ])("%j leaves %j", (typed, names) => {
    expect(passing(typed)).toEqual(names);
  });

  it("tells what is wrong with a regular expression", () => {
    expect(() => passing("/(/")).toThrow(FilterProblem);
    expect(() => passing("~[a-")).toThrow(FilterProblem);
  });

  it("gives up on a regular expression that would take for ever", () => {
    const trap = tableOf([{ name: `${"a".repeat(60)}b` }]);
    const filter = parseFilter("/(a+)+$/", trap, listedAt);
    // In a name that the expression can't match, each letter doubles the work.
    expect(() => filter?.([...trap.rows.values()])).toThrow(/too long/);
  });

  it.each([
    [">9007199254740992", ["b"]],
    [">=9007199254740993", ["b"]],
    ["<9007199254740993", ["a", "c"]],
    ["=9007199254740993", ["b"]],
    ["<1e30", ["a", "b", "c"]],
  ])("compares whole numbers that JavaScript rounds with what was typed: restarts%s", (typed, expected) => {
    const large = tableOf([
      { name: "a", restarts: "9007199254740992" },
      { name: "b", restarts: "9007199254740993" },
      { name: "c", restarts: "3" },
    ]);
    const passed = parseFilter(`restarts${typed}`, large, listedAt)?.([...large.rows.values()]) ?? [];
    expect(passed.map(({ name }) => name)).toEqual(expected);
  });
});
