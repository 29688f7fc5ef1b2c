import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ContextList, contextId } from "../../../common/contract/index.ts";
import { Kubeconfigs } from "../../../electron/cluster/index.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kubeconfigs-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const good = `apiVersion: v1
kind: Config
current-context: one
clusters:
- name: c
  cluster:
    server: https://one.example:6443/
users:
- name: u
  user:
    token: secret-token
contexts:
- name: one
  context:
    cluster: c
    user: u
    namespace: team
`;

function open(files: string[], more: { practice?: string; explicit?: string[] } = {}): Kubeconfigs {
  return new Kubeconfigs({
    dataDir: path.join(folder, "data"),
    environment: { PATH: process.env.PATH, KUBECONFIG: files.join(path.delimiter) },
    home: folder,
    ...more,
  });
}

async function write(name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** The superuser may read everything: such a run steps down for a while. */
async function asOrdinaryUser<T>(task: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return await task();
  await chmod(folder, 0o755);
  process.seteuid?.(65534);
  try {
    return await task();
  } finally {
    process.seteuid?.(0);
  }
}

/** Writes one file beside a good one and gives what is said about it. */
async function listWith(content: string): Promise<{ list: ContextList; bad: string }> {
  const bad = await write("bad", content);
  const list = await open([bad, await write("good", good)]).list();
  expect(list.contexts.filter(({ error }) => error === undefined).map(({ name }) => name)).toEqual(["one"]);
  return { list, bad };
}

describe("a good kubeconfig", () => {
  it("gives its contexts without credentials", async () => {
    const file = await write("good", good);
    const list = await open([file]).list();
    expect(list.files).toEqual([{ path: file, origin: "environment" }]);
    expect(list.contexts).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        name: "one",
        file,
        cluster: "c",
        server: "https://one.example:6443",
        user: "u",
        namespace: "team",
        current: true,
        practice: false,
        auth: "token",
        options: { readOnly: false },
      },
    ]);
    expect(JSON.stringify(list)).not.toContain("secret-token");
  });

  it("tells contexts of one name in two files apart, the first being current", async () => {
    const list = await open([await write("a", good), await write("b", good)]).list();
    expect(list.contexts.map(({ name, current }) => ({ name, current }))).toEqual([
      { name: "one", current: true },
      { name: "one", current: false },
    ]);
    expect(new Set(list.contexts.map(({ id }) => id)).size).toBe(2);
  });

  it("finds a cluster in another file of the KUBECONFIG list, but not in a file chosen beside it", async () => {
    const half = good.replace("name: c\n", "name: elsewhere\n");
    const a = await write("a", half);
    const b = await write("b", good);
    const merged = await open([a, b]).list();
    expect(merged.contexts.map(({ error }) => error)).toEqual([undefined, undefined]);
    const apart = open([a]);
    const list = await apart.addFile(b);
    expect(list.contexts[0]?.error?.message).toContain('names the cluster "c", which does not exist');
    const other = await write("other", half.replaceAll("one", "other"));
    const reverse = await open([b]).addFile(other);
    expect(reverse.contexts.map(({ error }) => error === undefined)).toEqual([true, false]);
  });

  it("is read from ~/.kube/config when nothing else is named, and a machine without one has no fault", async () => {
    expect(await open([]).list()).toEqual({ files: [], contexts: [] });
    await write(".kube/config", good);
    const list = await open([]).list();
    expect(list.files).toEqual([{ path: path.join(folder, ".kube/config"), origin: "default" }]);
  });

  it("named on the command line stands for KUBECONFIG; the practice cluster's is marked", async () => {
    const list = await open([await write("env", good)], {
      explicit: [await write("flag", good)],
      practice: await write("practice", good),
    }).list();
    expect(list.contexts.map(({ file, practice }) => [path.basename(file), practice])).toEqual([
      ["flag", false],
      ["practice", true],
    ]);
  });

  it("may name its certificates by paths relative to its own folder", async () => {
    await write("pki/ca.crt", "-----BEGIN CERTIFICATE-----");
    const file = await write("good", good.replace("server:", "certificate-authority: pki/ca.crt\n    server:"));
    const kubeconfigs = open([file]);
    const [context] = (await kubeconfigs.list()).contexts;
    expect(context?.error).toBeUndefined();
    const resolved = await kubeconfigs.resolve(contextId.parse(context?.id));
    expect(resolved.cluster.caFile).toBe(path.join(folder, "pki/ca.crt"));
  });
});

describe("a faulty kubeconfig", () => {
  it("that is missing", async () => {
    const list = await open([path.join(folder, "nowhere"), await write("good", good)]).list();
    expect(list.files[0]?.error).toMatchObject({
      code: "kubeconfig-missing",
      message: `${path.join(folder, "nowhere")}: there is no such file.`,
    });
    expect(list.contexts).toHaveLength(1);
  });

  it.skipIf(process.platform === "win32")("that may not be read", async () => {
    const file = await write("bad", good);
    await chmod(file, 0);
    const list = await asOrdinaryUser(() => open([file]).list());
    expect(list.files[0]?.error).toMatchObject({
      code: "kubeconfig-unreadable",
      message: `${file}: you do not have permission to read it.`,
    });
  });

  it("that is a folder", async () => {
    const list = await open([folder]).list();
    expect(list.files[0]?.error).toMatchObject({
      code: "kubeconfig-unreadable",
      message: `${folder}: it is a folder.`,
    });
  });

  it("that is not YAML, with the line", async () => {
    const { list, bad } = await listWith("apiVersion: v1\nkind: Config\nclusters: [\n  - {name: 'c\n");
    expect(list.files[0]?.error?.code).toBe("kubeconfig-invalid");
    expect(list.files[0]?.error?.message).toMatch(new RegExp(`^${bad}, line [45]: it is not YAML`));
  });

  it.each([
    ["empty", "", ": it is empty."],
    ["only a comment", "# nothing\n", ": it is empty."],
    ["a list", "- a\n- b\n", ", line 1: it is YAML, but not a kubeconfig."],
    [
      "another kind",
      "apiVersion: v1\nkind: Pod\nmetadata: {}\n",
      ", line 2: it is YAML, but not a kubeconfig: its kind is Pod.",
    ],
    ["no sections", "a: 1\n", ", line 1: it is YAML, but not a kubeconfig: it has no clusters, users or contexts."],
    ["clusters no list", "kind: Config\nclusters:\n  a: 1\n", ", line 3: clusters is not a list."],
  ])("that is %s", async (_, content, words) => {
    const { list, bad } = await listWith(content);
    expect(list.files[0]?.error).toMatchObject({ code: "kubeconfig-invalid", message: bad + words });
  });

  it.each([
    [
      "its cluster is missing",
      (text: string) => text.replace("cluster: c", "cluster: gone"),
      13,
      'context "one" names the cluster "gone", which does not exist',
    ],
    [
      "its user is missing",
      (text: string) => text.replace("user: u", "user: gone"),
      13,
      'context "one" names the user "gone", which does not exist',
    ],
    [
      "it names no cluster",
      (text: string) => text.replace("    cluster: c\n", ""),
      15,
      'context "one" does not name a cluster',
    ],
    ["its cluster has no server", (text: string) => text.replace("server:", "other:"), 7, 'cluster "c" has no server'],
    [
      "its server is no address",
      (text: string) => text.replace("https://one", "ftp://one"),
      7,
      "server is not an http or https address: ftp://one.example:6443/",
    ],
    [
      "its authority is no PEM",
      (text: string) => text.replace("server:", "certificate-authority-data: bm8=\n    server:"),
      7,
      "certificate-authority-data is not base64 of a PEM file",
    ],
    [
      "its program has an old protocol",
      (text: string) =>
        text.replace("token: secret-token", "exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}"),
      11,
      'exec has the apiVersion "client.authentication.k8s.io/v1alpha1", which Kubernetes no longer supports',
    ],
    [
      "its program wants a terminal",
      (text: string) =>
        text.replace(
          "token: secret-token",
          "exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always}",
        ),
      11,
      "exec requires input from a terminal (interactiveMode: Always)",
    ],
  ])("in which %s, with the line", async (_, change, line, words) => {
    const { list, bad } = await listWith(change(good));
    const context = list.contexts.find(({ file }) => file === bad);
    expect(context?.error).toMatchObject({ code: "kubeconfig-invalid", message: `${bad}, line ${line}: ${words}.` });
    await expect(open([bad]).resolve(contextId.parse(context?.id))).rejects.toThrow(words);
  });

  it.each([
    ["certificate-authority", "server: https://one.example:6443/", "", 5, "c"],
    ["client-certificate", "token: secret-token", "client-key: config", 9, "u"],
    ["client-key", "token: secret-token", "client-certificate: config", 9, "u"],
    ["tokenFile", "token: secret-token", "", 9, "u"],
  ])("in which %s names a file that is absent or no file", async (field, before, beside, line, name) => {
    await write("config", "");
    const kept = field === "certificate-authority" ? before : beside;
    const content = good.replace(before, `${field}: pki/x\n    ${kept}`);
    const { list, bad } = await listWith(content);
    const where = `${bad}, line ${line}: ${field} of "${name}"`;
    const said = list.contexts.find(({ file }) => file === bad)?.error?.message;
    expect(said).toBe(`${where} does not exist: ${path.join(folder, "pki/x")}.`);
    const { list: other } = await listWith(content.replace("pki/x", "/dev/zero"));
    const device = other.contexts.find(({ file }) => file === bad)?.error?.message;
    expect(device).toBe(`${where} cannot be used because it is not a regular file: /dev/zero.`);
  });

  it("with two contexts of one name keeps the first and says so", async () => {
    const bad = await write("bad", `${good}- name: one\n  context: {cluster: other, user: u}\n`);
    const list = await open([bad]).list();
    expect(list.contexts.map(({ cluster }) => cluster)).toEqual(["c"]);
    expect(list.files[0]?.error?.message).toBe(
      `${bad}, line 18: contexts contains "one" a second time (first on line 13), which is not used.`,
    );
  });

  it("is not added to the chosen ones", async () => {
    const bad = await write("bad", "kind: Pod\n");
    await expect(open([]).addFile(bad)).rejects.toMatchObject({ code: "kubeconfig-invalid" });
    expect((await open([]).list()).files).toEqual([]);
  });
});

describe("chosen files", () => {
  it("are remembered, and removing forgets without deleting", async () => {
    const file = await write("mine", good);
    await open([]).addFile(file);
    expect((await open([]).list()).files).toEqual([{ path: file, origin: "chosen" }]);
    expect((await open([]).removeFile(file)).files).toEqual([]);
    expect(await readFile(file, "utf8")).toBe(good);
  });
});

describe("watching", () => {
  it("sees a file replaced by a rename, made later, behind a link, and chosen", { timeout: 20_000 }, async () => {
    const target = await write("real/config", good);
    const link = path.join(folder, "link");
    await symlink(target, link);
    const later = path.join(folder, "later", "config");
    const kubeconfigs = open([link, later]);
    const abort = new AbortController();
    const lists = kubeconfigs.watch(abort.signal);
    const names = async (): Promise<string[]> => {
      const next = await lists.next();
      return next.done ? [] : next.value.contexts.map(({ name }) => name);
    };
    expect(await names()).toEqual(["one"]);

    await write("real/config.new", good.replaceAll("one", "two"));
    await rename(path.join(folder, "real/config.new"), target);
    expect(await names()).toEqual(["two"]);

    await write("later/config", good.replaceAll("one", "three"));
    expect(await names()).toEqual(["two", "three"]);

    await kubeconfigs.addFile(await write("chosen", good.replaceAll("one", "four")));
    expect(await names()).toEqual(["two", "three", "four"]);

    abort.abort();
    expect((await lists.next()).done).toBe(true);
  });
});
