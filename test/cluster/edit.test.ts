import { beforeAll, expect, it } from "vitest";
import type { CallOutput, ObjectTarget } from "../../common/contract/index.ts";
import { editInput } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { ObjectCreator, ObjectEditor } from "../../electron/edit/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";
import { orders } from "./orders.ts";
import { describeWithCluster } from "./support.ts";

type Text = CallOutput<"yaml.get">;

await describeWithCluster("objects as text", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  const { signal } = new AbortController();
  let editor: ObjectEditor;

  beforeAll(async () => {
    editor = new ObjectEditor(room.connections);
    await kubectl.apply(deployment("web"), configMap("settings"), secret("login"));
  });

  const target = (group: string, plural: string, kind: string, name: string): ObjectTarget => ({
    context: room.context,
    group,
    version: "v1",
    plural,
    kind,
    namespace: "default",
    name,
  });
  const web = () => target("apps", "deployments", "Deployment", "web");
  const settings = () => target("", "configmaps", "ConfigMap", "settings");
  const login = () => target("", "secrets", "Secret", "login");

  function edited(of: ObjectTarget, base: Text, change: (yaml: string) => string, more: object = {}) {
    const text = change(base.yaml);
    expect(text).not.toBe(base.yaml);
    return editInput.parse({ target: of, base, text, ...more });
  }

  it("shows an object with its keys in kubectl's order, and managedFields where they belong", async () => {
    // Its controller writes to it, too: both have to have read the same.
    const { shown, theirs } = await eventually(async () => {
      const shown = await editor.text(web(), signal);
      const theirs = await kubectl.text("get", "deployment", "web", "-o", "yaml", "--show-managed-fields");
      return theirs.includes(`resourceVersion: "${shown.resourceVersion}"`) ? { shown, theirs } : undefined;
    });
    const lines = shown.yaml.split("\n");
    lines.splice((shown.managedFields?.line ?? 0) - 1, 0, ...(shown.managedFields?.yaml.trimEnd().split("\n") ?? []));
    // "." is quoted by us only, and what changes by itself is left out.
    const keys = (yaml: readonly string[]) =>
      yaml.flatMap((line) => /^[ -]*[\w./{}":-]+:(?= |$)/.exec(line)?.[0].replaceAll('"', "") ?? []);
    expect(keys(lines)).toEqual(keys(theirs.split("\n")));
  });

  it("checks an edit without storing it, then stores it", async () => {
    const base = await editor.text(web(), signal);
    const input = edited(web(), base, (yaml) => yaml.replace("image: shop:1", "image: shop:2"));
    const checked = await editor.check(input, signal);
    expect(checked.problems).toEqual([]);
    expect(checked.changes).toEqual([
      { path: "spec.template.spec.containers[name=app].image", was: '"shop:1"', becomes: '"shop:2"' },
    ]);
    expect(checked.after).toContain("image: shop:2");
    expect(await kubectl.text("get", "deploy", "web", "-o", "jsonpath={..image}")).toBe("shop:1");
    const saved = await editor.save(input, signal);
    expect(saved.saved?.yaml).toContain("image: shop:2");
    expect(await kubectl.text("get", "deploy", "web", "-o", "jsonpath={..image}")).toBe("shop:2");
  });

  it("puts an edit onto what somebody else changed meanwhile, when they are different fields", async () => {
    const base = await editor.text(settings(), signal);
    await kubectl.text("patch", "configmap", "settings", "-p", '{"data":{"b":"changed"}}');
    const input = edited(settings(), base, (yaml) => yaml.replace('a: "1"', 'a: "one"'));
    const checked = await editor.check(input, signal);
    expect(checked.moved).toMatchObject({
      theirs: [{ path: "data.b", was: '"2"', becomes: '"changed"' }],
      yours: [{ path: "data.a", was: '"1"', becomes: '"one"' }],
      clashes: [],
    });
    expect(checked.changes).toEqual([{ path: "data.a", was: '"1"', becomes: '"one"' }]);
    const saved = await editor.save(input, signal);
    expect(saved.saved).toBeDefined();
    expect(await kubectl.text("get", "cm", "settings", "-o", "jsonpath={.data.a} {.data.b}")).toBe("one changed");
  });

  it("stores nothing where both changed the same field, until one side is chosen", async () => {
    const base = await editor.text(settings(), signal);
    await kubectl.text("patch", "configmap", "settings", "-p", '{"data":{"a":"theirs"}}');
    const input = edited(settings(), base, (yaml) => yaml.replace("a: one", "a: mine"));
    const asked = await editor.save(input, signal);
    expect(asked.saved).toBeUndefined();
    expect(asked.moved?.clashes).toEqual(["data.a"]);
    expect(await kubectl.text("get", "cm", "settings", "-o", "jsonpath={.data.a}")).toBe("theirs");
    await editor.save({ ...input, clashes: "mine" }, signal);
    expect(await kubectl.text("get", "cm", "settings", "-o", "jsonpath={.data.a}")).toBe("mine");
  });

  it("says which line the API server refuses, and why", async () => {
    const base = await editor.text(web(), signal);
    const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split("\n").length;
    const refused = async (change: (yaml: string) => string) => {
      const input = edited(web(), base, change);
      const { problems, changes } = await editor.check(input, signal);
      expect(changes).toEqual([]);
      return { text: input.text, problems };
    };

    const selector = await refused((yaml) => yaml.replace(/matchLabels:\n( +)app: web/, "matchLabels:\n$1app: shop"));
    expect(selector.problems.map(({ kind, path }) => ({ kind, path }))).toContainEqual({
      kind: "immutable",
      path: "spec.selector",
    });

    const typo = await refused((yaml) => yaml.replace("image: shop", "imagee: shop"));
    expect(typo.problems).toContainEqual(
      expect.objectContaining({
        said: message("edit.unknownField"),
        path: "spec.template.spec.containers[0].imagee",
        from: { line: lineOf(typo.text, "imagee"), column: 9 },
      }),
    );

    const wrong = await refused((yaml) => yaml.replace(/replicas: \d+/, "replicas: many"));
    expect(wrong.problems).toMatchObject([
      {
        said: message("edit.wrongType", { given: "string", wanted: message("edit.typeInteger") }),
        path: "spec.replicas",
        from: { line: lineOf(wrong.text, "replicas"), column: 3 },
      },
    ]);

    const renamed = await refused((yaml) => yaml.replace("name: web", "name: other"));
    expect(renamed.problems).toMatchObject([{ kind: "identity", path: "metadata.name" }]);

    const broken = await refused((yaml) => yaml.replace("spec:", "spec: ["));
    expect(broken.problems[0]).toMatchObject({ kind: "syntax" });

    const status = editInput.parse({
      target: web(),
      base,
      text: base.yaml.replace(/observedGeneration: \d+/, "observedGeneration: 99"),
    });
    expect((await editor.check(status, signal)).problems).toMatchObject([
      { severity: "warning", kind: "ignored", path: "status.observedGeneration" },
    ]);
  });

  it("never shows a Secret's values, and keeps those that were not touched", async () => {
    const base = await editor.text(login(), signal);
    const encoded = Buffer.from("correct horse").toString("base64");
    expect(base.masked).toBe(true);
    expect(base.yaml).toMatch(/password: •{8} \(13 bytes, [0-9a-f]{8}\)/);
    const input = edited(login(), base, (yaml) =>
      yaml.replace(/user: .*/, `user: ${Buffer.from("kim").toString("base64")}\n  more: bW9yZQ==`),
    );
    const checked = await editor.check(input, signal);
    expect(checked.problems).toEqual([]);
    expect(checked.changes.map(({ path }) => path)).toEqual(["data.user", "data.more"]);
    const saved = await editor.save(input, signal);
    for (const said of [base, checked, saved]) expect(JSON.stringify(said)).not.toMatch(/correct horse|a2lt|bW9yZQ/);
    expect(JSON.stringify([base, checked, saved])).not.toContain(encoded);
    const stored = await kubectl.text(
      "get",
      "secret",
      "login",
      "-o",
      "jsonpath={.data.password} {.data.user} {.data.more}",
    );
    expect(stored).toBe(`${encoded} ${Buffer.from("kim").toString("base64")} bW9yZQ==`);
    expect(await kubectl.text("get", "secret", "login", "-o", "yaml")).not.toContain("•");
    const lost = edited(login(), base, (yaml) =>
      yaml.replace(/password: .*/, "password: •••••••• (9 bytes, 01234567)"),
    );
    expect((await editor.check(lost, signal)).problems).toMatchObject([{ kind: "masked", path: "data.password" }]);
  });

  it("names the managers whose fields a server-side apply would take, and takes them only when asked", async () => {
    const base = await editor.text(web(), signal);
    const input = edited(web(), base, (yaml) => yaml.replace("image: shop:2", "image: shop:3"), { how: "apply" });
    const asked = await editor.save(input, signal);
    expect(asked.owners).toEqual([]);
    expect(asked.saved?.yaml).toContain("image: shop:3");
    const applied = JSON.stringify({ ...deployment("web"), spec: { replicas: 4 } });
    await kubectl.run(["apply", "--server-side", "--field-manager=scaler", "--force-conflicts", "-f", "-"], applied);
    const later = await editor.text(web(), signal);
    const scaled = edited(web(), later, (yaml) => yaml.replace("replicas: 4", "replicas: 2"), { how: "apply" });
    const refused = await editor.save(scaled, signal);
    expect(refused.saved).toBeUndefined();
    expect(refused.owners).toEqual([{ manager: "scaler", fields: [".spec.replicas"] }]);
    expect((await editor.save({ ...scaled, takeOver: true }, signal)).saved?.yaml).toContain("replicas: 2");
  });

  it("checks in a read-only context: room.context, and stores nothing there", async () => {
    await room.kubeconfigs.setOptions(room.context, { readOnly: true });
    try {
      const base = await editor.text(settings(), signal);
      const input = edited(settings(), base, (yaml) => yaml.replace("text: |", "more: x\n  text: |"));
      expect((await editor.check(input, signal)).changes).toEqual([{ path: "data.more", becomes: '"x"' }]);
      await expect(editor.save(input, signal)).rejects.toMatchObject({ code: "not-allowed" });
    } finally {
      await room.kubeconfigs.setOptions(room.context, { readOnly: false });
    }
  });

  it("creates several objects: tried first, each with its own result", async () => {
    const creator = new ObjectCreator(room.connections);
    const text = [
      "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop",
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: shop\ndata:\n  mode: '0644'",
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  c: '3'",
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  ok: 'yes'",
    ].join("\n---\n");
    const input = { context: room.context, namespace: "default", text, dryRun: true, takeOver: false };
    const tried = await creator.create(input, signal);
    expect(tried.documents.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "shop new",
      "one untried",
      "settings changed",
      "two new",
    ]);
    const wrong = await creator.create({ ...input, text: text.replace("'0644'", "0644"), dryRun: false }, signal);
    expect(wrong.documents.map(({ state }) => state)).toEqual(["new", "failed", "skipped", "skipped"]);
    expect(wrong.documents[1]?.problems[0]?.from?.line).toBeGreaterThan(5);
    const done = await creator.create({ ...input, dryRun: false }, signal);
    expect(done.documents.map(({ state }) => state)).toEqual(["unchanged", "new", "changed", "new"]);
    expect(await kubectl.text("get", "cm", "-n", "shop", "one", "-o", "jsonpath={.data.mode}")).toBe("0644");
  });

  it("waits for the kind that a definition in the same text brings", async () => {
    const creator = new ObjectCreator(room.connections);
    const text = `${JSON.stringify(orders)}\n---\napiVersion: shop.example/v1\nkind: Order\nmetadata:\n  name: first\nspec:\n  items: 3`;
    const input = { context: room.context, namespace: "default", text, dryRun: true, takeOver: false };
    expect((await creator.create(input, signal)).documents.map(({ state }) => state)).toEqual(["new", "untried"]);
    const done = await creator.create({ ...input, dryRun: false }, signal);
    expect(done.documents.map(({ state, problems }) => ({ state, problems }))).toEqual([
      { state: "new", problems: [] },
      { state: "new", problems: [] },
    ]);
  });
});

function deployment(name: string): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name,
      namespace: "default",
      labels: { app: name, "app.kubernetes.io/part-of": "shop", a10: "x", a2: "y" },
    },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: "app", image: "shop:1", env: [{ name: "A", value: "1" }] }] },
      },
    },
  };
}

function configMap(name: string): object {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "default" },
    data: { a: "1", b: "2", text: "one\ntwo\n" },
  };
}

function secret(name: string): object {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace: "default" },
    stringData: { password: "correct horse", user: "sam" },
  };
}
