import { execFile, spawn } from "node:child_process";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contextId, type InstallStatus } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { type KubeObject, pause } from "../../electron/cluster/index.ts";
import { keyOfObject, refOf } from "../../electron/install/objects.ts";
import { takeLease } from "../../electron/install/operations/operation-lease.ts";
import { GateSet } from "../../electron/install/plan/gates.ts";
import type { Plan, PlanNode } from "../../electron/install/plan/plan-types.ts";
import { waveOf } from "../../electron/install/plan/waves.ts";
import { runPlan } from "../../electron/install/run/install-run.ts";
import { StatusStore } from "../../electron/install/run/status-store.ts";
import {
  allComponents,
  difference,
  everything,
  type InstallRoom,
  mirror,
  openInstallRoom,
  root,
  untilEnded,
} from "./install-support.ts";
import { describeWithCluster, type TestCluster } from "./support.ts";

const password = "correct horse battery";

async function begin(room: InstallRoom, release: string, name: string): Promise<InstallStatus> {
  const components = await allComponents(room.installer, release);
  return room.install(room.settings(release, name, { components }), { password });
}

/** A node of a plan as far as sending it looks at it. */
function node(object: KubeObject): PlanNode {
  const id = keyOfObject(object);
  return {
    id,
    component: "x",
    ref: refOf(object),
    object,
    wave: waveOf(object),
    gates: [],
    priority: 0,
    foreign: false,
  };
}

/** The command line in a process of its own, with the room's data; what it printed, both streams. */
function flowdeck(room: InstallRoom, ...args: string[]): Promise<{ code: number; text: string }> {
  const places = ["--data-dir", join(room.folder, "data"), "--kubeconfig", room.kubeconfig];
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "bin/flowdeck.js"), ...places, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: `${stdout}${stderr}` });
    });
  });
}

async function remove(room: InstallRoom, name: string): Promise<InstallStatus> {
  await room.installer.remove(room.kfDir(name), room.context, { data: true });
  return untilEnded(room, room.kfDir(name));
}

