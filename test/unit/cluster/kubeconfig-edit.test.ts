import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KubeconfigEditor, Kubeconfigs } from "../../../electron/cluster/index.ts";
import { editKubeconfig, NotEditable } from "../../../electron/cluster/kubeconfig-edit.ts";
import { ContextOptionsStore } from "../../../electron/settings/index.ts";

const commented = `# Ours. Ask the platform team.
apiVersion: v1
clusters:
# the real thing
- cluster:
    certificate-authority-data: ${"QUJD".repeat(60)} # long
    server: https://prod.example
  name: prod
- name: stage   # may go
  cluster:
    server: 'https://stage.example'

contexts:
- context: {cluster: prod, user: ann}
  name: prod
# the one to try things in
- context:
    cluster: stage
    namespace: team
    user: bob
  name: stage
- context:
    cluster: prod
    user: ann
  name: "other"
current-context: stage
kind: Config
preferences: {}
users:
- name: ann
  user:
    token: a
- name: bob
  user:
    token: b
# end
`;

describe("an edit of a kubeconfig's text", () => {
  it("renames and keeps every other character", () => {
    expect(editKubeconfig(commented, { do: "rename", contextName: "stage", to: "staging" })).toBe(
      commented
        .replace("  name: stage\n", "  name: staging\n")
        .replace("current-context: stage", "current-context: staging"),
    );
    expect(editKubeconfig(commented, { do: "rename", contextName: "other", to: "개발: 하나" })).toBe(
      commented.replace('name: "other"', 'name: "개발: 하나"'),
    );
  });

  it("quotes a name that YAML would read as something else", () => {
    for (const name of ["true", "null", "1e3", "no", "~", "a: b", "#x", "-", "@x", "0x10", " x"]) {
      const edited = editKubeconfig(commented, { do: "rename", contextName: "prod", to: name });
      expect(edited).toContain(`  name: ${JSON.stringify(name)}\n`);
    }
  });

  it("removes the lines of entries with the comment above them, and nothing else", () => {
    const edited = editKubeconfig(commented, { do: "remove", contextName: "stage", cluster: "stage", user: "bob" });
    const expected = commented
      .replace(/- name: stage {3}# may go\n.*\n.*\n/, "")
      .replace(/# the one to try things in\n(.*\n){5}/, "")
      .replace(/- name: bob\n.*\n.*\n/, "")
      .replace("current-context: stage", 'current-context: ""');
    expect(edited).toBe(expected);
  });

  it("keeps Windows line ends", () => {
    const windows = commented.replaceAll("\n", "\r\n");
    const edited = editKubeconfig(windows, { do: "remove", contextName: "stage", cluster: "stage", user: "bob" });
    expect(edited.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(edited).not.toContain("stage");
  });

  it("leaves an empty list where the last entry went", () => {
    const one = "kind: Config\ncontexts:\n  - name: a\n    context: {cluster: c, user: u}\nclusters: []\nusers:\n";
    expect(editKubeconfig(one, { do: "remove", contextName: "a" })).toBe(
      "kind: Config\ncontexts: []\nclusters: []\nusers:\n",
    );
  });

  it("makes a context current, also where none was", () => {
    expect(editKubeconfig(commented, { do: "current", contextName: "prod" })).toBe(
      commented.replace("current-context: stage", "current-context: prod"),
    );
    const none = "kind: Config\ncontexts: []";
    expect(editKubeconfig(none, { do: "current", contextName: "x" })).toBe(`${none}\ncurrent-context: x\n`);
    expect(editKubeconfig(`${none}\ncurrent-context:\n`, { do: "current", contextName: "x" })).toBe(
      `${none}\ncurrent-context: x\n`,
    );
    expect(editKubeconfig(`${none}\ncurrent-context: "y" # why\n`, { do: "current", contextName: undefined })).toBe(
      `${none}\ncurrent-context: "" # why\n`,
    );
  });

  it("edits JSON, which stays JSON", () => {
    const data = {
      kind: "Config",
      "current-context": "a",
      contexts: [
        { name: "a", context: { cluster: "c", user: "u" } },
        { name: "b", context: { cluster: "c", user: "u" } },
      ],
    };
    for (const text of [JSON.stringify(data), JSON.stringify(data, null, 2)]) {
      expect(JSON.parse(editKubeconfig(text, { do: "rename", contextName: "a", to: "z" }))).toEqual({
        ...data,
        "current-context": "z",
        contexts: [{ ...data.contexts[0], name: "z" }, data.contexts[1]],
      });
      expect(JSON.parse(editKubeconfig(text, { do: "remove", contextName: "a" }))).toEqual({
        ...data,
        "current-context": "",
        contexts: [data.contexts[1]],
      });
    }
  });

  it("refuses what would change the meaning of something else", () => {
    const twice = commented.replace('"other"', "stage");
    expect(() => editKubeconfig(twice, { do: "rename", contextName: "stage", to: "x" })).toThrow(NotEditable);
    expect(() => editKubeconfig(twice, { do: "remove", contextName: "stage" })).toThrow(NotEditable);
    const anchored = commented.replace(
      "- name: bob\n  user:\n    token: b",
      "- name: bob\n  user: &b\n    token: b\n- name: cy\n  user: *b",
    );
    expect(() => editKubeconfig(anchored, { do: "remove", contextName: "stage", user: "bob" })).toThrow(NotEditable);
    expect(() => editKubeconfig("a: [", { do: "current", contextName: "x" })).toThrow(NotEditable);
  });
});

describe("the editor", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kubeconfig-edit-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function write(name: string, content: string, mode = 0o600): Promise<string> {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    await chmod(file, mode);
    return file;
  }

  /** The superuser may write everything: such a run steps down for a while, and owns the folder as who it then is. */
  async function asOrdinaryUser(task: () => Promise<void>): Promise<void> {
    if (process.getuid?.() !== 0) return await task();
    const nobody = 65534;
    for (const name of ["", ...(await readdir(folder))]) await chown(path.join(folder, name), nobody, nobody);
    process.seteuid?.(nobody);
    try {
      await task();
    } finally {
      process.seteuid?.(0);
    }
  }

  function open(files: string[], practice?: string) {
    const kubeconfigs = new Kubeconfigs({
      dataDir: path.join(folder, "data"),
      environment: { KUBECONFIG: files.join(path.delimiter) },
      home: folder,
      options: new ContextOptionsStore(path.join(folder, "data")),
      ...(practice === undefined ? {} : { practice }),
    });
    const editor = new KubeconfigEditor(kubeconfigs);
    const entry = async (name: string, file?: string) => {
      const { contexts } = await kubeconfigs.list();
      const found = contexts.find((one) => one.name === name && (file === undefined || one.file === file));
      if (found === undefined) throw new Error(`no context ${name}`);
      return found;
    };
    return { kubeconfigs, editor, entry };
  }

  it("renames, with a copy beside that only its owner reads, and moves what is kept about the context", async () => {
    const file = await write("config", commented, 0o640);
    const { kubeconfigs, editor, entry } = open([file]);
    const before = await entry("stage");
    await kubeconfigs.setOptions(before.id, { colour: "teal", readOnly: true });
    const { context, backups } = await editor.rename(before.id, "staging");
    expect(backups).toEqual([expect.stringMatching(/config\.flowdeck-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.bak$/)]);
    expect(await readFile(backups[0] ?? "", "utf8")).toBe(commented);
    expect((await stat(backups[0] ?? "")).mode & 0o777).toBe(0o600);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    const after = await entry("staging");
    expect(after).toMatchObject({ id: context, current: true, options: { colour: "teal", readOnly: true } });
    expect(kubeconfigs.isReadOnly(context)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.endsWith(".lock"))).toEqual([]);
    await expect(editor.rename(context, "prod")).rejects.toMatchObject({ code: "invalid-input" });
    expect(await editor.rename(context, "staging")).toEqual({ context, backups: [] });
  });

  it("writes where a link leads to, and leaves the link", async () => {
    const real = await write("real/config", commented);
    const link = path.join(folder, "link");
    await symlink(real, link);
    const { editor, entry } = open([link]);
    const { id } = await entry("stage");
    expect(await editor.removal(id)).toEqual({
      file: real,
      folder: path.dirname(real),
      cluster: "stage",
      user: "bob",
      current: true,
    });
    const { backups } = await editor.remove(id);
    expect(path.dirname(backups[0] ?? "")).toBe(path.dirname(real));
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readFile(real, "utf8")).not.toContain("stage");
  });

  it("keeps a cluster and a user that another context uses, also one of another file", async () => {
    const a = await write("a", commented);
    const b = await write(
      "b",
      "kind: Config\ncurrent-context: prod\ncontexts:\n- name: more\n  context: {cluster: stage, user: eve}\nusers:\n- {name: eve, user: {token: e}}\n",
    );
    const { editor, entry } = open([a, b]);
    const { id } = await entry("stage");
    expect(await editor.removal(id)).toMatchObject({ user: "bob", current: true });
    expect(await editor.removal(id)).not.toHaveProperty("cluster");
    await editor.remove(id);
    expect(await readFile(a, "utf8")).toContain("name: stage   # may go");
    expect((await entry("more")).error).toBeUndefined();
    const prod = await entry("prod");
    expect(await editor.removal(prod.id)).not.toHaveProperty("user");
    // The first file names none now, so the second one's counts; renaming mends it there, too.
    expect((await editor.rename(prod.id, "live")).backups).toHaveLength(2);
    expect(await readFile(b, "utf8")).toContain("current-context: live");
    await expect(editor.rename((await entry("other")).id, "more")).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("makes a context current in the first file, as kubectl does, but not one of a file kubectl does not read", async () => {
    const a = await write("a", commented);
    const b = await write("b", commented.replaceAll("stage", "second").replace(/current-context.*\n/, ""));
    const { kubeconfigs, editor, entry } = open([a, b]);
    await editor.setCurrent((await entry("second")).id);
    expect(await readFile(a, "utf8")).toBe(commented.replace("current-context: stage", "current-context: second"));
    expect((await entry("second")).current).toBe(true);
    const chosen = await write("chosen", commented.replaceAll("stage", "third"));
    await kubeconfigs.addFile(chosen);
    await expect(editor.setCurrent((await entry("third")).id)).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("does not touch the practice cluster's file, nor one that another program is writing", async () => {
    const practice = await write("practice", commented.replaceAll("stage", "practice"));
    const file = await write("config", commented);
    const { editor, entry } = open([file], practice);
    const { id } = await entry("practice");
    for (const attempt of [() => editor.rename(id, "x"), () => editor.remove(id), () => editor.setCurrent(id)]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not-allowed" });
    }
    await write("config.lock", "");
    await expect(editor.remove((await entry("stage")).id)).rejects.toMatchObject({
      code: "busy",
      message: expect.stringContaining(`${file}.lock`),
    });
    expect(await readFile(file, "utf8")).toBe(commented);
    expect((await readdir(folder)).filter((name) => name.endsWith(".bak"))).toEqual([]);
  });

  it("heeds that a file may not be written", async () => {
    const file = await write("config", commented, 0o400);
    const { editor, entry } = open([file]);
    await asOrdinaryUser(async () => {
      await expect(editor.remove((await entry("stage")).id)).rejects.toMatchObject({
        code: "kubeconfig-unreadable",
        message: `${file} was not changed: you do not have permission to write there.`,
      });
    });
    expect((await readdir(folder)).filter((name) => name !== "config" && name !== "data")).toEqual([]);
  });

  it("forgets what is kept about a removed context", async () => {
    const file = await write("config", commented);
    const { kubeconfigs, editor, entry } = open([file]);
    const { id } = await entry("stage");
    await kubeconfigs.setOptions(id, { readOnly: true, impersonate: { user: "jane", groups: ["dev"] } });
    expect(await entry("stage")).toMatchObject({ actsAs: { user: "jane", groups: ["dev"], from: "options" } });
    expect((await kubeconfigs.resolve(id)).user.impersonate).toEqual({ user: "jane", groups: ["dev"] });
    await editor.remove(id);
    await writeFile(file, commented);
    expect((await entry("stage")).options).toEqual({ readOnly: false });
    expect((await entry("stage")).actsAs).toBeUndefined();
  });
});
