import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type AccessProgress,
  accessSettings,
  type DriftReport,
  type InstalledView,
} from "../../common/contract/index.ts";
import { wayInName } from "../../electron/install/index.ts";
import { refOf } from "../../electron/install/objects.ts";
import { readOverlay } from "../../electron/install/overlay/overlay-file.ts";
import { serveInstalled } from "../../electron/installed/index.ts";
import { changeWayIn } from "../../electron/way-in/change-way-in.ts";
import { hasOpenssl, makeCertificate, type Pair } from "../unit/certificates/make-certificates.ts";
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
import { Kubectl } from "./kubectl.ts";
import { Shell } from "./shell.ts";
import { describeWithCluster } from "./support.ts";

const password = "correct horse battery";

/** Refuses every Ingress, once the API server has learned of it; what is asked as a dry run is let through. */
const noIngresses = {
  failurePolicy: "Fail",
  matchConstraints: {
    resourceRules: [
      { apiGroups: ["networking.k8s.io"], apiVersions: ["*"], operations: ["CREATE"], resources: ["ingresses"] },
    ],
  },
  validations: [{ expression: "request.dryRun", message: "No Ingresses today." }],
};

await describeWithCluster("installing and removing", (practice) => {
  let room: InstallRoom;
  beforeAll(async () => {
    room = await openInstallRoom(practice.kubeconfig, practice.tools);
  });
  afterAll(() => room.close());

  /** The first installation in the cluster, once it is known and `enough`. */
  async function installedNow(enough: (view: InstalledView) => boolean = () => true): Promise<InstalledView> {
    const [first] = await installations(room, ([view]) => view !== undefined && !view.looking && enough(view));
    if (first === undefined) throw new Error("There is none.");
    return first;
  }

  /** All installations in the cluster as the app in `from` sees them, once they are `enough`. */
  async function installations(
    from: InstallRoom,
    enough: (views: readonly InstalledView[]) => boolean,
  ): Promise<InstalledView[]> {
    const served = serveInstalled({ connections: from.connections, installer: from.installer });
    const stop = new AbortController();
    try {
      for await (const item of served.methods["installed.watch"]({ context: from.context }, stop.signal))
        if (enough(item.installations)) return item.installations;
      throw new Error("It was never told.");
    } finally {
      stop.abort();
      await served.close?.();
    }
  }

  async function install(release: string, name: string) {
    const components = await allComponents(room.installer, release);
    await room.install(room.settings(release, name, { components }), { password });
    return untilEnded(room, room.kfDir(name));
  }

  /** The same installation as an app on another computer sees it, beside one whose folder is on yet another one. */
  async function listedElsewhere(here: InstalledView): Promise<void> {
    const other = await openInstallRoom(practice.kubeconfig, practice.tools);
    const theirs = { apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: "flowdeck-theirs" };
    try {
      const record = await room.client.get({ ...theirs, name: `flowdeck-${here.id}` });
      await room.client.apply({
        ...{ apiVersion: "v1", kind: "ConfigMap" },
        metadata: { name: theirs.name, namespace: theirs.namespace, labels: record?.metadata.labels ?? {} },
        data: { ...Object(record?.data), installation: "theirs", kfDir: "/home/ann/kf", host: "ann-laptop" },
      });
      const known = (views: readonly InstalledView[]) => views.length === 2 && views.every(({ looking }) => !looking);
      const [mine, hers] = await installations(room, known);
      expect([mine?.origin, hers?.origin]).toEqual(["here", "elsewhere"]);
      expect(hers).toMatchObject({ name: "kf", host: "ann-laptop", kfDir: "/home/ann/kf", components: [] });
      const seen = await installations(other, known);
      expect(seen.map(({ origin }) => origin)).toEqual(["elsewhere", "elsewhere"]);
      expect(seen.find(({ id }) => id === here.id)).toMatchObject({ name: "drift", health: "ok", attention: [] });
      expect(seen.find(({ id }) => id === here.id)?.components.map(({ id }) => id)).toContain("dashboard");
    } finally {
      await room.client.delete(theirs);
      await other.close();
    }
  }

  test("the starter release runs, and goes again with its data without a trace", async () => {
    const before = await everything(room.client);
    const status = await install("starter", "start");
    expect(status.problems).toEqual([]);
    expect(status).toMatchObject({ state: "installed", fraction: 1 });
    expect(status.pods.filter(({ state }) => !["running", "completed"].includes(state))).toEqual([]);
    expect(status.components.every(({ state }) => state === "ready")).toBe(true);

    await room.installer.remove(room.kfDir("start"), room.context, { data: true });
    const removed = await untilEnded(room, room.kfDir("start"));
    expect(removed).toMatchObject({ state: "removed", fraction: 1, problems: [] });
    const after = await everything(room.client);
    expect({ left: difference(after, before), missing: difference(before, after) }).toEqual({ left: [], missing: [] });
  });

  test("what others changed is found, put back with who changed it told, or kept as it is", async () => {
    await install("starter", "drift");
    const kfDir = room.kfDir("drift");
    const find = async () => {
      const report = await room.installer.drift.find(kfDir, room.context, AbortSignal.timeout(60_000));
      expect(report.unread).toEqual([]);
      return report;
    };
    const names = ({ objects }: DriftReport) =>
      objects.map(({ object: { kind, name }, what, kept }) => [what, kind, name, ...(kept ? ["kept"] : [])].join(" "));
    const first = await find();
    expect(names(first)).toEqual([]);
    expect(first.compared).toBeGreaterThan(30);

    const { client } = room;
    const now = await installedNow();
    expect(now).toMatchObject({
      origin: "here",
      state: "installed",
      health: "ok",
      attention: [],
      address: { way: "forward" },
    });
    expect(now.components.find(({ id }) => id === "dashboard")).toMatchObject({
      health: "ok",
      podsReady: 2,
      podsTotal: 2,
    });
    expect(now.profiles?.owners).toEqual(["user@example.com"]);
    await listedElsewhere(now);
    const named = (apiVersion: string, kind: string, namespace: string, name: string) => ({
      ...{ apiVersion, kind, namespace, name },
    });
    const gateway = named("apps/v1", "Deployment", "kubeflow-system", "gateway");
    const dashboard = named("v1", "Service", "kubeflow", "dashboard");
    const database = named("v1", "Secret", "kubeflow", "database");
    const image = "docker.io/library/nginx:other";
    const change = { op: "replace", path: "/spec/template/spec/containers/0/image", value: image } as const;
    await client.jsonPatch(gateway, [change], { fieldManager: "somebody" });
    const variable = { name: "ADDED", value: "by hand" };
    const path = "/spec/template/spec/containers/0/env/-";
    await client.jsonPatch(gateway, [{ op: "add", path, value: variable }], { fieldManager: "somebody" });
    await client.mergePatch(gateway, { metadata: { labels: { team: "red" } } }, { fieldManager: "somebody" });
    await client.mergePatch(database, { stringData: { password: "changed by hand" } }, { fieldManager: "somebody" });
    const { uid } = (await client.get(dashboard))?.metadata ?? {};
    await client.delete(dashboard);

    const pages = named("apps/v1", "Deployment", "kubeflow", "dashboard");
    await client.delete(pages);
    const broken = await installedNow(({ health }) => health === "bad");
    expect(broken.attention).toMatchObject([
      { component: "dashboard", object: { kind: "Deployment", name: "dashboard" } },
    ]);
    await room.installer.drift.putBack({ kfDir, context: room.context, objects: [pages], dryRun: false });

    const found = await find();
    expect(names(found).sort()).toEqual([
      "changed Deployment gateway",
      "changed Secret database",
      "deleted Service dashboard",
    ]);
    expect(found.objects[0]).toMatchObject({ what: "deleted", object: dashboard, component: "dashboard" });
    const [field] = found.objects.find(({ object }) => object.kind === "Deployment")?.fields ?? [];
    expect(field).toMatchObject({ live: `"${image}"`, by: "somebody", at: expect.any(String) });
    const added = found.objects.flatMap(({ fields }) => fields).filter((one) => one.added);
    expect(added.map((one) => one.path)).toEqual([
      "metadata.labels.team",
      expect.stringMatching(/containers\[name=\w+\]\.env\[name=ADDED\]$/),
    ]);
    expect(added[1]).toMatchObject({ live: JSON.stringify(variable), by: "somebody", at: expect.any(String) });
    expect(found.objects.find(({ object }) => object.kind === "Secret")?.fields).toEqual([
      { path: "data.password", by: "somebody", at: expect.any(String) },
    ]);
    expect(JSON.stringify(found)).not.toContain("changed by hand");

    const shell = new Shell(room.folder, practice.kubeconfig);
    const listed = await shell.run(room.folder, ["drift", "drift"], { LC_ALL: "en_US.UTF-8" });
    expect(listed.code).toBe(0);
    expect(listed.text).toMatch(/^Service kubeflow\/dashboard\n {2}deleted$/m);
    expect(listed.text).toMatch(/^ {2}metadata\.labels\.team: added "red" \(somebody, /m);
    expect(listed.text).toMatch(/^3 of \d+ objects differ from what was installed\.$/m);
    expect(listed.text).not.toContain("changed by hand");
    const status = await shell.run(room.folder, ["status", "drift"], { LC_ALL: "en_US.UTF-8" });
    expect(status.text).toMatch(/COMPONENT +STATE +OBJECTS +WORKLOADS +NOW +PODS/);
    expect(status.text).toMatch(/Dashboard +ready +\d+\/\d+ +1\/1 +works +2\/2/);

    const keep = found.objects.filter(({ object }) => object.kind === "Deployment");
    const mine = { kfDir, context: room.context, changes: keep };
    const stale = keep.map((one) => ({ ...one, state: "another" }));
    await expect(room.installer.drift.keep({ ...mine, changes: stale, keep: true })).rejects.toMatchObject({
      code: "conflict",
    });
    await room.installer.drift.keep({ ...mine, keep: true });
    expect(names(await find())).toContain("changed Deployment gateway kept");

    const request = { kfDir, context: room.context, objects: found.objects.map(({ object }) => object) };
    const tried = await room.installer.drift.putBack({ ...request, dryRun: true });
    expect(tried.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(tried.find(({ object }) => object.kind === "Service")).toMatchObject({ created: true });
    expect(tried.find(({ object }) => object.kind === "Secret")?.changes).toEqual([{ path: "data.password" }]);
    expect(names(await find())).toHaveLength(3);

    const done = await room.installer.drift.putBack({ ...request, dryRun: false });
    expect(done.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(names(await find())).toEqual([]);
    const restored = await client.get(gateway);
    expect(restored?.metadata.labels).not.toHaveProperty("team");
    expect(JSON.stringify(restored?.spec)).not.toContain("ADDED");
    expect((await client.get(dashboard))?.metadata.uid).not.toBe(uid);

    // What is kept is part of the installation: installing again makes the same changes, until they are put back.
    await client.jsonPatch(gateway, [change], { fieldManager: "somebody" });
    await client.jsonPatch(gateway, [{ op: "add", path, value: variable }], { fieldManager: "somebody" });
    await client.delete(dashboard);
    const changes = (await find()).objects;
    expect(changes).toHaveLength(2);
    await room.installer.drift.keep({ ...mine, changes, keep: true });
    await install("starter", "drift");
    expect(names(await find()).sort()).toEqual(["changed Deployment gateway kept", "deleted Service dashboard kept"]);
    expect(await client.get(dashboard)).toBeUndefined();
    const again = JSON.stringify((await client.get(gateway))?.spec);
    expect([again.includes(image), again.includes("ADDED")]).toEqual([true, true]);
    await room.installer.drift.keep({ ...mine, changes: changes.slice(0, 1), keep: false });
    expect(names(await find())[0]).toBe("deleted Service dashboard");
    const both = { ...request, objects: [gateway, dashboard], dryRun: false };
    expect((await room.installer.drift.putBack(both)).map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(names(await find())).toEqual([]);
    expect(JSON.stringify((await client.get(gateway))?.spec)).not.toMatch(/nginx:other|ADDED/);

    // What was created again is the installation's, and goes with it.
    await room.installer.remove(kfDir, room.context, { data: true });
    expect(await untilEnded(room, kfDir)).toMatchObject({ state: "removed", problems: [] });
    expect(await client.get(dashboard)).toBeUndefined();
    await expect(find()).rejects.toMatchObject({ code: "not-found" });
  });

  test("a Kubeflow that kubectl installed is adopted as it is, with its changes, and uninstalled like any other", async () => {
    const kubectl = new Kubectl(practice.tools, () => practice.kubeconfig);
    const { client, context } = room;
    for (const part of ["foundation", "gateway", "database", "dashboard"])
      await kubectl.text("apply", "-k", join(root, "assets/starter", part));
    await kubectl.text("-n", "kubeflow-system", "scale", "deployment/gateway", "--replicas=3");
    await kubectl.text("-n", "kubeflow-system", "set", "env", "deployment/gateway", "MINE=kept");
    await kubectl.text("-n", "kubeflow", "label", "service/dashboard", "team=red");
    const gateway = { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow-system", name: "gateway" };
    const before = await client.get(gateway);
    const shell = new Shell(room.folder, practice.kubeconfig);
    const run = (...more: string[]) =>
      shell.run(
        room.folder,
        [
          "adopt",
          "--context",
          client.contextName,
          "--release",
          "starter",
          "--name",
          "adopted",
          "--base-dir",
          dirname(room.kfDir("adopted")),
          ...more,
        ],
        { LC_ALL: "en_US.UTF-8" },
      );
    const compared = await run();
    expect(compared.text).toContain("Use --yes to adopt it");
    expect(compared.text).toMatch(/MINE/);
    expect(compared.text).toMatch(/^\d+ objects of the release do not exist and are not created\.$/m);
    expect((await client.get(gateway))?.metadata.labels).toEqual(before?.metadata.labels);
    expect(await readOverlay(room.kfDir("adopted"))).toEqual(new Map());

    // A folder that says so itself takes nothing over: it may come from anybody.
    const components = await allComponents(room.installer, "starter");
    const claimed = await room.plan(room.settings("starter", "claimed", { components, adopted: true }));
    expect(claimed.changes.foreign.map(({ name }) => name)).toContain("gateway");

    const done = await run("--yes");
    expect(done.code, done.text).toBe(0);
    const after = await client.get(gateway);
    expect(after?.spec).toEqual(before?.spec);
    expect(after?.metadata.generation).toBe(before?.metadata.generation);
    expect(after?.metadata.labels).toMatchObject({ "flowdeck.dev/component": "gateway" });
    const kfDir = room.kfDir("adopted");
    const report = await room.installer.drift.find(kfDir, context, AbortSignal.timeout(60_000));
    expect(report.objects.filter(({ kept }) => !kept)).toEqual([]);
    // The database's pods have no mark of Flowdeck that would restart them with their Secret.
    expect(report.objects.map(({ object }) => object.name).sort()).toEqual(["dashboard", "database", "gateway"]);
    const again = await run("--yes");
    expect(again.text).toContain("already is an installation's folder");
    const installation = after?.metadata.labels?.["flowdeck.dev/installation"];
    await room.installer.remove(kfDir, context, { data: true, others: true, installation });
    expect(await untilEnded(room, kfDir)).toMatchObject({ state: "removed", problems: [] });
    expect(await client.get(gateway)).toBeUndefined();
  });

  test("another way in is shown, applied as it was shown, recorded, and taken back where it fails", async () => {
    await install("starter", "door");
    const kfDir = room.kfDir("door");
    const { context, client, installer } = room;
    const signal = AbortSignal.timeout(120_000);
    const gate = { apiVersion: "v1", kind: "Service", namespace: "kubeflow-system", name: "gateway" };
    const specOf = async () => (await client.get(gate))?.spec as { type: string; ports: { nodePort?: number }[] };
    const wanted = (access: object, certificate?: Pair) => ({
      ...{ kfDir, context, access: accessSettings.parse(access) },
      ...(certificate
        ? { certificate: { certificate: { text: certificate.certificate }, key: { text: certificate.key } } }
        : {}),
    });
    const steps: AccessProgress["step"][] = [];
    const set = async (request: ReturnType<typeof wanted>, digest?: string) => {
      const plan = digest === undefined ? await installer.access.plan(request, signal) : { digest };
      const deps = {
        ...{ installer, connections: room.connections, options: {} },
        patience: { rolloutMs: 60_000, verifyMs: 3_000, everyMs: 300 },
      };
      let last: AccessProgress | undefined;
      for await (last of changeWayIn(deps, { ...request, digest: plan.digest }, signal)) steps.push(last.step);
      return last;
    };
    const drift = async () =>
      (await installer.drift.find(kfDir, context, signal)).objects.map(({ object }) => object.name);

    const nodePort = wanted({ way: "nodePort", nodePort: 31380 });
    const plan = await installer.access.plan(nodePort, signal);
    expect(plan.changes.find(({ object }) => object.kind === "Service")).toMatchObject({
      what: "change",
      because: { id: "wayIn.becauseNodePort" },
      fields: expect.arrayContaining([{ path: "spec.type", was: '"ClusterIP"', becomes: '"NodePort"' }]),
    });
    expect(await specOf()).toMatchObject({ type: "ClusterIP" });
    expect(await set(nodePort, "another")).toMatchObject({ state: "failed", error: { code: "plan-stale" } });
    // The pods are waited for, and the address is tried, as far as there is one on a practice cluster.
    const set31380 = await set(nodePort, plan.digest);
    expect(set31380).toMatchObject({
      state: "done",
      step: "verify",
      changed: true,
    });
    expect(set31380?.view).toMatchObject({ access: { nodePort: 31380 }, answer: { error: { code: "verify-failed" } } });
    // What takes less than the watcher waits is not seen by it.
    expect(steps).toEqual(expect.arrayContaining(["rollout", "verify"]));
    expect(await specOf()).toMatchObject({ type: "NodePort", ports: [{ nodePort: 31380 }] });
    expect(await drift()).toEqual([]);
    expect((await installer.list()).find((one) => one.kfDir === kfDir)?.settings?.access).toMatchObject({
      nodePort: 31380,
    });

    // A port that somebody else has is explained by whose it is.
    const spec = { type: "NodePort", ports: [{ port: 80, nodePort: 31555 }] };
    await client.apply({ apiVersion: "v1", kind: "Service", metadata: { name: "other", namespace: "default" }, spec });
    const taken = installer.access.plan(wanted({ way: "nodePort", nodePort: 31555 }), signal);
    const explained = {
      code: "conflict",
      message: "Port 31555 of the nodes is already used by Service default/other.",
      fix: { id: "node-port", params: { port: "31556" } },
    };
    await expect(taken).rejects.toMatchObject(explained);
    const access = accessSettings.parse({ way: "nodePort", nodePort: 31555 });
    const components = await allComponents(installer, "starter");
    const again = room.settings("starter", "door", { access, components });
    await expect(room.plan(again)).rejects.toMatchObject(explained);

    const host = "kubeflow.example.com";
    const given = { way: "ingress", host, tls: { kind: "given" } };
    if (hasOpenssl) {
      const wrong = makeCertificate({ name: "other", names: ["DNS:other.example.com"] });
      await expect(installer.access.plan(wanted(given, wrong), signal)).rejects.toMatchObject({
        code: "invalid-input",
      });
      const right = makeCertificate({ name: host, names: [`DNS:${host}`] });
      const ingress = {
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        namespace: "kubeflow-system",
        name: wayInName,
      };
      // What the API server refuses in the middle leaves everything as it was.
      const policy = { apiVersion: "admissionregistration.k8s.io/v1", metadata: { name: "no-secrets" } };
      const request = wanted(given, right);
      const shown = await installer.access.plan(request, signal);
      expect(JSON.stringify(shown)).not.toContain("PRIVATE KEY");
      await client.apply({ ...policy, kind: "ValidatingAdmissionPolicy", spec: noIngresses });
      const binding = { policyName: "no-secrets", validationActions: ["Deny"] };
      await client.apply({ ...policy, kind: "ValidatingAdmissionPolicyBinding", spec: binding });
      const probe = { ...ingress, namespace: "default", name: "probe" };
      const { kind, apiVersion, name, namespace } = probe;
      const backend = { service: { name: "other", port: { number: 80 } } };
      const object = { apiVersion, kind, metadata: { name, namespace }, spec: { defaultBackend: backend } };
      const isRefused = () =>
        client.create(object).then(
          () => client.delete(probe).then(() => false),
          () => true,
        );
      await expect.poll(isRefused, { timeout: 30_000 }).toBe(true);
      expect(await set(request, shown.digest)).toMatchObject({ state: "failed" });
      expect(await specOf()).toMatchObject({ type: "NodePort", ports: [{ nodePort: 31380 }] });
      expect(await client.get({ ...gate, kind: "Secret", name: "kubeflow-gateway-tls" })).toBeUndefined();
      expect(await drift()).toEqual([]);
      await client.delete({
        apiVersion: policy.apiVersion,
        kind: "ValidatingAdmissionPolicyBinding",
        name: "no-secrets",
      });
      await expect.poll(() => set(request), { timeout: 30_000 }).toMatchObject({ state: "done" });
      expect(await client.get(ingress)).toMatchObject({ spec: { tls: [{ hosts: [host] }] } });
      expect(await drift()).toEqual([]);
      const written = await readFile(resolve(kfDir, "rendered/gateway.yaml"), "utf8");
      expect(written).toContain("kubeflow-gateway-tls");
      expect(written).not.toContain(Buffer.from(right.key).toString("base64").slice(0, 60));
      // Installing again keeps it, and uninstalling removes what it made.
      const settings = (await installer.list()).find((one) => one.kfDir === kfDir)?.settings;
      if (settings) await room.install(settings);
      expect(await untilEnded(room, kfDir)).toMatchObject({ state: "installed", problems: [] });
      expect(await client.get(ingress)).toBeDefined();
      await installer.remove(kfDir, context, { data: true });
      expect(await untilEnded(room, kfDir)).toMatchObject({ state: "removed", problems: [] });
      expect(await client.get(ingress)).toBeUndefined();
    }
  });

  test("without the data, claims and profiles stay where they are, and can be installed over again", async () => {
    const before = await everything(room.client);
    await install("starter", "keep");
    const other = room.settings("26.03", "keep", { components: [] });
    await expect(room.plan(other)).rejects.toMatchObject({
      code: "not-allowed",
      message: expect.stringMatching(/26\.03 can't be installed over starter/),
    });
    await room.installer.remove(room.kfDir("keep"), room.context, { data: false });
    expect(await untilEnded(room, room.kfDir("keep"))).toMatchObject({ state: "removed" });
    const left = difference(await everything(room.client), before);
    expect(left.some((name) => name.includes("PersistentVolumeClaim"))).toBe(true);
    expect(left.some((name) => name.includes(" Profile "))).toBe(true);
    expect(left.some((name) => name.includes("Deployment"))).toBe(false);

    expect(await install("starter", "keep")).toMatchObject({ state: "installed" });
    await room.installer.remove(room.kfDir("keep"), room.context, { data: true });
    await untilEnded(room, room.kfDir("keep"));
    expect(difference(await everything(room.client), before)).toEqual([]);
  });

  test.skipIf(mirror === undefined).each([
    { id: "26.03", total: 675, pods: 51 },
    { id: "26.03.1", total: 727, pods: 55 },
  ])(
    "Kubeflow $id: all $total objects, every pod, and back to before",
    { timeout: 300_000 },
    async ({ id, total, pods }) => {
      // What looks like something that Dex and istiod leave behind, and was there before them.
      const names = { plural: "passwords", singular: "password", kind: "Password", listKind: "PasswordList" };
      const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
      const versions = [{ name: "v1", served: true, storage: true, schema }];
      const theirs = { name: "istio-ca-root-cert", namespace: "default", labels: { "istio.io/config": "true" } };
      for (const object of [
        {
          apiVersion: "apiextensions.k8s.io/v1",
          kind: "CustomResourceDefinition",
          metadata: { name: "passwords.dex.coreos.com" },
          spec: { group: "dex.coreos.com", names, scope: "Namespaced", versions },
        },
        { apiVersion: "v1", kind: "ConfigMap", metadata: theirs, data: {} },
      ])
        if (!(await room.client.get(refOf(object)))) await room.client.create(object);
      const name = `kubeflow-${id.replaceAll(".", "-")}`;
      const before = await everything(room.client);
      const status = await install(id, name);
      expect(status.problems).toEqual([]);
      expect(status).toMatchObject({ state: "installed", objects: { total, done: total } });
      expect(status.pods.length).toBeGreaterThanOrEqual(pods);
      expect(status.pods.filter(({ state }) => !["running", "completed"].includes(state))).toEqual([]);

      const list = await readFile(resolve(root, `../shared/kubeflow/expected-${id}-objects.txt`), "utf8");
      const missing: string[] = [];
      await Promise.all(
        list
          .trim()
          .split("\n")
          .map(async (line) => {
            const [apiVersion = "", kind = "", space = "-", name = ""] = line.split(" ");
            const namespace = space === "-" ? undefined : space;
            const found = await room.client.get({ apiVersion, kind, ...(namespace ? { namespace } : {}), name });
            if (!found) missing.push(line);
          }),
      );
      expect(missing).toEqual([]);

      await room.installer.remove(room.kfDir(name), room.context, { data: true });
      expect(await untilEnded(room, room.kfDir(name))).toMatchObject({ state: "removed", problems: [] });
      const after = await everything(room.client);
      expect({ left: difference(after, before), missing: difference(before, after) }).toEqual({
        left: [],
        missing: [],
      });
    },
  );
});
