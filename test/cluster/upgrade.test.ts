import { spawn } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { InstallSettings, UpgradePlan } from "../../common/contract/index.ts";
import { installationLabel } from "../../electron/install/index.ts";
import {
  allComponents,
  difference,
  everything,
  type InstallRoom,
  mirror,
  openInstallRoom,
  untilEnded,
} from "./install-support.ts";
import { describeWithCluster } from "./support.ts";

const recreated = [
  "apps/Deployment/kubeflow-system/jobset-controller-manager",
  "apps/Deployment/kubeflow/profiles-deployment",
  "rbac.authorization.k8s.io/ClusterRoleBinding//llmisvc-manager-rolebinding",
];
const profiles = { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow", name: "profiles-deployment" };
const container = { apiVersion: "serving.kserve.io/v1alpha1", kind: "ClusterStorageContainer", name: "default" };
const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  name: "inferencemodels.inference.networking.x-k8s.io",
};
const proxySecret = { apiVersion: "v1", kind: "Secret", namespace: "oauth2-proxy", name: "oauth2-proxy" };

await describeWithCluster("changing what is installed", (practice) => {
  let room: InstallRoom;
  beforeAll(async () => {
    room = await openInstallRoom(practice.kubeconfig, practice.tools);
  });
  afterAll(() => room.close());

  test("other components: what is left out goes, what holds data stays unless it is chosen", async () => {
    const kfDir = room.kfDir("parts");
    const all = await allComponents(room.installer, "starter");
    await room.install(room.settings("starter", "parts", { components: all }));
    expect(await untilEnded(room, kfDir)).toMatchObject({ state: "installed" });
    const fewer = room.settings("starter", "parts", {
      components: all.filter((id) => !["notebooks", "admission-webhook"].includes(id)),
    });
    const { id, upgrade } = await room.plan(fewer, { upgrade: true });
    expect({ created: upgrade?.created, changed: upgrade?.changed }).toEqual({ created: [], changed: [] });
    const stays = upgrade?.removed.filter((one) => one.stays) ?? [];
    expect(stays.map(({ object }) => object.kind)).toEqual(["CustomResourceDefinition"]);
    await room.installer.start(id, { upgrade: { consents: [], prune: stays.map(({ key }) => key) } });
    expect(await untilEnded(room, kfDir)).toMatchObject({ state: "installed", problems: [] });
    const again = (await room.plan(fewer, { upgrade: true })).upgrade;
    expect({ ...again, unchanged: [] }).toMatchObject({ created: [], changed: [], removed: [] });
    const left = [...(await everything(room.client))].filter((one) => one.includes("notebook"));
    expect(left).toEqual([]);
    await room.installer.remove(kfDir, room.context, { data: true });
    expect(await untilEnded(room, kfDir)).toMatchObject({ state: "removed" });
  });

  test.runIf(mirror !== undefined)(
    "26.03 becomes 26.03.1 with consent, killed in the middle and continued, and 26.03 again",
    { timeout: 600_000 },
    async () => {
      const kfDir = room.kfDir("kubeflow");
      const settingsOf = async (release: string) =>
        room.settings(release, "kubeflow", { components: await allComponents(room.installer, release) });
      await room.install(await settingsOf("26.03"), { password: "correct horse battery" });
      expect(await untilEnded(room, kfDir)).toMatchObject({ state: "installed" });
      const uidOf = async (ref: typeof container) => (await room.client.get(ref))?.metadata.uid;
      const [storage, controller, secret] = await Promise.all([
        uidOf(container),
        uidOf(profiles),
        room.client.get(proxySecret),
      ]);
      await addObjectsOfOthers(room, (await room.client.get(profiles))?.metadata.labels?.[installationLabel] ?? "");
      const before = await everything(room.client);

      const shown = await planned(room, await settingsOf("26.03.1"));
      expect(keysOf(shown.upgrade.changed.filter(({ recreate }) => recreate))).toEqual(recreated);
      expect(shown.upgrade.changed.filter(({ rejected }) => rejected)).toEqual([]);
      expect(shown.upgrade.created).toHaveLength(88);
      expect(shown.upgrade.changed.length + shown.upgrade.unchanged.length).toBe(639);
      expect(shown.upgrade.removed).toHaveLength(36);
      expect(keysOf(shown.upgrade.removed.filter(({ stays }) => stays))).toEqual([
        `apiextensions.k8s.io/CustomResourceDefinition//${definition.name}`,
      ]);
      expect(shown.upgrade.steps.map(({ recreates }) => recreates.length)).toEqual([1, 1, 1]);
      const scheduled = shown.upgrade.changed.find(
        ({ object }) => object.name === "dex" && object.kind === "Deployment",
      );
      expect(scheduled?.others).toMatchObject([
        { path: "metadata.annotations.team", was: '"platform"', by: "kubectl-edit" },
      ]);

      const choice = { consents: recreated.slice(1), prune: [] };
      await expect(room.installer.start(shown.id, { upgrade: choice })).rejects.toMatchObject({ code: "not-allowed" });
      expect(await readFile(join(kfDir, "flowdeck.yaml"), "utf8")).toContain(`release: "26.03"\n`);
      expect(difference(await everything(room.client), before)).toEqual([]);

      await killedAfter(practice, room.folder, 300);
      const again = await openInstallRoom(practice.kubeconfig, practice.tools, { folder: room.folder });
      expect(await again.installer.status(kfDir)).toMatchObject({ state: "interrupted", release: "26.03.1" });
      await again.installer.continue(kfDir, again.context);
      expect(await untilEnded(again, kfDir)).toMatchObject({ state: "installed", problems: [] });
      await again.close();

      expect(await uidOf(container)).toBe(storage);
      expect(await uidOf(profiles)).not.toBe(controller);
      expect((await room.client.get(proxySecret))?.data).toEqual(secret?.data);
      expect(await room.client.get(definition)).toBeDefined();
      const after = await everything(room.client);
      expect([...after].filter((one) => one.includes("of-others")).sort()).toEqual(
        [...before].filter((one) => one.includes("of-others")).sort(),
      );
      const nothing = await planned(room, await settingsOf("26.03.1"));
      expect(keysOf(nothing.upgrade.changed)).toEqual([]);
      expect(nothing.upgrade.created).toEqual([]);
      expect(keysOf(nothing.upgrade.removed)).toEqual([
        `apiextensions.k8s.io/CustomResourceDefinition//${definition.name}`,
      ]);
      expect(nothing.upgrade.unchanged).toHaveLength(727);
      await expectCopies(kfDir);

      const { from, targets } = await room.installer.upgradeTargets(kfDir);
      const back = targets.find(({ settings }) => settings.release === "26.03");
      expect({ from, saved: back?.saved !== undefined }).toEqual({ from: "26.03.1", saved: true });
      const returning = await planned(room, back?.settings ?? room.settings("26.03", "kubeflow"));
      const consents = keysOf(returning.upgrade.changed.filter(({ recreate }) => recreate));
      // Their storage version is one that 26.03 doesn't have, and there is no object of their kinds.
      const definitions = ["llminferenceserviceconfigs", "llminferenceservices"].map(
        (name) => `apiextensions.k8s.io/CustomResourceDefinition//${name}.serving.kserve.io`,
      );
      expect(consents).toEqual([...definitions, ...recreated]);
      expect(returning.upgrade.changed.filter(({ rejected }) => rejected)).toEqual([]);
      await room.installer.start(returning.id, { upgrade: { consents, prune: [] } });
      expect(await untilEnded(room, kfDir)).toMatchObject({ state: "installed", problems: [] });
      expect(await uidOf(container)).toBe(storage);
      const restored = await everything(room.client);
      expect(
        difference(before, restored).filter((one) => !/ (Pod|ReplicaSet|EndpointSlice|Endpoints) /.test(one)),
      ).toEqual([]);
    },
  );
});