await describeWithCluster("what can go wrong while installing", (practice) => {
  let room: InstallRoom;
  let before: Set<string>;
  beforeAll(async () => {
    room = await openInstallRoom(practice.kubeconfig, practice.tools);
    before = await everything(room.client);
  });
  afterAll(() => room.close());

  test("an image that can't be pulled is named, the others go on, and curing it finishes", async () => {
    await practice.cluster.setFaults([
      { id: "image", namespace: "kubeflow", workload: "dashboard", kind: "image-pull" },
    ]);
    const name = "image";
    await begin(room, "starter", name);
    const stuck = await untilEnded(room, room.kfDir(name), ({ problems, components }) => {
      const others = components.filter(({ id }) => id !== "dashboard");
      return problems.length > 0 && others.length > 0 && others.every(({ state }) => state === "ready");
    });
    expect(stuck.state).toBe("running");
    expect(stuck.problems).toHaveLength(1);
    expect(stuck.problems[0]).toMatchObject({ code: "workload-failed", component: "dashboard" });
    expect(stuck.problems[0]?.message).toMatch(/Deployment .*dashboard does not start: Image .* can't be pulled/);
    expect(stuck.problems[0]?.fix?.id).toBe("override-image");
    expect(stuck.waiting.some(({ because }) => textOf(because, "en").includes("can't be pulled"))).toBe(true);
    await practice.cluster.setFaults([]);
    expect(await untilEnded(room, room.kfDir(name))).toMatchObject({ state: "installed", problems: [] });
    expect(await remove(room, name)).toMatchObject({ state: "removed" });
    expect(difference(await everything(room.client), before)).toEqual([]);
  });

  test("a final refusal stops its component with the server's words; continuing after the cure finishes", async () => {
    const deny = await denyGateway(room, "no gateways on Fridays");
    const name = "denied";
    await begin(room, "starter", name);
    const failed = await untilEnded(room, room.kfDir(name));
    expect(failed.state).toBe("failed");
    const refused = failed.problems.find(({ code }) => code === "apply-refused");
    expect(refused).toMatchObject({ component: "gateway", object: { kind: "Deployment", name: "gateway" } });
    expect(`${refused?.message} ${refused?.detail}`).toContain("no gateways on Fridays");
    expect(failed.components.find(({ id }) => id === "gateway")).toMatchObject({ state: "failed" });
    expect(failed.components.find(({ id }) => id === "database")).toMatchObject({ state: "ready" });
    await deny.remove();
    await room.installer.continue(room.kfDir(name), room.context);
    const done = await untilEnded(room, room.kfDir(name));
    expect(done).toMatchObject({ state: "installed", problems: [] });
    await remove(room, name);
    expect(difference(await everything(room.client), before)).toEqual([]);
  });

  test("fields of another manager are shown, not taken; what was there before stays after a removal", async () => {
    await room.client.apply(
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "kubeflow-system", labels: { "pod-security.kubernetes.io/enforce": "baseline", team: "a" } },
      },
      { fieldManager: "kubectl" },
    );
    await room.client.apply(
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "gateway", namespace: "kubeflow-system" },
        spec: { type: "NodePort", selector: { app: "theirs" }, ports: [{ port: 80 }] },
      },
      { fieldManager: "team-a" },
    );
    const name = "theirs";
    await begin(room, "starter", name);
    const failed = await untilEnded(room, room.kfDir(name));
    expect(failed.state).toBe("failed");
    const refused = failed.problems.find(({ object }) => object?.kind === "Service");
    expect(refused).toMatchObject({ code: "apply-refused", object: { name: "gateway", namespace: "kubeflow-system" } });
    expect(refused?.message).toContain("team-a");
    const service = { apiVersion: "v1", kind: "Service", namespace: "kubeflow-system", name: "gateway" };
    expect(await room.client.get(service)).toMatchObject({ spec: { selector: { app: "theirs" } } });
    const namespace = { apiVersion: "v1", kind: "Namespace", name: "kubeflow-system" };
    const labels = async () => (await room.client.get(namespace))?.metadata.labels;
    expect(await labels()).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
    await remove(room, name);
    expect(await labels()).toEqual({
      "kubernetes.io/metadata.name": "kubeflow-system",
      "pod-security.kubernetes.io/enforce": "baseline",
      team: "a",
    });
    const after = await everything(room.client);
    expect(after.has("v1 Service kubeflow-system gateway")).toBe(true);
    expect(difference(after, before).filter((item) => !item.includes("kubeflow-system"))).toEqual([]);
    await room.client.delete({ apiVersion: "v1", kind: "Namespace", name: "kubeflow-system" });
    await expect.poll(async () => difference(await everything(room.client), before), { timeout: 30_000 }).toEqual([]);
  });

  test("what others made is listed and stays, also a copy with our label; their objects in our namespaces go on request", async () => {
    const name = "shared";
    await begin(room, "starter", name);
    expect(await untilEnded(room, room.kfDir(name))).toMatchObject({ state: "installed" });
    const own = { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow-system", name: "gateway" };
    const deployed = await room.client.get(own);
    const space = (of: string) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: of } });
    const copy = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "gateway", namespace: "copies", labels: deployed?.metadata.labels ?? {} },
      spec: deployed?.spec,
    };
    const config = (namespace: string) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "theirs", namespace },
      data: { a: "b" },
    });
    for (const object of [space("copies"), copy, config("kubeflow-system")])
      await room.client.apply(object, { fieldManager: "team-a" });
    const request = { kfDir: room.kfDir(name), context: room.context, data: true, others: false };
    const plan = await room.installer.removalPlan(request);
    expect(plan.others).toEqual([
      { apiVersion: "v1", kind: "ConfigMap", namespace: "kubeflow-system", name: "theirs" },
    ]);
    expect(plan.kept.find(({ object }) => object.namespace === "copies")?.because.id).toBe("removal.copied");
    expect(plan.namespaces).not.toContain("kubeflow-system");

    expect(await remove(room, name)).toMatchObject({ state: "removed" });
    const after = difference(await everything(room.client), before);
    expect(after).toContain("v1 ConfigMap kubeflow-system theirs");
    expect(after).toContain("apps/v1 Deployment copies gateway");
    expect(after).not.toContain("apps/v1 Deployment kubeflow-system gateway");

    await room.installer.remove(room.kfDir(name), room.context, { data: true, others: true });
    expect(await untilEnded(room, room.kfDir(name))).toMatchObject({ state: "removed" });
    const rest = difference(await everything(room.client), before);
    expect(rest.filter((item) => !item.includes("copies"))).toEqual([]);
    expect(rest).toContain("apps/v1 Deployment copies gateway");
    await room.client.delete({ apiVersion: "v1", kind: "Namespace", name: "copies" });
    await expect.poll(async () => difference(await everything(room.client), before), { timeout: 30_000 }).toEqual([]);
  });

  // All of 26.03 is applied and removed: a minute on a machine that does nothing else. On a busy one, the API server takes
  // several for definitions whose storage it was still setting up when they were deleted.
  const timeout = 600_000;
  test.each(["continue", "remove"] as const)(
    "killed with -9 in the middle, started again: %s",
    { timeout },
    async (next) => {
      const folder = await mkdtemp(join(tmpdir(), "flowdeck-killed-"));
      const release = mirror === undefined ? "starter" : "26.03";
      const total = mirror === undefined ? 10 : 200;
      try {
        await killedAfter(practice, folder, release, total);
        const again = await openInstallRoom(practice.kubeconfig, practice.tools, { folder });
        try {
          const kfDir = again.kfDir("killed");
          const stands = await again.installer.status(kfDir);
          expect(stands).toMatchObject({ state: "interrupted", activity: "install" });
          expect(stands.objects.total).toBeGreaterThan(total);
          if (next === "continue") {
            await again.installer.continue(kfDir, again.context);
            expect(await untilEnded(again, kfDir)).toMatchObject({ state: "installed", problems: [] });
          }
          expect(await remove(again, "killed")).toMatchObject({ state: "removed" });
          expect(difference(await everything(again.client), before)).toEqual([]);
        } finally {
          await again.close();
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );

  test("a plan that is out of date is refused, and nothing of it is applied", async () => {
    const settings = room.settings("starter", "stale", { components: ["foundation"] });
    const plan = await room.plan(settings);
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kubeflow-system" } };
    await room.client.create(namespace);
    try {
      await room.installer.start(plan.id, { password });
      const status = await untilEnded(room, room.kfDir("stale"));
      expect(status).toMatchObject({ state: "failed", error: { code: "plan-stale", fix: { id: "plan-again" } } });
      expect(status.error?.message).toMatch(/the cluster has changed: 1 object \(Namespace kubeflow-system\)/);
      expect(status.objects.done).toBe(0);
      expect((await room.client.get({ ...namespace, name: "kubeflow-system" }))?.metadata.labels).not.toHaveProperty(
        "flowdeck.dev/installation",
      );
    } finally {
      const ref = { ...namespace, name: "kubeflow-system" };
      await room.client.delete(ref);
      await expect.poll(() => room.client.get(ref)).toBeUndefined();
    }
    await expect(room.installer.start(crypto.randomUUID())).rejects.toMatchObject({ code: "plan-stale" });
  });

  test("another installation's objects are refused in words, and taken over only on request", async () => {
    await begin(room, "starter", "first");
    expect(await untilEnded(room, room.kfDir("first"))).toMatchObject({ state: "installed" });
    const own = { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow-system", name: "gateway" };
    const ownerOf = async () => (await room.client.get(own))?.metadata.labels?.["flowdeck.dev/installation"];
    const first = await ownerOf();
    const other = await openInstallRoom(practice.kubeconfig, practice.tools);
    try {
      const components = await allComponents(other.installer, "starter");
      const settings = other.settings("starter", "second", { components });
      await expect(other.install(settings, { password })).rejects.toMatchObject({
        code: "cluster-in-use",
        message: expect.stringMatching(`\\d+ objects .*${room.kfDir("first")} on .*since \\w+ \\d+, 20.*${first}`),
        fix: { id: "adopt" },
      });
      expect(await ownerOf()).toBe(first);

      const plan = await other.plan(settings, { adopt: true });
      expect(plan.changes.foreign).toEqual([]);
      await other.installer.start(plan.id, { password });
      expect(await untilEnded(other, other.kfDir("second"))).toMatchObject({ state: "installed", problems: [] });
      expect(await ownerOf()).not.toBe(first);

      // The first one takes them back on the command line, where it says so.
      const refused = await flowdeck(room, "continue", room.kfDir("first"));
      expect(refused).toMatchObject({ code: 1, text: expect.stringContaining(other.kfDir("second")) });
      expect(refused.text).toMatch(/^ {2}→ \S/m);
      expect(await ownerOf()).not.toBe(first);
      const adopted = await flowdeck(room, "continue", room.kfDir("first"), "--adopt");
      expect(adopted).toMatchObject({ code: 0, text: expect.stringContaining("installed") });
      expect(await ownerOf()).toBe(first);

      expect(await remove(other, "second")).toMatchObject({ state: "removed" });
      expect(await ownerOf()).toBe(first);
      expect(await remove(room, "first")).toMatchObject({ state: "removed" });
      expect(difference(await everything(room.client), before)).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test("one operation on a cluster at a time: the other one is named, and a hold that is not renewed expires", async () => {
    const timing = { durationMs: 1000, renewMs: 200 };
    const of = (kfDir: string) => ({ client: room.client, kfDir, activity: "install" as const, timing });
    const held = await takeLease(of("/theirs"));
    const words = {
      code: "cluster-in-use",
      message: expect.stringMatching(/\/theirs on .* has been installing since \w+ \d+, 20/),
    };
    await expect(takeLease(of("/ours"))).rejects.toMatchObject(words);
    const settings = room.settings("starter", "refused", { components: ["foundation"] });
    await expect(room.install(settings)).rejects.toMatchObject(words);
    // Renewed, it lasts longer than its duration.
    await pause(1500);
    await expect(takeLease(of("/ours"))).rejects.toMatchObject(words);
    // The same folder on this computer: whoever had it was killed. The first one notices that it was taken.
    const again = await takeLease(of("/theirs"));
    await expect.poll(() => held.lost.aborted).toBe(true);
    await held.release();
    await expect(takeLease(of("/ours"))).rejects.toMatchObject(words);
    await again.release();
    const lease = { apiVersion: "coordination.k8s.io/v1", kind: "Lease" };
    const place = { namespace: "kube-system", name: "flowdeck-operation" };
    expect(await room.client.get({ ...lease, ...place })).toBeUndefined();
    await room.client.create({
      ...lease,
      metadata: { ...place, annotations: { "flowdeck.dev/kf-dir": "/killed", "flowdeck.dev/host": "elsewhere" } },
      spec: { holderIdentity: "x", leaseDurationSeconds: 1, renewTime: "2026-01-01T00:00:00.000000Z" },
    });
    await (await takeLease(of("/ours"))).release();
  });

  test("a namespace that is being deleted is waited for in words, and made again once it is gone", async () => {
    const name = "going";
    const namespace = { apiVersion: "v1", kind: "Namespace", name: "kubeflow-system" };
    const holder = { apiVersion: "v1", kind: "ConfigMap", namespace: "kubeflow-system", name: "holder" };
    const { name: holderName, namespace: inside } = holder;
    const metadata = { name: holderName, namespace: inside, finalizers: ["example.com/held"] };
    await room.client.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace.name } });
    await room.client.create({ apiVersion: "v1", kind: "ConfigMap", metadata });
    const old = (await room.client.get(namespace))?.metadata.uid;
    await room.client.delete(namespace);
    await begin(room, "starter", name);
    const isHeld = ({ what, because }: InstallStatus["waiting"][number]) =>
      textOf(what, "en") === "Namespace kubeflow-system" && textOf(because, "en").includes("example.com/held");
    const waiting = await untilEnded(room, room.kfDir(name), (status) => status.waiting.some(isHeld));
    expect(waiting).toMatchObject({ state: "running", problems: [] });
    expect(await room.client.list("v1", "Service", { namespace: "kubeflow-system" })).toEqual([]);
    expect(waiting.waiting.some(({ because }) => /because it is being terminated/.test(textOf(because, "en")))).toBe(
      false,
    );
    await room.client.mergePatch(holder, { metadata: { finalizers: null } });
    expect(await untilEnded(room, room.kfDir(name))).toMatchObject({ state: "installed", problems: [] });
    expect((await room.client.get(namespace))?.metadata.uid).not.toBe(old);
    await remove(room, name);
    expect(difference(await everything(room.client), before)).toEqual([]);
  });

  test("a namespace that somebody deletes meanwhile is applied again, once for all objects that miss it", async () => {
    const names = ["a", "b", "c"];
    const namespace = node({ apiVersion: "v1", kind: "Namespace", metadata: { name: "taken-away" } });
    const inside = names.map((name) =>
      node({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "taken-away" } }),
    );
    // As if it had been applied and taken away: its turn comes once all inside it are there.
    const last = new GateSet();
    namespace.gates.push(last.configuration("x", inside));
    const plan: Plan = {
      installation: "taken-away",
      components: [{ id: "x", title: "x" }],
      nodes: [...inside, namespace],
      gates: [...last.gates.values()],
      ...{ outcomes: [], duplicates: [], unserved: [] },
    };
    const told: string[] = [];
    const uids: (string | undefined)[] = [];
    const { failed } = await runPlan({
      ...{ plan, client: room.client, signal: new AbortController().signal },
      statusStore: new StatusStore({
        kfDir: "/x",
        activity: "install",
        release: "x",
        title: "x",
        context: contextId.parse("x"),
      }),
      log: { add: ({ said }) => told.push(typeof said === "string" ? said : textOf(said, "en")) },
      journal: { note: () => {}, noteKey: (_, key, uid) => key === namespace.id && uids.push(uid) },
    });
    expect(failed).toEqual(new Map());
    expect(told).toEqual(expect.arrayContaining(names.map((name) => `ConfigMap taken-away/${name}`)));
    expect(told).toContain("Namespace taken-away was deleted in the meantime and is applied again");
    expect(new Set(uids)).toEqual(new Set([(await room.client.get(namespace.ref))?.metadata.uid]));
    await room.client.delete(namespace.ref);
    await expect.poll(() => room.client.get(namespace.ref), { timeout: 30_000 }).toBeUndefined();
  });

  test("a folder of another cluster is refused with both named", async () => {
    const name = "elsewhere";
    const settings = room.settings("starter", name, { platform: "existing", components: ["foundation"] });
    await room.install(settings);
    expect(await untilEnded(room, room.kfDir(name))).toMatchObject({ state: "installed" });
    const run = {
      t: "run",
      v: 1,
      at: new Date().toISOString(),
      run: "x",
      activity: "install",
      installation: "x",
      release: "starter",
      title: "Starter",
    };
    const elsewhere = {
      ...run,
      context: contextId.parse("other"),
      contextName: "other",
      server: "https://cluster.example:6443",
      cluster: "another-uid",
      settings: "",
      pid: 1,
    };
    await appendFile(join(room.kfDir(name), ".flowdeck", "journal.jsonl"), `${JSON.stringify(elsewhere)}\n`);
    await expect(room.install(settings)).rejects.toMatchObject({ code: "journal-invalid" });
    await expect(room.installer.remove(room.kfDir(name), room.context, { data: true })).rejects.toThrow(
      /cluster\.example/,
    );
  });
});

/** An admission policy that refuses one Deployment; resolves when it is in force. */
async function denyGateway(room: InstallRoom, words: string): Promise<{ remove(): Promise<void> }> {
  const apiVersion = "admissionregistration.k8s.io/v1";
  const named = { name: "deny-gateway" };
  await room.client.apply({
    apiVersion,
    kind: "ValidatingAdmissionPolicy",
    metadata: named,
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [
          { apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["deployments"] },
        ],
      },
      validations: [{ expression: "object.metadata.name != 'gateway'", message: words }],
    },
  });
  await room.client.apply({
    apiVersion,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: named,
    spec: { policyName: named.name, validationActions: ["Deny"] },
  });
  const probe = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "gateway", namespace: "default" },
    spec: {
      selector: { matchLabels: { a: "b" } },
      template: { metadata: { labels: { a: "b" } }, spec: { containers: [{ name: "a", image: "a" }] } },
    },
  };
  await expect
    .poll(() => room.client.create(probe, { dryRun: true }).then(() => "", String), { timeout: 30_000 })
    .toContain(words);
  return {
    async remove() {
      await room.client.delete({ apiVersion, kind: "ValidatingAdmissionPolicyBinding", ...named });
      await room.client.delete({ apiVersion, kind: "ValidatingAdmissionPolicy", ...named });
      await expect
        .poll(() => room.client.create(probe, { dryRun: true }).then(() => "", String), { timeout: 30_000 })
        .toBe("");
    },
  };
}

/** Installs in a process of its own and kills it once so many objects are applied. */
async function killedAfter(practice: TestCluster, folder: string, release: string, objects: number): Promise<void> {
  const script = join(import.meta.dirname, "install-child.ts");
  const child = spawn(process.execPath, [script, practice.kubeconfig, folder, release, "killed"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: practice.tools.environment(),
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) if (Number(line) >= objects) child.kill("SIGKILL");
  await ended;
}
