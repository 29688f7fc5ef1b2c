import { describe, expect, it } from "vitest";
import { contextId } from "../../../common/contract/index.ts";
import { Engine } from "../../../electron/tables/engine.ts";
import { Table } from "../../../electron/tables/table.ts";
import { readTable } from "../../../electron/tables/table-json.ts";
import { all, listedAt, type PodRow, podColumns, podSpec, podTable, tableOf } from "./support.ts";

const keys = (table: Table) => [...table.rows.keys()].sort();
const cell = (table: Table, key: string, column: string) => table.rows.get(key)?.cells[table.columnNamed(column) ?? -1];

describe("a table", () => {
  it("takes ages from metadata where it has them, and counts back where it has not", () => {
    const table = new Table(podSpec);
    table.begin(all);
    table.list(all, podTable([{ name: "exact", age: "5m", created: "2026-01-02T02:59:03Z" }]), "", listedAt);
    table.list(
      all,
      podTable(
        [
          { name: "counted", age: "4m12s" },
          { name: "none", age: "<unknown>" },
        ],
        true,
      ),
      "default",
      listedAt,
    );
    table.commit(all);
    expect(cell(table, "default/exact", "Age")).toBe(Date.parse("2026-01-02T02:59:03Z"));
    expect(cell(table, "default/counted", "Age")).toBe(listedAt - 252_000);
    expect(cell(table, "default/none", "Age")).toBeNull();
  });

  it("shows a custom kind's column named Age as the text it holds, and its date as what it counts from", () => {
    const columns = (type: string) => [
      { name: "Name", type: "string", format: "name" },
      { name: "Age", type },
    ];
    const shown = (type: string, age: string) => {
      const table = new Table({ ...podSpec, group: "example.com", plural: "retentions", kind: "Retention" });
      const metadata = { name: "keep", namespace: "default", uid: "u", creationTimestamp: "2026-01-02T02:59:03Z" };
      const rows = [{ cells: ["keep", age], object: { metadata } }];
      table.begin(all);
      table.list(all, readTable({ kind: "Table", columnDefinitions: columns(type), rows }), "default", listedAt);
      table.commit(all);
      return cell(table, "default/keep", "Age");
    };
    expect(shown("string", "30d")).toBe("30d");
    expect(shown("date", "30d")).toBe(listedAt - 30 * 86_400_000);
  });

  it("keeps an exact age when a later, rounded one agrees with it", () => {
    const table = tableOf([{ name: "a", created: "2026-01-02T00:00:05Z" }]);
    const before = table.rows.get("default/a");
    table.begin(all);
    table.list(all, podTable([{ name: "a", age: "3h4m" }], true), "default", listedAt + 10_000);
    table.commit(all);
    expect(table.rows.get("default/a")).toBe(before);
    // An age that does not agree is another object's.
    table.begin(all);
    table.list(all, podTable([{ name: "a", age: "10s" }], true), "default", listedAt + 20_000);
    table.commit(all);
    expect(table.rows.get("default/a")?.uid).toBeUndefined();
    expect(cell(table, "default/a", "Age")).toBe(listedAt + 10_000);
  });

  it("drops what a complete listing has not seen, and nothing before it is complete", () => {
    const table = tableOf([{ name: "a" }, { name: "b" }]);
    table.begin(all);
    table.list(all, podTable([{ name: "b" }, { name: "c" }]), "", listedAt);
    expect(keys(table)).toEqual(["default/a", "default/b", "default/c"]);
    table.commit(all);
    expect(keys(table)).toEqual(["default/b", "default/c"]);
  });

  it("leaves other namespaces alone when one is listed anew", () => {
    const one = { id: "in one", namespace: "one" };
    const table = tableOf([
      { name: "a", namespace: "one" },
      { name: "a", namespace: "two" },
    ]);
    table.begin(one);
    table.commit(one);
    expect(keys(table)).toEqual(["two/a"]);
  });

  it("believes the watch more than a list that was made before", () => {
    const table = new Table(podSpec);
    table.begin(all);
    table.event(all, "MODIFIED", podTable([{ name: "changed", status: "Error" }]), listedAt);
    table.event(all, "DELETED", podTable([{ name: "gone" }]), listedAt);
    table.event(all, "ADDED", podTable([{ name: "new" }]), listedAt);
    table.list(all, podTable([{ name: "changed", status: "Running" }, { name: "gone" }], true), "default", listedAt);
    table.commit(all);
    expect(keys(table)).toEqual(["default/changed", "default/new"]);
    expect(cell(table, "default/changed", "Status")).toBe("Error");
  });

  it("counts what is not well, through every change", () => {
    const table = tableOf([{ name: "a", status: "Error" }, { name: "b", status: "Pending" }, { name: "c" }]);
    expect([table.warn, table.bad]).toEqual([1, 1]);
    table.event(all, "MODIFIED", podTable([{ name: "a", status: "Pending" }]), listedAt);
    expect([table.warn, table.bad]).toEqual([2, 0]);
    table.event(all, "DELETED", podTable([{ name: "b" }]), listedAt);
    table.event(all, "MODIFIED", podTable([{ name: "c", deleting: true }]), listedAt);
    expect([table.warn, table.bad]).toEqual([2, 0]);
  });

  it("tells listeners only of rows that the page could tell apart", () => {
    const table = tableOf([{ name: "a" }, { name: "b" }]);
    const changed: string[] = [];
    table.listeners.add({
      changed: ({ name }) => changed.push(name),
      removed: () => undefined,
      replaced: () => undefined,
      touched: () => undefined,
    });
    table.event(all, "MODIFIED", podTable([{ name: "a" }]), listedAt + 5_000);
    table.event(all, "MODIFIED", podTable([{ name: "b", ready: "0/1" }]), listedAt + 5_000);
    expect(changed).toEqual(["b"]);
  });

  it("reads plain lists of servers that make no tables", () => {
    const table = new Table({ ...podSpec, plural: "things", namespaced: true });
    const page = readTable({
      kind: "ThingList",
      metadata: { resourceVersion: "7", continue: "more", remainingItemCount: 2 },
      items: [{ metadata: { name: "t", namespace: "n", uid: "u", creationTimestamp: "2026-01-01T00:00:00Z" } }],
    });
    table.begin(all);
    table.list(all, page, "", listedAt);
    expect(page).toMatchObject({ resourceVersion: "7", continueToken: "more", remaining: 2 });
    expect(table.shownColumns.map(({ name }) => name)).toEqual(["Name", "Age"]);
    expect(table.rows.get("n/t")?.cells).toEqual(["t", Date.parse("2026-01-01T00:00:00Z")]);
  });

  it("starts over when the kind is printed in other columns", () => {
    const table = tableOf([{ name: "a" }]);
    const other = readTable({
      kind: "Table",
      columnDefinitions: podColumns.slice(0, 2),
      rows: [{ cells: ["b", "1/1"], object: null }],
    });
    expect(table.hasOtherColumns(podTable([]).columns ?? [])).toBe(false);
    expect(table.hasOtherColumns(other.columns ?? [])).toBe(true);
    table.begin(all);
    table.list(all, other, "default", listedAt);
    table.commit(all);
    expect(keys(table)).toEqual(["default/b"]);
    expect(table.shownColumns).toHaveLength(2);
  });

  it("adds the user's own columns from whole objects", () => {
    const table = new Table({ ...podSpec, ownColumns: [{ name: "Owner", path: ".metadata.labels.owner" }] });
    table.begin(all);
    table.list(
      all,
      readTable({
        kind: "Table",
        columnDefinitions: podColumns,
        rows: [
          {
            cells: ["a", "1/1", "Running", "0", "5m", "n"],
            object: { metadata: { name: "a", namespace: "x", labels: { owner: "ann" } } },
          },
        ],
      }),
      "",
      listedAt,
    );
    expect(table.shownColumns.at(-1)).toMatchObject({ name: "Owner", own: true });
    expect(table.rows.get("x/a")?.cells.at(-1)).toBe("ann");
  });
});

