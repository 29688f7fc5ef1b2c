import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { hash } from "bcryptjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type MirrorProgress, registryDeployment, type StreamItem } from "../../common/contract/index.ts";
import { at, list, parseJson } from "../../common/json/index.ts";
import type { Installer } from "../../electron/install/index.ts";
import { pullSecretsOf, RegistryStore, serveRegistries } from "../../electron/registries/index.ts";
import { assetsDir } from "../unit/install/support.ts";
import { clusterRoom } from "./cluster-room.ts";
import { type DockerRegistry, freeNodePort, runAsDeployed, whyNoDockerRegistry } from "./docker-registry.ts";
import { fixedSecrets, tryToChange } from "./fixed-secrets.ts";
import { allComponents, type InstallRoom, openInstallRoom, untilEnded } from "./install-support.ts";
import { installProfileKinds } from "./profiles-support.ts";
import { type RegistryServer, startRegistry } from "./registry-server.ts";
import { describeWithCluster } from "./support.ts";

const missing = await whyNoDockerRegistry();

await describeWithCluster("registries", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  const servers: RegistryServer[] = [];
  let source: RegistryServer;
  let target: RegistryServer;
  /** Takes two people. */
  let rotated: RegistryServer;

  let installed: Installer | undefined;
  const signal = () => AbortSignal.timeout(60_000);
  const store = () => new RegistryStore(test.dataDir, undefined);
  const methods = () =>
    serveRegistries({
      ...{ connections: room.connections, tools: test.tools, dataDir: test.dataDir, assetsDir },
      store: store(),
      recordPullSecrets: (change) =>
        installed === undefined ? Promise.resolve([]) : installed.recordPullSecrets(change),
    }).methods;
  const credentials = (host: string, password = "right") => ({
    ...{ kind: "other" as const, host, username: "course", password, plain: false },
  });
  const serve = async (options: Parameters<typeof startRegistry>[1]) => {
    const server = await startRegistry(test.tools, options);
    servers.push(server);
    return server;
  };
  async function last<T>(items: AsyncIterable<T>): Promise<T> {
    let item: T | undefined;
    for await (item of items);
    if (item === undefined) throw new Error("nothing came");
    return item;
  }

  beforeAll(async () => {
    const htpasswd = `course:${await hash("right", 4)}`;
    source = await serve({
      images: [
        { name: "kubeflow/many:1", platforms: ["linux/amd64", "linux/arm64"], layers: 3, bytes: 40_000 },
        { name: "kubeflow/one:1", layers: 8, bytes: 40_000 },
      ],
    });
    target = await serve({ htpasswd, auth: "bearer" });
    rotated = await serve({ htpasswd: `${htpasswd}\nnew:${await hash("other", 4)}`, auth: "basic" });
  });
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  it("are connected only with credentials that they accept, and say why they don't", async () => {
    const add = (input: ReturnType<typeof credentials> & { certificate?: string }) =>
      methods()["registries.add"](input, signal());
    await expect(add(credentials(target.host, "wrong"))).rejects.toMatchObject({ code: "credentials-rejected" });
    await expect(add(credentials("127.0.0.1:1"))).rejects.toMatchObject({ code: "cluster-unreachable" });
    const other = await serve({ tlsNames: ["another.example"] });
    await expect(add(credentials(other.host))).rejects.toMatchObject({ code: "cluster-untrusted" });
    const trusted = { ...credentials(other.host), certificate: other.certificate ?? "" };
    await expect(add(trusted)).rejects.toThrow("for another name");
    expect((await methods()["registries.list"]({}, signal())).registries).toEqual([]);
    expect(await add(credentials(target.host))).toEqual({ challenge: "bearer" });
    const list = await methods()["registries.list"]({}, signal());
    expect(list.registries.map(({ host }) => host)).toEqual([target.host]);
    expect(JSON.stringify(list)).not.toContain("right");
    expect(await methods()["registries.checkStored"]({ host: target.host }, signal())).toEqual({ challenge: "bearer" });
  });

  it("tell the sizes and architectures of images, and which don't answer", async () => {
    const images = ["kubeflow/many:1", "kubeflow/gone:1"].map((name) => `${source.host}/${name}`);
    const item = await last(methods()["images.inspect"]({ images, head: false }, signal()));
    const [many, gone] = images.map((image) => item.images.find((one) => one.image === image));
    expect(many?.platforms.map(({ platform }) => platform)).toEqual(["linux/amd64", "linux/arm64"]);
    expect(many?.platforms[0]?.size).toBeGreaterThan(120_000);
    expect(gone?.problem?.code).toBe("not-found");
  });

  it("get copies that continue after a stop, with nothing sent twice", async () => {
    const images = ["kubeflow/many:1", "kubeflow/one:1"].map((name) => `${source.host}/${name}`);
    const input = { images, prefix: `${target.host}/course`, platforms: [] };
    const stop = new AbortController();
    const items: MirrorProgress[] = [];
    await expect(
      (async () => {
        for await (const item of methods()["images.mirror"](input, stop.signal)) {
          items.push(item);
          stop.abort();
        }
      })(),
    ).rejects.toThrow();
    expect(items[0]?.images.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
    const done: StreamItem<"images.mirror"> = await last(methods()["images.mirror"](input, signal()));
    expect(done.images.map(({ problem }) => problem)).toEqual([undefined, undefined]);
    expect(done.images.every(({ state }) => state === "copied" || state === "present")).toBe(true);
    const again = await last(methods()["images.mirror"](input, signal()));
    expect(again.images.map(({ state }) => state)).toEqual(["present", "present"]);
    expect(again.summary).toMatchObject({ blobsSent: 0, bytesSent: 0 });
  });

  it("have their credentials written as pull secrets, also for profiles that are made later, and rotated", async () => {
    await installProfileKinds(kubectl);
    await kubectl.text("create", "namespace", "team");
    await kubectl.text("label", "namespace", "team", "app.kubernetes.io/part-of=kubeflow-profile");
    await kubectl.text("create", "serviceaccount", "default-editor", "-n", "team");
    await kubectl.text(
      "patch",
      "serviceaccount",
      "default-editor",
      "-n",
      "team",
      "-p",
      '{"imagePullSecrets":[{"name":"theirs"}]}',
    );
    const asked = { context: room.context, name: "registry-pull" };
    const rows = async () => (await methods()["pullSecrets.list"](asked, signal())).rows;
    expect((await rows()).find(({ namespace }) => namespace === "team")).toMatchObject({
      ...{ isProfile: true, secret: "missing" },
      accounts: expect.arrayContaining(["default-editor"]),
    });
    const write = () => methods()["pullSecrets.write"]({ ...asked, namespaces: ["team"] }, signal());
    expect(await write()).toEqual({ written: ["team"], failed: [] });
    const read = async (kind: string, name: string) =>
      parseJson(await kubectl.text("get", kind, name, "-n", "team", "-o", "json"));
    expect(at(await read("serviceaccount", "default-editor"), "imagePullSecrets")).toEqual([
      { name: "theirs" },
      { name: "registry-pull" },
    ]);
    const secret = await read("secret", "registry-pull");
    expect(at(secret, "type")).toBe("kubernetes.io/dockerconfigjson");
    const config = parseJson(Buffer.from(String(at(secret, "data", ".dockerconfigjson")), "base64").toString());
    expect(at(config, "auths", target.host)).toMatchObject({ username: "course", password: "right" });
    expect((await rows()).find(({ namespace }) => namespace === "team")).toMatchObject({
      secret: "current",
      accounts: [],
    });
    // Other credentials are in all Secrets once they are written again.
    const second = await serve({ htpasswd: `course:${await hash("new", 4)}`, auth: "basic" });
    await methods()["registries.add"](credentials(second.host, "new"), signal());
    expect((await rows()).find(({ namespace }) => namespace === "team")?.secret).toBe("outdated");
    await write();
    expect((await rows()).find(({ namespace }) => namespace === "team")?.secret).toBe("current");
    expect(await readFile(join(test.dataDir, "registries.json"), "utf8")).toContain(second.host);
  });

  /** Other credentials go into all Secrets or into none, and into the folder, so that nothing differs afterwards. */
  async function rotates(install: InstallRoom, profile: string): Promise<void> {
    const { context } = room;
    const passwordIn = async (namespace: string) => {
      const secret = parseJson(await kubectl.text("get", "secret", "pull", "-n", namespace, "-o", "json"));
      const config = parseJson(Buffer.from(String(at(secret, "data", ".dockerconfigjson")), "base64").toString());
      return at(config, "auths", rotated.host, "password");
    };
    const everywhere = async () => [await passwordIn("kubeflow"), await passwordIn(profile)];
    const rotate = (password: string) =>
      methods()["pullSecrets.rotate"]({ context, host: rotated.host, username: "new", password }, signal());
    await expect(rotate("wrong")).rejects.toMatchObject({ code: "credentials-rejected" });
    expect(await everywhere()).toEqual(["right", "right"]);
    await kubectl.apply(...fixedSecrets(profile));
    await expect.poll(async () => (await kubectl.run(tryToChange(profile))).code).not.toBe(0);
    await expect(rotate("other")).rejects.toThrow(`${profile}/pull`);
    expect(await everywhere()).toEqual(["right", "right"]);
    await kubectl.text("delete", "validatingadmissionpolicybinding,validatingadmissionpolicy", "fixed-secrets");
    await expect.poll(async () => (await kubectl.run(tryToChange(profile))).code).toBe(0);
    const { secrets, unrecorded } = await rotate("other");
    expect(secrets).toEqual(expect.arrayContaining([{ namespace: profile, name: "pull" }]));
    expect(unrecorded).toEqual([]);
    expect(await everywhere()).toEqual(["other", "other"]);
    const drift = await install.installer.drift.find(install.kfDir("pulling"), context, signal());
    expect(JSON.stringify(drift)).not.toContain('"pull"');
  }

  it("give their credentials to an installation before its pods are created, and to its profile", async () => {
    await methods()["registries.add"](credentials(rotated.host), signal());
    const install = await openInstallRoom(test.kubeconfig, test.tools, { pullSecrets: pullSecretsOf(store()) });
    try {
      const components = await allComponents(install.installer, "starter");
      const settings = install.settings("starter", "pulling", { pullSecret: "pull", components });
      await install.install(settings);
      expect((await untilEnded(install, install.kfDir("pulling"))).state).toBe("installed");
      const all = async (kind: string, namespace: string) =>
        list(at(parseJson(await kubectl.text("get", kind, "-n", namespace, "-o", "json")), "items"));
      const created = (object: unknown) => Date.parse(String(at(object, "metadata", "creationTimestamp")));
      for (const namespace of ["kubeflow", settings.userNamespace]) {
        const secret = parseJson(await kubectl.text("get", "secret", "pull", "-n", namespace, "-o", "json"));
        const config = Buffer.from(String(at(secret, "data", ".dockerconfigjson")), "base64").toString();
        expect(at(parseJson(config), "auths", target.host)).toMatchObject({ username: "course", password: "right" });
        if (namespace !== "kubeflow") continue;
        const pods = await all("pods", namespace);
        expect(pods.length).toBeGreaterThan(0);
        for (const pod of pods) {
          expect(created(pod)).toBeGreaterThanOrEqual(created(secret));
          expect(at(pod, "spec", "imagePullSecrets")).toContainEqual({ name: "pull" });
        }
      }
      const accounts = await all("serviceaccounts", settings.userNamespace);
      for (const account of accounts) expect(at(account, "imagePullSecrets")).toContainEqual({ name: "pull" });
      // Only a digest of it is in the folder.
      const rendered = join(install.kfDir("pulling"), "rendered");
      const texts = await Promise.all((await readdir(rendered)).map((one) => readFile(join(rendered, one), "utf8")));
      expect(texts.join("")).toContain("dockerconfigjson: hmac-sha256:");
      expect(texts.join("")).not.toContain(Buffer.from('{"auths"').toString("base64").slice(0, 10));
      installed = install.installer;
      await rotates(install, settings.userNamespace);
    } finally {
      await install.close();
    }
  });

  it("run in the cluster: shown first, with what each node's runtime needs, and taken back when it is cancelled", async () => {
    const { context } = room;
    const settings = registryDeployment.parse({ host: "127.0.0.1", nodePort: await freeNodePort() });
    const plan = await methods()["registryDeployment.plan"]({ context, settings }, signal());
    expect(plan.host).toBe(`127.0.0.1:${settings.nodePort}`);
    expect(plan.changes.map(({ object, what }) => `${what} ${object.kind}`)).toEqual(
      ["Namespace", "Secret", "Secret", "PersistentVolumeClaim", "Deployment", "Service"].map(
        (kind) => `create ${kind}`,
      ),
    );
    expect(plan.recipes.flatMap(({ nodes }) => nodes)).toHaveLength(3);
    const stop = new AbortController();
    const apply = methods()["registryDeployment.apply"]({ context, settings, digest: plan.digest }, stop.signal);
    for await (const { step } of apply) if (step === "write" || step === "start") stop.abort();
    await expect
      .poll(async () => (await kubectl.run(["get", "namespace", settings.namespace])).code, { timeout: 20_000 })
      .not.toBe(0);
    expect((await methods()["registries.list"]({}, signal())).registries.map(({ host }) => host)).not.toContain(
      plan.host,
    );
    const stale = methods()["registryDeployment.apply"]({ context, settings, digest: "other" }, signal());
    expect((await last(stale)).problem?.code).toBe("plan-stale");
  });

  it.skipIf(missing !== undefined)(
    `run in the cluster as Docker's own registry takes it, with TLS and a password${missing ? ` (${missing})` : ""}`,
    async () => {
      const { context } = room;
      const settings = registryDeployment.parse({ host: "127.0.0.1", nodePort: await freeNodePort() });
      const asked = { context, settings };
      const { digest, host } = await methods()["registryDeployment.plan"](asked, signal());
      const done = await last(methods()["registryDeployment.apply"]({ ...asked, digest }, signal()));
      expect(done).toMatchObject({ state: "done" });
      expect(done.notes.map(({ tone }) => tone)).toEqual(["ok", "warn"]);
      const read = async (kind: string, name: string) =>
        parseJson(await kubectl.text("get", kind, name, "-n", settings.namespace, "-o", "json"));
      let server: DockerRegistry | undefined;
      try {
        server = await runAsDeployed(
          {
            deployment: await read("deployment", "registry"),
            secrets: await Promise.all(["registry-htpasswd", "registry-tls"].map((name) => read("secret", name))),
            port: settings.nodePort,
          },
          join(test.dataDir, "docker-registry"),
        );
        expect(await methods()["registries.checkStored"]({ host }, signal())).toEqual({ challenge: "basic" });
        await expect(methods()["registries.check"](credentials(host, "wrong"), signal())).rejects.toMatchObject({
          code: "cluster-untrusted",
        });
        const input = { images: [`${source.host}/kubeflow/many:1`], prefix: `${host}/course`, platforms: [] };
        const copied = await last(methods()["images.mirror"](input, signal()));
        expect(copied.images.map(({ state, problem }) => problem?.message ?? state)).toEqual(["copied"]);
        const images = copied.images.map(({ to }) => to);
        const found = await last(methods()["images.inspect"]({ images, head: false }, signal()));
        expect(found.images[0]?.platforms.map(({ platform }) => platform)).toEqual(["linux/amd64", "linux/arm64"]);
      } finally {
        await server?.stop();
      }
      const { registries } = await methods()["registryDeployment.list"]({ context }, signal());
      expect(registries).toMatchObject([{ host, isReady: true, isConnected: true, data: { size: "50Gi" } }]);
      expect(registries[0]?.recipes.flatMap(({ files }) => files.map(({ content }) => content)).join()).toContain(
        registries[0]?.authority,
      );
      // Deployed again, password and certificate stay; a change shows its fields.
      const again = await methods()["registryDeployment.plan"](asked, signal());
      expect(again.changes).toEqual([]);
      const other = { context, settings: { ...settings, nodePort: settings.nodePort + 1 } };
      const changed = await methods()["registryDeployment.plan"](other, signal());
      const paths = changed.changes.map(({ object: { kind }, fields }) => [kind, fields.map(({ path }) => path)]);
      expect(paths).toEqual([
        ["Deployment", ["metadata.annotations[flowdeck.dev/registry-settings]"]],
        ["Service", ["spec.ports[name=registry].nodePort"]],
      ]);
      const named = { context, namespace: settings.namespace, name: "registry" };
      const remove = methods()["registryDeployment.delete"];
      await expect(remove({ ...named, confirm: "other", keepData: false }, signal())).rejects.toMatchObject({
        code: "not-allowed",
      });
      const contents = await methods()["registryDeployment.contents"](named, signal());
      expect(contents.objects.map(({ kind }) => kind)).toContain("PersistentVolumeClaim");
      const kept = await remove({ ...named, confirm: "registry", keepData: true }, signal());
      expect(kept.stays.map(({ kind }) => kind)).toEqual(["PersistentVolumeClaim", "Namespace"]);
      expect((await methods()["registryDeployment.list"]({ context }, signal())).registries).toEqual([]);
    },
  );
});
