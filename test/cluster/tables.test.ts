import { afterAll, beforeAll, expect, it } from "vitest";
import type { KindCount, ResourceInfo, TableColumn, TableRow } from "../../common/contract/index.ts";
import type { ApiResource } from "../../electron/cluster/index.ts";
import { Finder, watchCounts, watchNamespaces, watchResources } from "../../electron/tables/index.ts";
import { eventually, Kubectl } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";
import { objects, widget, widgetDefinition, widgets } from "./tables.objects.ts";
import { openTables, type TablesRoom } from "./tables-support.ts";

/** What `kubectl get` prints, cut where its heads begin. */
function printedTable(text: string): { heads: string[]; lines: string[][] } {
  const [head = "", ...rest] = text.split("\n").filter((line) => line !== "");
  const starts = [...head.matchAll(/(?:^|(?<= {3}))\S/g)].map(({ index }) => index);
  const cut = (line: string) => starts.map((start, at) => line.slice(start, starts[at + 1]).trim());
  return { heads: cut(head), lines: rest.map(cut) };
}

/** For {@link eventually}, which waits for something. */
async function applied(work: Promise<void>): Promise<true> {
  await work;
  return true;
}

const unitMs: Record<string, number> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, y: 365 * 864e5 };

/** kubectl's age in ms, rounded down to the last unit that it writes. */
function ageMs(written: string): number {
  return [...written.matchAll(/(\d+)([smhdy])/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (unitMs[unit ?? ""] ?? 0),
    0,
  );
}

/** Our row as kubectl would print it; ages are left to be looked at by themselves. */
function printedRow(row: TableRow, columns: readonly TableColumn[], namespaced: boolean): string[] {
  const cells = columns.map(({ as }, index) => {
    const cell = row.cells[index] ?? null;
    if (as === "age") return cell === null ? "" : "age";
    return cell === null ? "<none>" : String(cell).trim();
  });
  return namespaced ? [row.namespace ?? "", ...cells] : cells;
}

/** kubectl's line with its ages taken out in the same way. */
function withoutAges(line: readonly string[], columns: readonly TableColumn[], namespaced: boolean): string[] {
  const first = namespaced ? 1 : 0;
  return line.map((field, at) => {
    if (columns[at - first]?.as !== "age") return field;
    return /^(<none>|<unknown>|<invalid>|)$/.test(field) ? "" : "age";
  });
}

const nameOf = ({ plural, version, group }: ApiResource) => `${plural}.${version}.${group}`;

await describeWithCluster("tables", (test) => {
  const kubectl = new Kubectl(test.tools, () => test.kubeconfig);
  const ended = new AbortController();
  let room: TablesRoom;

  beforeAll(async () => {
    room = await openTables(test.kubeconfig);
    await kubectl.apply(...objects);
    await kubectl.wait("crd/widgets.example.org", "condition=Established");
    await eventually(() => applied(kubectl.apply(...widgets)));
    await kubectl.wait("pod", "condition=Ready", "-n", "shop", "-l", "app in (front,back,db,agent,old)");
    await kubectl.wait("job/once", "condition=Complete", "-n", "shop");
    await kubectl.wait("statefulset/db", "jsonpath={.status.readyReplicas}=2", "-n", "shop");
  });
  afterAll(async () => {
    ended.abort();
    await room?.close();
  });

  it("print every kind as kubectl does", async () => {
    const client = await room.connections.client(room.context);
    await client.refreshDiscovery();
    const resources = (await client.resources()).filter(({ verbs }) => verbs.includes("list") && verbs.includes("get"));
    await client.close();
    let kindsWithObjects = 0;
    const faults: string[] = [];
    for (const resource of resources) {
      const { group, version, plural, namespaced } = resource;
      const seen = room.see({ group, version, plural });
      // Both are asked again until they were asked in the same state.
      const fault = await eventually(async () => {
        const view = await seen.live();
        const { heads, lines } = printedTable(await kubectl.text("get", nameOf(resource), "-A", "-o", "wide"));
        if (view.rows.length === 0 && lines.length === 0) return "none";
        const wanted = [...(namespaced ? ["NAMESPACE"] : []), ...view.columns.map(({ name }) => name.toUpperCase())];
        const ours = view.rows.map((row) => printedRow(row, view.columns, namespaced).join(" | ")).sort();
        const theirs = lines.map((line) => withoutAges(line, view.columns, namespaced).join(" | ")).sort();
        expect(wanted).toEqual(heads);
        expect(ours).toEqual(theirs);
        return "same";
      }, 4_000).catch((error: Error) => error.message);
      await seen.close();
      if (fault === "same") kindsWithObjects++;
      else if (fault !== "none") faults.push(`${nameOf(resource)}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(kindsWithObjects).toBeGreaterThanOrEqual(40);
  });

  it("tell ages that kubectl would round to its own", async () => {
    const seen = room.see({ plural: "pods" });
    const { columns, rows } = await seen.live();
    const asked = Date.now();
    const { heads, lines } = printedTable(await kubectl.text("get", "pods", "-A"));
    const answered = Date.now();
    const ages = new Map(lines.map((line) => [`${line[0]}/${line[1]}`, line[heads.indexOf("AGE")] ?? ""]));
    const index = columns.findIndex(({ name }) => name === "Age");
    for (const row of rows) {
      const theirs = ages.get(row.key) ?? "";
      const since = Number(row.cells[index]);
      const lost = unitMs[theirs.at(-1) ?? ""] ?? 0;
      // kubectl's answer is from some moment in between, and both clocks are read in whole seconds.
      expect(ageMs(theirs), row.key).toBeGreaterThanOrEqual(asked - since - lost - 1_000);
      expect(ageMs(theirs), row.key).toBeLessThanOrEqual(answered - since + 1_000);
    }
    await seen.close();
  });

  it("follow what happens, in the rows it happens to", async () => {
    const seen = room.see({ plural: "configmaps", namespaces: ["shop"] });
    await seen.live();
    await kubectl.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "fresh", namespace: "shop" } });
    const added = await seen.until(({ rows }) => rows.some(({ name }) => name === "fresh"));
    expect(seen.cell("shop/fresh", "Data")).toBe(0);
    const { uid } = added.rows.find(({ name }) => name === "fresh") ?? {};
    await kubectl.text("patch", "configmap", "fresh", "-n", "shop", "-p", '{"data":{"a":"1"}}');
    await seen.until(() => seen.cell("shop/fresh", "Data") === 1);
    await kubectl.text("delete", "configmap", "fresh", "-n", "shop");
    await seen.until(({ rows }) => rows.every(({ name }) => name !== "fresh"));
    await kubectl.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "fresh", namespace: "shop" } });
    const again = await seen.until(({ rows }) => rows.some(({ name }) => name === "fresh"));
    expect(again.rows.find(({ name }) => name === "fresh")?.uid).not.toBe(uid);
    await seen.close();
  });

  it("leave it to the server what selectors select", async () => {
    const names = async (...args: string[]) =>
      (await kubectl.text("get", "pods", "-A", "-o", "name", ...args))
        .split("\n")
        .filter(Boolean)
        .map((line) => line.slice(4))
        .sort();
    const blue = room.see({ plural: "pods", labelSelector: "team in (blue)" });
    const running = room.see({ plural: "pods", fieldSelector: "spec.nodeName=practice-1" });
    expect((await blue.live()).rows.map(({ name }) => name).sort()).toEqual(await names("-l", "team in (blue)"));
    expect((await running.live()).rows.map(({ name }) => name).sort()).toEqual(
      await names("--field-selector", "spec.nodeName=practice-1"),
    );
    const wrong = room.see({ plural: "pods", labelSelector: "=" });
    expect(await wrong.ended).toMatchObject({ code: "object-invalid" });
    await Promise.all([blue.close(), running.close()]);
  });

  it("hold several namespaces, and only those", async () => {
    const seen = room.see({ plural: "serviceaccounts", namespaces: ["shop", "kube-system"] });
    const view = await seen.live();
    expect(new Set(view.rows.map(({ namespace }) => namespace))).toEqual(new Set(["shop", "kube-system"]));
    expect(view).not.toHaveProperty("limitedTo");
    await seen.close();
  });

  it("are the same when they are too long for one answer", async () => {
    const small = await openTables(test.kubeconfig, {
      sizes: { firstPage: 3, bareRowsPerPage: 2, fullRowsPerPage: 4, rowsPerNamespace: 0 },
    });
    const paged = await openTables(test.kubeconfig, {
      sizes: { firstPage: 3, fullRowsPerPage: 4, rowsPerNamespace: 1e6 },
    });
    try {
      const whole = room.see({ plural: "pods" });
      const expected = (await whole.live()).rows.map(({ key, cells }) => [key, cells[1], cells[2]]);
      const shown = async (
        on: TablesRoom,
        resource: { namespaces?: string[]; ownColumns?: { name: string; path: string }[] },
      ) => {
        const view = await on.see({ plural: "pods", ...resource }).live();
        return view.rows.map(({ key, cells }) => [key, cells[1], cells[2]]);
      };
      expect(expected.length).toBeGreaterThan(8);
      expect(await shown(small, {})).toEqual(expected);
      expect(await shown(paged, {})).toEqual(expected);
      expect(await shown(small, { ownColumns: [{ name: "IP", path: ".status.podIP" }] })).toEqual(expected);
      expect(await shown(small, { namespaces: ["shop"] })).toEqual(
        expected.filter(([key]) => String(key).startsWith("shop/")),
      );
      await whole.close();
    } finally {
      await small.close();
      await paged.close();
    }
  });

  it("read columns of one's own as kubectl reads custom columns", async () => {
    const paths = {
      Node: ".spec.nodeName",
      Images: ".spec.containers[*].image",
      Ready: '.status.conditions[?(@.type=="Ready")].status',
      Team: ".metadata.labels.team",
      First: ".spec.containers[0].name",
    };
    const seen = room.see({
      plural: "pods",
      namespaces: ["shop"],
      ownColumns: Object.entries(paths).map(([name, path]) => ({ name: `My ${name}`, path })),
    });
    const view = await seen.live();
    const spec = ["KEY:.metadata.name", ...Object.entries(paths).map(([name, path]) => `${name}:${path}`)].join(",");
    const { lines } = printedTable(await kubectl.text("get", "pods", "-n", "shop", "-o", `custom-columns=${spec}`));
    const ours = view.rows.map((row) => [
      row.name,
      ...row.cells.slice(-5).map((cell) => (cell === null ? "<none>" : String(cell))),
    ]);
    expect(ours.sort()).toEqual(lines.sort());
    await kubectl.text("label", "pods", "-n", "shop", "-l", "app=db", "team=green");
    await seen.until(({ rows }) => rows.filter(({ cells }) => cells.includes("green")).length === 2);
    await seen.close();
  });

  it("answer for keys and text of what a view holds", async () => {
    const seen = room.see(
      { plural: "serviceaccounts" },
      { filter: "namespace=kube-system", window: { offset: 0, count: 1 } },
    );
    await seen.live();
    const { tables } = room;
    const keys = await tables.keys({ view: seen.view, from: null, to: null });
    expect(keys.length).toBeGreaterThan(5);
    expect(await tables.keys({ view: seen.view, from: keys[4] ?? "", to: keys[2] ?? "" })).toEqual(keys.slice(2, 5));
    const names = await tables.export({ view: seen.view, as: "names", keys: null });
    expect(names.trim().split("\n")).toEqual(keys.map((key) => key.split("/")[1]));
    const text = await tables.export({ view: seen.view, as: "text", keys: null });
    const theirs = printedTable(await kubectl.text("get", "serviceaccounts", "-n", "kube-system"));
    expect(printedTable(text).heads).toEqual(theirs.heads);
    await tables.query({
      view: seen.view,
      query: { filter: "default", faults: false, sort: null, window: { offset: 0, count: 50 }, anchor: null },
    });
    await seen.until(
      ({ rows, matched }) => matched === rows.length && rows.every(({ key }) => key.includes("default")),
    );
    await seen.close();
    await expect(tables.keys({ view: seen.view, from: null, to: null })).rejects.toMatchObject({ code: "not-found" });
  });

  it("share one list and one watch among those who ask for the same", async () => {
    const first = room.see({ plural: "secrets" });
    await first.live();
    const second = room.see({ plural: "secrets" });
    await second.until(({ total }) => total > 0);
    // The second one begins with what is there already.
    expect(second.items[0]).toMatchObject({ state: "live", total: first.last?.total });
    await Promise.all([first.close(), second.close()]);
  });

  it("can't be made of what is not served or keeps nothing", async () => {
    const unknown = room.see({ group: "nothing.example.org", plural: "things" });
    expect(await unknown.ended).toMatchObject({ code: "kind-unknown" });
    const reviews = room.see({ group: "authorization.k8s.io", plural: "selfsubjectaccessreviews" });
    expect(await reviews.ended).toMatchObject({ code: "not-allowed" });
  });

  it("know which kinds there are, and hear of new ones", async () => {
    const latest: { infos?: ResourceInfo[] } = {};
    const reading = (async () => {
      for await (const infos of watchResources(room.connections, room.context, ended.signal)) latest.infos = infos;
    })();
    const has = (plural: string, group: string) =>
      latest.infos?.find((info) => info.plural === plural && info.group === group);
    await eventually(async () => has("widgets", "example.org"));
    expect(has("widgets", "example.org")).toMatchObject({ kind: "Widget", namespaced: true, custom: true });
    expect(has("pods", "")).toMatchObject({ kind: "Pod", shortNames: ["po"], custom: false });
    await kubectl.apply(widgetDefinition("gears", "late.example.org"));
    await eventually(async () => has("gears", "late.example.org"));
    await kubectl.text("delete", "crd", "gears.late.example.org");
    await eventually(async () => (has("gears", "late.example.org") === undefined ? true : undefined));
    ended.abort();
    await reading;
  });

  it("know the namespaces, and hear of new ones", async () => {
    const stop = new AbortController();
    const latest: { names?: string[] } = {};
    const options = { connections: room.connections, known: async () => [] };
    const reading = (async () => {
      for await (const { names, allowed } of watchNamespaces(options, room.context, stop.signal)) {
        expect(allowed).toBe(true);
        latest.names = names;
      }
    })();
    await eventually(async () => (latest.names?.includes("shop") ? true : undefined));
    await kubectl.text("create", "namespace", "brief");
    await eventually(async () => (latest.names?.includes("brief") ? true : undefined));
    await kubectl.text("delete", "namespace", "brief");
    await eventually(async () => (latest.names?.includes("brief") ? undefined : true));
    stop.abort();
    await reading;
  });

  it("count without listing", async () => {
    const stop = new AbortController();
    const resources = [
      { group: "", version: "v1", plural: "pods" },
      { group: "apps", version: "v1", plural: "deployments" },
      { group: "", version: "v1", plural: "nodes" },
      { group: "none.example.org", version: "v1", plural: "nothings" },
    ];
    const counted = async (namespaces: string[]) => {
      for await (const counts of watchCounts(
        room.connections,
        { context: room.context, namespaces, resources },
        stop.signal,
      )) {
        if (counts.length === resources.length)
          return new Map(counts.map((count: KindCount) => [count.plural, count.count]));
      }
      return new Map<string, number>();
    };
    const lines = async (...args: string[]) =>
      (await kubectl.text("get", ...args, "-o", "name")).trim().split("\n").length;
    expect(await counted([])).toEqual(
      new Map([
        ["pods", await lines("pods", "-A")],
        ["deployments", await lines("deployments", "-A")],
        ["nodes", 3],
        ["nothings", undefined],
      ]),
    );
    expect((await counted(["shop"])).get("deployments")).toBe(2);
    stop.abort();
  });

  it("find objects by name, in open tables and among common kinds", async () => {
    const finder = new Finder(room.connections, (input) => room.tables.find(input));
    const find = async (text: string) =>
      (await finder.find({ context: room.context, text, limit: 20 })).map(
        ({ kind, namespace, name }) => `${kind} ${namespace}/${name}`,
      );
    await eventually(async () => ((await find("front")).includes("Deployment shop/front") ? true : undefined));
    const found = await find("front");
    // The very name first, what merely begins with it later.
    expect(found.slice(0, 2).sort()).toEqual(["Deployment shop/front", "Service shop/front"]);
    expect(found.findIndex((line) => line.startsWith("Pod shop/front-"))).toBeGreaterThan(1);
    expect(await find("small")).not.toContain("Widget shop/small");
    const seen = room.see({ group: "example.org", plural: "widgets" });
    await seen.live();
    expect(await find("small")).toContain("Widget shop/small");
    await seen.close();
    finder.close();
  });

  it("survive that their kind goes and comes back with other columns", async () => {
    await kubectl.apply(widgetDefinition("cogs"));
    await kubectl.wait("crd/cogs.example.org", "condition=Established");
    await eventually(() => applied(kubectl.apply(widget("one", { colour: "grey" }, "cogs"))));
    const seen = room.see({ group: "example.org", plural: "cogs" });
    await seen.until(({ rows }) => rows.length === 1);
    await kubectl.text("delete", "crd", "cogs.example.org");
    const gone = await seen.until(({ state, problem }) => state === "reconnecting" && problem?.code === "kind-unknown");
    expect(gone.rows).toEqual([]);
    const teeth = [{ name: "Teeth", type: "integer", jsonPath: ".spec.teeth" }];
    await kubectl.apply(widgetDefinition("cogs", "example.org", teeth));
    await kubectl.wait("crd/cogs.example.org", "condition=Established");
    await eventually(() => applied(kubectl.apply(widget("two", { teeth: 12 }, "cogs"))));
    await seen.until(({ state, rows }) => state === "live" && rows.some(({ name }) => name === "two"), 60_000);
    expect(seen.last?.columns.map(({ name }) => name)).toEqual(["Name", "Teeth"]);
    expect(seen.cell("shop/two", "Teeth")).toBe(12);
    await seen.close();
  });
});
