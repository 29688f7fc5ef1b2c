import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import type { ObjectTarget } from "../../common/contract/index.ts";
import { editInput } from "../../common/contract/index.ts";
import type { KubeObject } from "../../electron/cluster/index.ts";
import { ObjectCreator, ObjectEditor } from "../../electron/edit/index.ts";
import { buildFolders, findBuilder } from "../../electron/install/index.ts";
import { derive, descriptionOf, LiveLists } from "../../electron/objects/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";
import { openTables } from "./tables-support.ts";

/** The first whole number that a JavaScript number cannot hold, and the last ones that Kubernetes can. */
const large = { count: "9007199254740993", max: "9223372036854775807", min: "-9223372036854775808" };

/** Characters that YAML takes for a line break, or refuses. */
const characters = String.raw`a\u0085b\u007fc\u0080d\uffffe\u2028f\ufeffg`;

/** Names that every JavaScript object has. */
const names = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"];

await describeWithCluster("values that JavaScript and YAML would change", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  const { signal } = new AbortController();

  beforeAll(async () => {
    await kubectl.apply(gauges);
    await kubectl.wait("crd/gauges.shop.example", "condition=Established");
  });

  /** What is stored, as text: to read it as JSON would round it. */
  const stored = (kind: string, name: string) => kubectl.text("get", kind, name, "-n", "default", "-o", "json");

  async function expectLarge(name: string): Promise<void> {
    const json = await stored("gauge", name);
    for (const [field, digits] of Object.entries(large)) expect(json).toContain(`"${field}": ${digits}`);
  }

  const create = (text: string) =>
    new ObjectCreator(room.connections).create(
      { context: room.context, namespace: "default", text, dryRun: false, takeOver: false },
      signal,
    );

  async function edit(of: ObjectTarget, change: (yaml: string) => string, how: "update" | "apply" = "update") {
    const editor = new ObjectEditor(room.connections);
    const base = await editor.text(of, signal);
    const text = change(base.yaml);
    expect(text).not.toBe(base.yaml);
    const input = editInput.parse({ target: of, base, text, how, takeOver: true });
    const checked = await editor.check(input, signal);
    const saved = await editor.save(input, signal);
    expect({ problems: saved.problems, saved: saved.saved !== undefined }).toEqual({ problems: [], saved: true });
    expect(saved.changes).toEqual(checked.changes);
    return { base, saved };
  }

  const target = (group: string, plural: string, kind: string, name: string): ObjectTarget => ({
    context: room.context,
    ...{ group, version: "v1", plural, kind, namespace: "default", name },
  });
  const gaugeTarget = (name: string) => target("shop.example", "gauges", "Gauge", name);

  it.each(["update", "apply"] as const)("keeps large integers when something else is edited (%s)", async (how) => {
    await kubectl.run(["apply", "-f", "-"], gauge(`edited-${how}`));
    const { base, saved } = await edit(
      gaugeTarget(`edited-${how}`),
      (yaml) => yaml.replace("note: one", "note: two"),
      how,
    );
    for (const [field, digits] of Object.entries(large)) expect(base.yaml).toContain(`  ${field}: ${digits}\n`);
    expect(saved.changes).toEqual([{ path: "metadata.annotations.note", was: '"one"', becomes: '"two"' }]);
    await expectLarge(`edited-${how}`);
    expect(await stored("gauge", `edited-${how}`)).toContain('"note": "two"');
  });

  it("stores and shows the change of a large integer by one", async () => {
    await kubectl.run(["create", "-f", "-"], gauge("changed"));
    const { saved } = await edit(gaugeTarget("changed"), (yaml) =>
      yaml.replace(`count: ${large.count}`, "count: 9007199254740992"),
    );
    expect(saved.changes).toEqual([{ path: "spec.count", was: large.count, becomes: "9007199254740992" }]);
    expect(await stored("gauge", "changed")).toContain('"count": 9007199254740992');
  });

  it("creates objects with large integers, from JSON and from YAML", async () => {
    const spec = Object.entries(large).map(([field, digits]) => `  ${field}: ${digits}`);
    const yaml = [
      ...["apiVersion: shop.example/v1", "kind: Gauge", "metadata:", "  name: of-yaml", "spec:"],
      ...spec,
    ].join("\n");
    const { documents } = await create(`${gauge("of-json")}\n---\n${yaml}`);
    expect(documents.map(({ state, problems }) => ({ state, problems }))).toEqual([
      { state: "new", problems: [] },
      { state: "new", problems: [] },
    ]);
    await expectLarge("of-json");
    await expectLarge("of-yaml");
  });

  it("shows, sorts, filters and exports every digit of large integers in tables", async () => {
    await kubectl.run(["apply", "-f", "-"], gauge("less").replace(large.count, "9007199254740992"));
    await kubectl.run(["apply", "-f", "-"], gauge("more"));
    const tables = await openTables(test.kubeconfig);
    try {
      const seen = tables.see(
        {
          ...{ group: "shop.example", plural: "gauges", fieldSelector: "", namespaces: ["default"] },
          ownColumns: [
            { name: "Max", path: ".spec.max" },
            { name: "All", path: ".spec" },
          ],
        },
        { filter: "name=less or name=more", sort: { column: "Count", descending: true } },
      );
      const view = await seen.until(({ state, rows }) => state === "live" && rows.length === 2);
      expect(view.rows.map(({ key }) => key)).toEqual(["default/more", "default/less"]);
      expect(String(seen.cell("default/more", "Count"))).toBe(large.count);
      expect(String(seen.cell("default/more", "Max"))).toBe(large.max);
      expect(seen.cell("default/more", "All")).toContain(`"min":${large.min}`);
      const csv = await tables.tables.export({ view: seen.view, as: "csv", keys: null });
      expect(csv).toContain(`,${large.count},`);
      expect(csv).toContain(`,${large.max},`);
      const text = await tables.tables.export({ view: seen.view, as: "text", keys: null });
      expect(text.split("\n").find((line) => line.startsWith("more"))).toContain(large.count);
      await tables.tables.query({
        view: seen.view,
        query: {
          ...{ filter: `count>9007199254740992 name!=changed`, faults: false, sort: null, anchor: null },
          window: { offset: 0, count: 50 },
        },
      });
      await seen.until(
        ({ rows }) => rows.some(({ key }) => key === "default/more") && !rows.some(({ key }) => key === "default/less"),
      );
    } finally {
      await tables.close();
    }
  });

  it("renders and applies what an installation brings", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flowdeck-values-"));
    try {
      const path = join(folder, "in");
      await mkdir(path);
      await writeFile(join(path, "kustomization.yaml"), "namespace: default\nresources: [gauge.json, chars.json]\n");
      await writeFile(join(path, "gauge.json"), gauge("rendered"));
      await writeFile(join(path, "chars.json"), configMap("rendered", `{"k":"${characters}"}`));
      const objects: KubeObject[] = [];
      await buildFolders(await findBuilder(test.tools), [{ id: "values", path, title: "values" }], {
        tools: test.tools,
        scratch: folder,
        onBuilt: (_folder, built) => {
          objects.push(...built);
        },
      });
      expect(objects).toHaveLength(2);
      const client = await room.connections.client(room.context);
      try {
        for (const object of objects) await client.apply(object);
      } finally {
        await client.close();
      }
      await expectLarge("rendered");
      await expectCharacters("rendered");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  /** Compared with what kubectl itself stores of the same text. */
  async function expectCharacters(name: string): Promise<void> {
    const { data } = JSON.parse(await stored("configmap", name)) as { data: Record<string, string> };
    expect(JSON.stringify(data.k)).toBe(JSON.stringify(JSON.parse(`"${characters}"`)));
  }

  it("creates and applies text with control characters unchanged", async () => {
    const { documents } = await create(configMap("created", `{"k":"${characters}"}`));
    expect(documents.map(({ state, problems }) => ({ state, problems }))).toEqual([{ state: "new", problems: [] }]);
    await expectCharacters("created");
    for (const how of ["update", "apply"] as const) {
      const of = target("", "configmaps", "ConfigMap", "created");
      const { saved } = await edit(of, (yaml) => yaml.replace(/^data:$/m, `data:\n  by-${how}: "1"`), how);
      expect(saved.changes).toEqual([{ path: `data.by-${how}`, becomes: '"1"' }]);
      await expectCharacters("created");
    }
  });

  it("adds and removes keys that every JavaScript object has", async () => {
    await kubectl.run(["apply", "-f", "-"], configMap("names", '{"other":"1"}'));
    const of = target("", "configmaps", "ConfigMap", "names");
    const added = await edit(of, (yaml) =>
      yaml.replace(/^data:$/m, `data:\n${names.map((name) => `  ${name}: new`).join("\n")}`),
    );
    expect(added.saved.changes.toSorted(byPath)).toEqual(
      names.map((name) => ({ path: `data.${name}`, becomes: '"new"' })).toSorted(byPath),
    );
    const json = await stored("configmap", "names");
    for (const name of names) expect(json).toContain(`"${name}": "new"`);

    const lists = new LiveLists(room.connections);
    try {
      const described = await eventually(async () => {
        const stop = new AbortController();
        const options = { context: room.context, everyMs: 50, signal: stop.signal };
        for await (const { text } of derive(lists, options, (look) => descriptionOf(look, of))) {
          stop.abort();
          return text;
        }
        return undefined;
      });
      const theirs = await kubectl.text("describe", "configmap", "names", "-n", "default");
      for (const name of names) {
        expect(theirs).toContain(`${name}:\n----\nnew\n`);
        expect(described).toContain(`${name}:\n----\nnew\n`);
      }
    } finally {
      await lists.close();
    }

    const removed = await edit(of, (yaml) => yaml.replaceAll(/^ {2}\w+: new\n/gm, ""));
    expect(removed.saved.changes.toSorted(byPath)).toEqual(
      names.map((name) => ({ path: `data.${name}`, was: '"new"' })).toSorted(byPath),
    );
    expect(await stored("configmap", "names")).not.toContain('": "new"');
  });
});

const byPath = (one: { path: string }, other: { path: string }) => (one.path < other.path ? -1 : 1);

const integer = { type: "integer", format: "int64" };
const gauges = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "gauges.shop.example" },
  spec: {
    group: "shop.example",
    scope: "Namespaced",
    names: { plural: "gauges", singular: "gauge", kind: "Gauge", listKind: "GaugeList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { spec: { type: "object", properties: { count: integer, max: integer, min: integer } } },
          },
        },
        additionalPrinterColumns: [{ name: "Count", type: "integer", format: "int64", jsonPath: ".spec.count" }],
      },
    ],
  },
};

/** JSON, written by hand: there is no JavaScript object that it could be made from. */
function gauge(name: string): string {
  const spec = Object.entries(large).map(([field, digits]) => `"${field}":${digits}`);
  const metadata = `{"name":"${name}","namespace":"default","annotations":{"note":"one"}}`;
  return `{"apiVersion":"shop.example/v1","kind":"Gauge","metadata":${metadata},"spec":{${spec.join(",")}}}`;
}

/** @param data JSON */
function configMap(name: string, data: string): string {
  return `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"${name}","namespace":"default"},"data":${data}}`;
}