/** A plan of an upgrade, in the order of its keys. */
async function planned(room: InstallRoom, settings: InstallSettings): Promise<{ id: string; upgrade: UpgradePlan }> {
  const { id, upgrade } = await room.plan(settings, { upgrade: true });
  if (upgrade === undefined) throw new Error("The plan says nothing of an upgrade.");
  return { id, upgrade };
}

function keysOf(objects: readonly { key: string }[]): string[] {
  return objects.map(({ key }) => key).sort();
}

/** Objects beside the installation, one of them with its label, and a field in one of its own. */
async function addObjectsOfOthers({ client }: InstallRoom, installation: string): Promise<void> {
  const place = { namespace: "kubeflow", name: "of-others" };
  await client.create({
    ...{ apiVersion: "v1", kind: "ConfigMap" },
    metadata: { ...place, labels: { [installationLabel]: installation } },
  });
  await client.create({ apiVersion: "v1", kind: "ServiceAccount", metadata: place });
  const dex = { apiVersion: "apps/v1", kind: "Deployment", namespace: "auth", name: "dex" };
  const annotated = { metadata: { annotations: { team: "platform" } } };
  await client.mergePatch(dex, annotated, { fieldManager: "kubectl-edit" });
}

/** What was deleted is kept with what was there before, for its owner only and out of git. */
async function expectCopies(kfDir: string): Promise<void> {
  const kept = join(kfDir, "kept");
  const [folder = ""] = (await readdir(kept)).filter((name) => name !== ".gitignore");
  const objects = await readdir(join(kept, folder, "objects"));
  expect(objects).toHaveLength(38);
  const file = join(kept, folder, "objects", "Deployment_apps_kubeflow_centraldashboard.yaml");
  expect(await readFile(file, "utf8")).toContain("name: centraldashboard");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(join(kept, folder, "flowdeck.yaml"), "utf8")).toContain(`release: "26.03"\n`);
  expect(await readFile(join(kept, ".gitignore"), "utf8")).toBe("*\n");
}

/** Changes the installation in a process of its own and kills it once so many objects are applied. */
async function killedAfter(
  practice: { kubeconfig: string; tools: { environment(): NodeJS.ProcessEnv } },
  folder: string,
  objects: number,
): Promise<void> {
  const script = join(import.meta.dirname, "install-child.ts");
  const child = spawn(process.execPath, [script, practice.kubeconfig, folder, "26.03.1", "kubeflow", "upgrade"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: practice.tools.environment(),
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) if (Number(line) >= objects) child.kill("SIGKILL");
  await ended;
}
