import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { refuseOtherName } from "../../../../electron/install/installation-dir/cluster-guard.ts";
import { takeLock } from "../../../../electron/install/installation-dir/folder-lock.ts";
import {
  InstallationFolder,
  inspectFolder,
  kfDirOf,
} from "../../../../electron/install/installation-dir/installation-dir.ts";
import { planningSecrets } from "../../../../electron/install/installation-dir/secrets.ts";
import { KfDir } from "../../../../electron/kf-dir/index.ts";
import { below, failure, object, settings, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();

async function place(name = "my-kubeflow") {
  const baseDir = await folder();
  const kfDir = join(baseDir, name);
  return { baseDir, kfDir, installation: new InstallationFolder(kfDir), settings: settings({ baseDir, name }) };
}

describe("an installation's folder", () => {
  it("is BASE_DIR/KF_NAME", () => {
    expect(kfDirOf({ baseDir: "/a/b/", name: "kf" })).toBe("/a/b/kf");
  });

  it("is made where nothing is, in an empty folder, and in a fresh git checkout", async () => {
    const { kfDir, installation } = await place();
    await installation.create();
    await installation.create();
    expect(await readFile(join(kfDir, ".flowdeck/.gitignore"), "utf8")).toBe("lock*\n");
    const other = await place();
    await mkdir(join(other.kfDir, ".git"), { recursive: true });
    await writeFile(join(other.kfDir, "README.md"), "");
    await other.installation.create();
  });

  it("says what is in the way", async () => {
    const { baseDir, kfDir, installation } = await place();
    await writeFile(kfDir, "");
    expect((await failure("folder-unusable", installation.create())).message).toContain("is a file");
    const under = new InstallationFolder(join(kfDir, "inner"));
    expect((await failure("folder-unusable", under.create())).message).toContain(`${kfDir} is a file`);
    const nowhere = new InstallationFolder(join(baseDir, "no", "kf"));
    const error = await failure("folder-unusable", nowhere.create());
    expect(error.message).toContain(join(baseDir, "no"));
    expect(below(error)).toContain("mkdir");
  });

  it("refuses a folder with something else in it, and names that", async () => {
    const { kfDir, installation } = await place();
    await mkdir(kfDir);
    await writeFile(join(kfDir, "thesis.doc"), "");
    const error = await failure("folder-unusable", installation.create());
    expect(error.message).toContain("thesis.doc");
    expect(await readdir(kfDir)).toEqual(["thesis.doc"]);
    await writeFile(join(kfDir, "flowdeck.yaml"), "");
    await installation.create();
  });

  it("is also one that kfctl made, for the KfDef that is in it", async () => {
    const { kfDir, installation } = await place();
    await mkdir(join(kfDir, "kustomize/argo"), { recursive: true });
    await mkdir(join(kfDir, ".cache/manifests"), { recursive: true });
    await writeFile(join(kfDir, "kfctl_k8s_istio.v1.0.0.yaml"), "kind: KfDef\n");
    await failure("folder-unusable", installation.create());
    await failure("folder-unusable", installation.create("another.yaml"));
    await installation.create("kfctl_k8s_istio.v1.0.0.yaml");
    expect(await readFile(join(kfDir, "kfctl_k8s_istio.v1.0.0.yaml"), "utf8")).toBe("kind: KfDef\n");
  });

  it("says when it may not write there", async () => {
    const { baseDir } = await place();
    await chmod(baseDir, 0o500);
    // Root may write anywhere but in the kernel's own folders.
    const forbidden = process.getuid?.() === 0 ? "/sys" : baseDir;
    const error = await failure("folder-unusable", new InstallationFolder(join(forbidden, "kf")).create());
    expect(error.message).toBe(`${forbidden} can't be written to.`);
    expect(below(error)).toContain("another location");
    await chmod(baseDir, 0o700);
  });

  it("can be looked at before", async () => {
    const { baseDir, kfDir, installation } = await place();
    expect(await inspectFolder(kfDir)).toMatchObject({
      exists: false,
      empty: true,
      writable: true,
      installation: false,
      parent: baseDir,
    });
    await installation.create();
    await mkdir(join(baseDir, "Another"));
    await writeFile(join(baseDir, "file"), "");
    const info = await inspectFolder(baseDir);
    expect(info).toMatchObject({
      exists: true,
      empty: false,
      writable: true,
      installation: false,
      folders: ["Another", "my-kubeflow"],
    });
    expect(info.freeBytes).toBeGreaterThan(0);
    expect((await inspectFolder(kfDir)).installation).toBe(true);
    expect(await inspectFolder(join(baseDir, "file"))).toMatchObject({ exists: true, writable: false, folders: [] });
  });
});

describe("flowdeck.yaml", () => {
  it("comes back as it was written, explains itself, and keeps its id", async () => {
    const { kfDir, installation, settings } = await place();
    await installation.create();
    expect(await installation.readSettings()).toBeUndefined();
    const id = await installation.writeSettings(settings);
    expect(id).toMatch(/^[a-z0-9]{20}$/);
    expect(await installation.readSettings()).toEqual({ id, settings });
    expect(await installation.writeSettings({ ...settings, components: ["katib"], contextName: "x" })).toBe(id);
    const text = await readFile(join(kfDir, "flowdeck.yaml"), "utf8");
    expect(text).toMatch(/^# A Kubeflow installation/);
    expect(text).not.toContain(dirname(kfDir));
  });

  it("follows its folder to another location", async () => {
    const { kfDir, installation, settings } = await place();
    await installation.create();
    await installation.writeSettings(settings);
    const other = await place();
    await mkdir(other.kfDir);
    await writeFile(join(other.kfDir, "flowdeck.yaml"), await readFile(join(kfDir, "flowdeck.yaml")));
    expect((await other.installation.readSettings())?.settings.baseDir).toBe(other.baseDir);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ["broken YAML", (text) => text.replace("email:", "email: ["), /line \d+: this is not valid YAML/],
    [
      "a value that is not right",
      (text) => text.replace("ann@corp.example", "nobody"),
      /email: This is not a valid email address\.$/,
    ],
    ["a value that is missing", (text) => text.replace(/^email:.*\n/m, ""), /email: a value is required\.$/],
    ["a value of another type", (text) => text.replace(/^email:.*/m, "email: 3"), /email: the value must be text\.$/],
    [
      "a choice that there is not",
      (text) => text.replace(/^platform:.*/m, "platform: x"),
      /platform: the value must be one of existing, practice, kind, k3d, minikube, eks, gke, aks\.$/,
    ],
    ["a choice that is missing", (text) => text.replace(/^platform:.*\n/m, ""), /platform: a value is required\.$/],
    ["a field nobody knows", (text) => `${text}surprise: 1\n`, /the file: these fields are not known: surprise\.$/],
    ["a version to come", (text) => text.replace("version: 1", "version: 2"), /version: the value must be 1\.$/],
    [
      "another name than its folder",
      (text) => text.replace("name: my-kubeflow", "name: other"),
      /folder is called "my-kubeflow"/,
    ],
    ["nothing in it", () => "", /line 1/],
  ])("with %s is refused with its line", async (_what, harm, why) => {
    const { kfDir, installation, settings } = await place();
    await installation.create();
    await installation.writeSettings(settings);
    const file = join(kfDir, "flowdeck.yaml");
    const before = await readFile(file, "utf8");
    await writeFile(file, harm(before));
    const error = await failure("settings-invalid", installation.readSettings());
    expect(error.message).toContain(`${file}, line `);
    expect(error.message).toMatch(why);
    if (why.source.startsWith("email: This")) {
      const line = before.split("\n").findIndex((text) => text.startsWith("email:")) + 1;
      expect(error.message).toContain(`line ${line}:`);
    }
  });
});

describe("flowdeck.yaml of a KfDef", () => {
  it("says where the file came from, and holds no copy of it", async () => {
    const { kfDir, installation, settings } = await place();
    await installation.create();
    const kfdef = { configUri: "https://example.org/kfctl.yaml", modernise: false, text: "kind: KfDef" };
    await installation.writeSettings({ ...settings, kfdef });
    expect(await readFile(join(kfDir, "flowdeck.yaml"), "utf8")).not.toContain("kind: KfDef");
    const { configUri, modernise } = kfdef;
    expect((await installation.readSettings())?.settings).toEqual({ ...settings, kfdef: { configUri, modernise } });
  });
});

describe("kfctl's guard", () => {
  it("lets a KfDef go only from the cluster it was applied to, in kfctl's words, with the way around it", async () => {
    refuseOtherName("practice", "practice");
    const error = await failure("not-allowed", () => refuseOtherName("school", "practice"));
    expect(error.message).toBe("cluster name doesn't match: KfDef(school) v.s. current-context(practice)");
    expect(error.fix?.id).toBe("force-remove");
    const never = await failure("not-allowed", () => refuseOtherName(undefined, "practice"));
    expect(never.message).toContain("KfDef() v.s.");
    expect(below(never)).toContain("does not say");
  });
});

describe("rendered/", () => {
  it("holds one file for each component, without secrets, and drops those no longer chosen", async () => {
    const { kfDir, installation } = await place();
    await installation.create();
    const secrets = await planningSecrets();
    const secret = object("Secret", "s", { stringData: { password: "in clear" } }, "ns");
    const config = object("ConfigMap", "c", { data: { yes: "no", "0123": "1e3", text: "a\nb\n" } }, "ns");
    await installation.writeRendered(
      [
        { id: "one", objects: [secret, config] },
        { id: "two", objects: [] },
      ],
      secrets,
    );
    const text = await readFile(join(kfDir, "rendered/one.yaml"), "utf8");
    expect(text).not.toContain("in clear");
    const documents = parseAllDocuments(text);
    expect(Array.isArray(documents) && documents.map((document) => document.toJS())[1]).toEqual(config);
    const given = { given: ["1e3", ""] };
    await installation.writeRendered([{ id: "two", objects: [config] }], secrets, given);
    expect(await readFile(join(kfDir, "rendered/two.yaml"), "utf8")).not.toContain("1e3");
    expect(await readdir(join(kfDir, "rendered"))).toEqual(["two.yaml"]);
    await installation.writeSettings(settings({ baseDir: dirname(kfDir) }));
    await installation.removeRendered();
    expect((await readdir(kfDir)).sort()).toEqual([".flowdeck", "flowdeck.yaml"]);
  });
});

describe("the lock", () => {
  it("lets one in at a time, and names the process that is", async () => {
    const { kfDir, installation } = await place();
    await installation.create();
    const release = await installation.lock();
    const error = await failure("folder-in-use", new InstallationFolder(kfDir).lock());
    expect(error.message).toContain(kfDir);
    expect(error.message).toContain(`process ${process.pid}`);
    await release();
    await (await installation.lock())();
    expect(await readdir(join(kfDir, ".flowdeck"))).toEqual([".gitignore"]);
  });

  it("of many who come at once goes to exactly one", async () => {
    const { installation } = await place();
    await installation.create();
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => installation.lock()));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("of a process that is gone is taken over", async () => {
    const { kfDir, installation } = await place();
    await installation.create();
    const file = join(kfDir, ".flowdeck/lock");
    const gone = { token: "old", pid: 2 ** 22 + 1, host: hostname() };
    await writeFile(file, JSON.stringify(gone));
    const release = await installation.lock();
    expect(JSON.parse(await readFile(file, "utf8")).pid).toBe(process.pid);
    await release();
  });

  it.runIf(process.platform === "linux")("of an earlier process with the same number is taken over", async () => {
    const { kfDir, installation } = await place();
    await installation.create();
    const earlier = { token: "old", pid: process.pid, host: hostname(), birth: "another-boot:1" };
    await writeFile(join(kfDir, ".flowdeck/lock"), JSON.stringify(earlier));
    await (await installation.lock())();
  });

  it("of another computer counts", async () => {
    const { kfDir, installation } = await place();
    await installation.create();
    await writeFile(join(kfDir, ".flowdeck/lock"), JSON.stringify({ token: "t", pid: 1, host: "elsewhere" }));
    expect((await failure("folder-in-use", installation.lock())).message).toContain("elsewhere");
  });

  it("that is no lock at all does not lock out for ever", async () => {
    const { kfDir, installation } = await place();
    await installation.create();
    await writeFile(join(kfDir, ".flowdeck/lock"), "half of it");
    await (await installation.lock())();
  });

  it("let go late does not let go of somebody else's", async () => {
    const base = await folder();
    const file = join(base, ".flowdeck/lock");
    const release = await takeLock(new KfDir(base));
    await rm(file);
    await takeLock(new KfDir(base));
    await release();
    expect((await stat(file)).isFile()).toBe(true);
  });
});
