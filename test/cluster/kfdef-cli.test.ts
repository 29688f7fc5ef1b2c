import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kfdefText } from "../unit/kfdef/support.ts";
import { difference, everything, type InstallRoom, mirror, openInstallRoom, root } from "./install-support.ts";
import { Shell } from "./shell.ts";
import { describeWithCluster } from "./support.ts";

const address = (name: string) =>
  `https://raw.githubusercontent.com/kubeflow/manifests/v1.0-branch/kfdef/kfctl_${name}.v1.0.0.yaml`;
const kfctlBuilt = join(root, "../shared/kubeflow/kfctl-built/k8s_istio.v1.0.0.tar.gz");
const password = "correct horse battery";

async function notRunning(room: InstallRoom): Promise<string[]> {
  const pods = await room.client.list("v1", "Pod");
  return pods
    .filter(({ status }) => !["Running", "Succeeded"].includes(String((status as { phase?: unknown }).phase)))
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

const hasSources = mirror !== undefined;

if (!hasSources) describe.skip("kfdef on the command line (no ../shared/kubeflow here)", () => undefined);
else
  await describeWithCluster("kfdef on the command line", (practice) => {
    let room: InstallRoom;
    let shell: Shell;
    let before: Set<string>;
    beforeAll(async () => {
      room = await openInstallRoom(practice.kubeconfig, practice.tools);
      shell = new Shell(await mkdtemp(join(tmpdir(), "flowdeck-kfdef-")), practice.kubeconfig);
      before = await everything(room.client);
    });
    afterAll(async () => {
      await room.close();
      await rm(shell.folder, { recursive: true, force: true });
    });

    async function asBefore() {
      const after = await everything(room.client);
      expect({ left: difference(after, before), missing: difference(before, after) }).toEqual({
        left: [],
        missing: [],
      });
    }

    test("build needs no cluster, saves an address's file in an empty folder only, and can print what it built", async () => {
      const kfDir = await shell.kfDir("only-built");
      const nowhere = new Shell(shell.folder, join(shell.folder, "no-kubeconfig"));
      await writeFile(nowhere.kubeconfig, "apiVersion: v1\nkind: Config\n");
      const built = await nowhere.run(kfDir, ["kfdef", "build", "-V", "-f", address("k8s_istio")]);
      expect(built.text).toContain("Processing application: seldon-core-operator");
      expect(built.code).toBe(0);
      expect((await readdir(kfDir)).sort()).toEqual([".cache", "kfctl_k8s_istio.v1.0.0.yaml", "kustomize"]);
      expect(await readdir(join(kfDir, "kustomize"))).toHaveLength(43);

      const again = await nowhere.run(kfDir, ["kfdef", "build", "-V", "-f", address("k8s_istio")]);
      expect(again).toMatchObject({ code: 1, text: expect.stringContaining("is not empty") });
      const dumped = await nowhere.run(kfDir, ["kfdef", "build", "-d", "-f", "kfctl_k8s_istio.v1.0.0.yaml"]);
      expect(dumped.code).toBe(0);
      expect(dumped.text.match(/^kind: /gm)).toHaveLength(590);
      expect(await shellless(nowhere, kfDir)).toMatchObject({ code: 2 });
    });

    /** Without a context there is nowhere to apply it. */
    const shellless = (nowhere: Shell, kfDir: string) =>
      nowhere.run(kfDir, ["kfdef", "apply", "-f", "kfctl_k8s_istio.v1.0.0.yaml"]);

    test("the blog's commands: k8s_istio is built, applied in order, every pod runs, and nothing is left after delete", async () => {
      const kfDir = await shell.kfDir("handson-kubeflow");
      const config = join(kfDir, "kfctl_k8s_istio.v1.0.0.yaml");
      expect(await shell.run(kfDir, ["kfdef", "build", "-V", "-f", address("k8s_istio")])).toMatchObject({ code: 0 });

      const unchanged = await shell.run(kfDir, ["kfdef", "apply", "-f", config, "--no-modernise"]);
      expect(unchanged).toMatchObject({ code: 1, text: expect.stringContaining("does not serve") });
      await asBefore();

      const applied = await shell.run(kfDir, ["kfdef", "apply", "-V", "-f", config]);
      expect(applied.text).toContain("is installed");
      expect(applied.code).toBe(0);
      const words = applied.text.split("\n").map((line) => line.replace(/^\S+ (?:[\w-]+: )?/, ""));
      const applications = words.flatMap((line) => /^Successfully applied application (.+)$/.exec(line)?.[1] ?? []);
      expect(applications).toHaveLength(43);
      const place = (line: string) => words.indexOf(line);
      expect(place("Deploying application istio-crds")).toBeLessThan(place("Deploying application istio-install"));
      expect(place("Deploying application argo")).toBeLessThan(place("Deploying application seldon-core-operator"));
      expect(place("Applied the configuration Successfully!")).toBeGreaterThan(place("Deploying application profiles"));
      expect(applied.text).toMatch(/2[0-9] images of this KfDef can no longer be pulled/);
      expect(applied.text).toContain("Namespace istio-system is in istio-install and cluster-local-gateway");
      expect(await notRunning(room)).toEqual([]);
      expect((await room.client.list("v1", "Pod")).length).toBeGreaterThanOrEqual(60);
      const namespace = await room.client.get({ apiVersion: "v1", kind: "Namespace", name: "kubeflow" });
      expect(namespace?.metadata.labels).toMatchObject({
        "control-plane": "kubeflow",
        "katib-metricscollector-injection": "enabled",
      });
      expect(await readFile(config, "utf8")).toContain("clusterName: practice");

      const again = await shell.run(kfDir, ["kfdef", "apply", "-f", config]);
      expect(again).toMatchObject({
        code: 0,
        text: expect.stringContaining("Applied the configuration Successfully!"),
      });

      const deleted = await shell.run(kfDir, ["kfdef", "delete", "-f", config, "--delete_storage"]);
      expect(deleted).toMatchObject({ code: 0, text: expect.stringContaining("was uninstalled") });
      await asBefore();
      expect((await readdir(kfDir)).sort()).toEqual([
        ...[".cache", ".flowdeck", "flowdeck.yaml"],
        ...["kfctl_k8s_istio.v1.0.0.yaml", "kustomize"],
      ]);
    }, 300_000);

    test("istio_dex: signs in with the chosen password, keeps volumes until they are asked to go", async () => {
      const kfDir = await shell.kfDir("with-dex");
      const config = join(kfDir, "kfctl_istio_dex.v1.0.0.yaml");
      const signIn = ["--email", "ann@corp.example", "--password-env", "KF_PASSWORD"];
      const env = { KF_PASSWORD: password };
      const applied = await shell.run(kfDir, ["kfdef", "apply", "-V", "-f", address("istio_dex"), ...signIn], env);
      expect(applied.text).toContain("Applied the configuration Successfully!");
      expect(applied).toMatchObject({ code: 0 });
      expect(applied.text).not.toContain("is publicly known");
      expect(await notRunning(room)).toEqual([]);
      const dex = await room.client.get({ apiVersion: "v1", kind: "ConfigMap", namespace: "auth", name: "dex" });
      const text = JSON.stringify(dex);
      expect(text).toContain("ann@corp.example");
      expect(text).not.toContain("12$ruoM7FqXrpVgaol44eRZW");
      const hash = /hash: (\$2[^\\]+)/.exec(text)?.[1] ?? "";
      expect(hash).toHaveLength(60);
      const written = await Promise.all(
        (await readdir(kfDir, { recursive: true, withFileTypes: true }))
          .filter((file) => file.isFile() && !file.parentPath.includes(".cache"))
          .map((file) => readFile(join(file.parentPath, file.name), "utf8")),
      );
      expect(written.filter((content) => content.includes(hash) || content.includes(password))).toEqual([]);

      expect(await shell.run(kfDir, ["kfdef", "delete", "-f", config])).toMatchObject({ code: 0 });
      const left = difference(await everything(room.client), before);
      expect(left.filter((name) => name.includes(" PersistentVolumeClaim "))).toHaveLength(5);
      expect(left.filter((name) => name.includes(" Namespace "))).toHaveLength(2);
      expect(
        left.filter((name) => / (Deployment|StatefulSet|CustomResourceDefinition|ClusterRole|Pod) /.test(name)),
      ).toEqual([]);
      expect(await shell.run(kfDir, ["kfdef", "delete", "-f", config, "--delete_storage"])).toMatchObject({ code: 0 });
      await asBefore();
    }, 300_000);

    test.skipIf(!existsSync(kfctlBuilt))(
      "a folder that kfctl built is applied as it is, and deleted only from its own cluster, or by force",
      async () => {
        const kfDir = await shell.kfDir("built-by-kfctl");
        const config = join(kfDir, "kfctl_k8s_istio.v1.0.0.yaml");
        await promisify(execFile)("tar", ["xzf", kfctlBuilt, "-C", kfDir]);
        const [inner] = await readdir(kfDir);
        if (!existsSync(config)) await cp(join(kfDir, inner ?? ""), kfDir, { recursive: true });
        const parameters = await readFile(join(kfDir, "kustomize/spartakus/base/params.env"), "utf8");
        expect(await shell.run(kfDir, ["kfdef", "apply", "-f", config])).toMatchObject({ code: 0 });
        expect(await readFile(join(kfDir, "kustomize/spartakus/base/params.env"), "utf8")).toBe(parameters);

        const text = await readFile(config, "utf8");
        await writeFile(config, text.replace("clusterName: practice", "clusterName: school"));
        const pods = (await room.client.list("v1", "Pod")).length;
        const refused = await shell.run(kfDir, ["kfdef", "delete", "-f", config, "--delete_storage"]);
        expect(refused.code).toBe(1);
        expect(refused.text).toContain("cluster name doesn't match: KfDef(school) v.s. current-context(practice)");
        expect(await room.client.list("v1", "Pod")).toHaveLength(pods);

        const forced = ["kfdef", "delete", "-V", "-f", config, "--force-deletion", "--delete_storage"];
        expect(await shell.run(kfDir, forced)).toMatchObject({ code: 0 });
        await asBefore();
      },
      300_000,
    );

    test("an application that is refused ends the order there, in kfctl's words; applied again after the cure it goes on", async () => {
      const repo = join(shell.folder, "repo");
      const files = {
        "first/base": "name: first",
        "refused/base": "name: not_allowed",
        "last/base": "name: last",
      };
      for (const [path, name] of Object.entries(files)) {
        await mkdir(join(repo, path), { recursive: true });
        await writeFile(join(repo, path, "kustomization.yaml"), "resources:\n- map.yaml\n");
        await writeFile(join(repo, path, "map.yaml"), `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  ${name}\n`);
      }
      const kfDir = await shell.kfDir("refused");
      const config = join(kfDir, "own.yaml");
      const applications = ["first", "refused", "last"].map((name) => ({ name, path: name }));
      await writeFile(config, kfdefText(applications, repo).replace("version: v1.0.0", "version: v1.2.0"));
      const refused = await shell.run(kfDir, ["kfdef", "apply", "-f", config]);
      expect(refused.code).toBe(1);
      expect(refused.text).toContain("Successfully applied application first");
      expect(refused.text).toContain("Permanently failed applying application refused");
      expect(refused.text).toContain("Not complete: refused (the application after it was not started).");
      expect(refused.text).not.toMatch(/application last|Applied the configuration/);
      const map = join(kfDir, "kustomize/refused/base/map.yaml");
      await writeFile(map, (await readFile(map, "utf8")).replace("not_allowed", "allowed"));
      const applied = await shell.run(kfDir, ["kfdef", "apply", "-f", config]);
      expect(applied).toMatchObject({
        code: 0,
        text: expect.stringContaining("Successfully applied application last"),
      });
      expect(applied.text).toContain("Kubeflow 1.2 – KfDef is installed");
      const deleted = await shell.run(kfDir, ["kfdef", "delete", "-f", config]);
      expect(deleted).toMatchObject({ code: 0, text: expect.stringContaining("Kubeflow 1.2 – KfDef was uninstalled") });
      await asBefore();
    });

    test("what is no KfDef, or was never applied, is told, and nothing is written", async () => {
      const kfDir = await shell.kfDir("odd");
      const config = join(kfDir, "odd.yaml");
      await writeFile(config, "kind: Deployment\napiVersion: apps/v1\n");
      const odd = await shell.run(kfDir, ["kfdef", "apply", "-f", config]);
      expect(odd).toMatchObject({ code: 1, text: expect.stringMatching(/no KfDef|not a KfDef/) });
      await cp(join(root, "../shared/kubeflow/kfdef/kfctl_k8s_istio.v1.0.0.yaml"), config);
      const never = await shell.run(kfDir, ["kfdef", "delete", "-f", config]);
      expect(never).toMatchObject({ code: 1, text: expect.stringContaining("applied nothing") });
      expect(await shell.run(kfDir, ["kfdef", "delete", "-f", address("k8s_istio")])).toMatchObject({ code: 2 });
      expect(await readdir(kfDir)).toEqual(["odd.yaml"]);
    });
  });