/** A small generator of numbers, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("lists and a watch at the same time", () => {
  const statuses = ["Running", "Pending", "Error", "Completed"];

  it.each(Array.from({ length: 200 }, (_, seed) => seed))("end in the server's state (run %i)", (seed) => {
    const next = random(seed);
    const pick = (count: number) => Math.floor(next() * count);
    const server = new Map<string, PodRow>();
    const history: { type: string; pod: PodRow }[] = [];
    const change = () => {
      const name = `p${pick(12)}`;
      const namespace = `n${Number(name.slice(1)) % 3}`;
      const key = `${namespace}/${name}`;
      const before = server.get(key);
      if (before !== undefined && next() < 0.3) {
        server.delete(key);
        history.push({ type: "DELETED", pod: before });
        return;
      }
      const uid = before?.uid ?? `u${history.length}`;
      const pod = { namespace, name, uid, status: statuses[pick(4)] ?? "", restarts: String(history.length) };
      server.set(key, pod);
      history.push({ type: before === undefined ? "ADDED" : "MODIFIED", pod });
    };
    for (let i = pick(30); i > 0; i--) change();

    const table = new Table(podSpec);
    // Sometimes it is not the first listing: rows of an older state are there.
    if (next() < 0.5) {
      table.begin(all);
      table.list(all, podTable([...server.values()]), "", listedAt);
      table.commit(all);
      for (let i = pick(20); i > 0; i--) change();
    }

    table.begin(all);
    const firstPage = [...server.values()].slice(0, pick(6));
    let watched = history.length;
    table.list(all, podTable(firstPage), "", listedAt);
    const exact = next() < 0.5 ? new Map(server) : undefined;
    const left = ["n0", "n1", "n2"];
    // The rest comes namespace by namespace, as of the first page or newer, between events of the watch.
    while (left.length > 0 || watched < history.length) {
      const what = pick(3);
      if (what === 0 && history.length < 200) change();
      else if (what === 1 && watched < history.length) {
        const event = history[watched++];
        if (event !== undefined) table.event(all, event.type, podTable([event.pod]), listedAt);
      } else {
        const namespace = left.shift();
        if (namespace === undefined) continue;
        const pods = [...(exact ?? server).values()].filter((pod) => pod.namespace === namespace);
        table.list(all, podTable(pods, next() < 0.7), namespace, listedAt);
        if (left.length === 0) table.commit(all);
      }
    }

    const shown = [...table.rows.values()].map((row) => [row.key, row.cells[2], row.cells[3]]).sort();
    const true_ = [...server].map(([key, pod]) => [key, pod.status, pod.restarts]).sort();
    expect(shown).toEqual(true_);
    const healths = [...table.rows.values()].map(({ health }) => health);
    expect(table.warn).toBe(healths.filter((health) => health === "warn").length);
    expect(table.bad).toBe(healths.filter((health) => health === "bad").length);
  });
});

describe("watch frames", () => {
  const bytes = (...frames: object[]) => Buffer.from(frames.map((frame) => `${JSON.stringify(frame)}\n`).join(""));
  const event = (type: string, name: string, resourceVersion: string) => ({
    type,
    object: {
      kind: "Table",
      metadata: { resourceVersion },
      columnDefinitions: null,
      rows: [
        {
          cells: [name, "1/1", "Running", "0", "1s", "n"],
          object: { metadata: { name, namespace: "default", uid: name, resourceVersion } },
        },
      ],
    },
  });
  const engineWithTable = () => {
    const engine = new Engine(() => undefined);
    engine.create({ table: "t", spec: podSpec });
    engine.begin({ table: "t", scope: all });
    const body = Buffer.from(
      JSON.stringify({ kind: "Table", metadata: { resourceVersion: "1" }, columnDefinitions: podColumns, rows: [] }),
    );
    engine.list({ table: "t", scope: all, namespace: "", at: listedAt, body });
    engine.commit({ table: "t", scope: all });
    engine.connected({ table: "t", scope: all });
    return engine;
  };
  const names = (engine: Engine) =>
    engine.find({ context: contextId.parse("c"), text: "pod", limit: 100 }).map(({ name }) => name);

  it("may be cut anywhere", () => {
    const stream = bytes(event("ADDED", "pod-ä", "5"), event("ADDED", "pod-b", "6"));
    for (let cut = 1; cut < stream.length; cut += 7) {
      const engine = engineWithTable();
      const first = engine.frames({ table: "t", scope: all, at: listedAt, body: stream.subarray(0, cut) });
      const second = engine.frames({ table: "t", scope: all, at: listedAt, body: stream.subarray(cut) });
      expect(first.events + second.events).toBe(2);
      expect(second.resourceVersion).toBe("6");
      expect(names(engine).sort()).toEqual(["pod-b", "pod-ä"]);
    }
  });

  it("of a broken connection are forgotten with it", () => {
    const engine = engineWithTable();
    const stream = bytes(event("ADDED", "pod-a", "5"));
    engine.frames({ table: "t", scope: all, at: listedAt, body: stream.subarray(0, 20) });
    engine.connected({ table: "t", scope: all });
    expect(engine.frames({ table: "t", scope: all, at: listedAt, body: stream }).events).toBe(1);
  });

  it("tell how far they got, and what ended them", () => {
    const engine = engineWithTable();
    const bookmark = { type: "BOOKMARK", object: { ...event("", "", "9").object } };
    const gone = { type: "ERROR", object: { kind: "Status", code: 410, reason: "Expired" } };
    const answer = engine.frames({ table: "t", scope: all, at: listedAt, body: bytes(bookmark, gone) });
    expect(answer).toMatchObject({ resourceVersion: "9", events: 0, failure: { code: 410 } });
    expect(names(engine)).toEqual([]);
  });

  it.each([
    ".data",
    ".data.password",
    ".data[*]",
    ".data['password']",
    "..password",
    "..*",
    ".*",
    ".",
    ".stringData.password",
    ".metadata.annotations",
    ".metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration",
    '.data[?(@ == "aHVudGVyMg==")]',
    '[?(@.password == "aHVudGVyMg==")]',
    "$..[?(@property == 'password')]",
    ".data[?(@.length > 1)]",
  ])("hides a Secret's values from the path %s, in tables and in plain lists", (path) => {
    const secret = {
      metadata: {
        name: "db",
        namespace: "x",
        annotations: {
          "kubectl.kubernetes.io/last-applied-configuration":
            '{"kind":"Secret","apiVersion":"v1","data":{"password":"aHVudGVyMg=="},"stringData":{"password":"hunter2"}}',
        },
      },
      data: { password: "aHVudGVyMg==", release: "SDRzSUFBQUE=" },
      stringData: { password: "hunter2" },
    };
    for (const [object, readable] of [
      [{ ...secret, apiVersion: "v1", kind: "Secret" }, true],
      [secret, false],
    ] as const) {
      const spec = { ...podSpec, plural: "secrets", kind: "Secret" };
      let table: Table;
      try {
        table = new Table({ ...spec, ownColumns: [{ name: "Own", path }] });
      } catch (error) {
        expect(error).toMatchObject({ code: "invalid-input" });
        return;
      }
      const row = { cells: ["db"], object };
      const page = readable
        ? { kind: "Table", columnDefinitions: podColumns.slice(0, 1), rows: [row] }
        : { metadata: {}, items: [object] };
      table.begin(all);
      table.list(all, readTable(page), "", listedAt);
      const cell = String(table.rows.get("x/db")?.cells.at(-1));
      for (const value of ["aHVudGVyMg==", "hunter2", "SDRzSUFBQUE="]) expect(cell).not.toContain(value);
    }
  });
});
