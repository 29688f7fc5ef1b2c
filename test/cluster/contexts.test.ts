import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ContextEntry, type ContextList, contextId } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import {
  type ClusterClient,
  ClusterConnections,
  KubeconfigEditor,
  Kubeconfigs,
  type KubeObject,
} from "../../electron/cluster/index.ts";
import { ContextOptionsStore } from "../../electron/settings/index.ts";
import { CutProxy } from "./cut-proxy.ts";
import { eventually, Kubectl } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

const container = { name: "c", image: "registry.example/web:1" };
const pod = (name: string): KubeObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "default" },
  spec: { containers: [container] },
});
const refOf = (name: string) => ({ apiVersion: "v1", kind: "Pod", name, namespace: "default" });

await describeWithCluster("options of contexts", (test) => {
  const kubectl = new Kubectl(test.tools, () => test.kubeconfig);
  const never = new AbortController().signal;
  let kubeconfigs: Kubeconfigs;
  let connections: ClusterConnections;
  let practice: ContextEntry;
  /** The user's own kubeconfig: a copy of the practice cluster's, which may be edited. */
  let own: string;
  let ownKubectl: Kubectl;

  beforeAll(async () => {
    own = join(test.dataDir, "own");
    await writeFile(own, await kubectl.text("config", "view", "--raw", "--flatten"));
    ownKubectl = new Kubectl(test.tools, () => own);
    kubeconfigs = new Kubeconfigs({
      dataDir: test.dataDir,
      environment: { KUBECONFIG: own },
      home: test.dataDir,
      practice: test.kubeconfig,
      options: new ContextOptionsStore(test.dataDir),
    });
    connections = new ClusterConnections({ kubeconfigs, environment: {}, lingerMs: 100 });
    const { contexts } = await kubeconfigs.list();
    practice = contexts.find(({ file }) => file === own) as ContextEntry;
    await kubectl.apply(pod("web"));
    await kubectl.wait("pod/web", "condition=Ready");
  });
  afterAll(async () => {
    await connections?.close();
  });

  const shell = (client: ClusterClient, subresource = "exec") =>
    client.socket({
      path: client.pathOf(
        { group: "", version: "v1", plural: "pods", namespaced: true },
        { namespace: "default", name: "web", subresource },
      ),
      query: [
        ["stdout", "true"],
        ["command", "true"],
      ],
      protocols: ["v5.channel.k8s.io"],
      what: message("request.run", { command: "sh", pod: "default/web" }),
      signal: never,
    });

  it("read-only refuses whatever changes the cluster, from the next request on, and nothing else", async () => {
    const kube = await connections.client(practice.id);
    await kube.create(pod("before"));
    await kubeconfigs.setOptions(practice.id, { readOnly: true });

    const path = "/api/v1/namespaces/default/pods";
    const scale = { group: "apps", version: "v1", plural: "deployments", namespaced: true };
    const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "before" } };
    const attempts: Record<string, () => Promise<unknown>> = {
      create: () => kube.create(pod("new")),
      apply: () => kube.apply(pod("new")),
      replace: () => kube.replace(pod("before")),
      "merge patch": () => kube.mergePatch(refOf("before"), { metadata: { labels: { a: "b" } } }),
      "JSON patch": () => kube.jsonPatch(refOf("before"), [{ op: "remove", path: "/spec" }], { subresource: "status" }),
      delete: () => kube.delete(refOf("before")),
      scale: () =>
        kube.request({
          method: "PATCH",
          path: kube.pathOf(scale, { namespace: "default", name: "x", subresource: "scale" }),
          body: "{}",
          what: message("request.scale", { object: "Deployment default/x" }),
        }),
      evict: () => kube.raw(`${path}/before/eviction`, { method: "POST", body: JSON.stringify(eviction) }),
      "delete all": () => kube.raw(path, { method: "DELETE" }),
      // The API server reads no query where there is a body: this would really delete.
      "delete, tried in the wrong place": () =>
        kube.request({
          method: "DELETE",
          path: `${path}/before?dryRun=All`,
          body: "{}",
          what: message("request.delete", { object: "ConfigMap default/before" }),
        }),
      "a token": () =>
        kube.raw("/api/v1/namespaces/default/serviceaccounts/default/token", { method: "POST", body: "{}" }),
      proxy: () => kube.raw(`${path}/web/proxy/x?dryRun=All`, { method: "POST", body: "{}" }),
      stream: () =>
        kube.bytes(
          { method: "POST", path, what: message("request.create", { object: "ConfigMap" }), body: "{}", signal: never },
          async (bytes) => bytes,
        ),
      exec: () => shell(kube),
      attach: () => shell(kube, "attach"),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      await expect(attempt(), name).rejects.toMatchObject({
        code: "not-allowed",
        message: expect.stringMatching(/^Cannot .*: context .+ is read-only in Flowdeck\.$/),
        advice: [expect.objectContaining({ id: expect.any(String) })],
      });
    }
    // Another client is held to it as well, and the server was told nothing.
    const other = await connections.client(practice.id);
    await expect(other.create(pod("new"))).rejects.toMatchObject({ code: "not-allowed" });
    expect(await kubectl.text("get", "pods", "-o=name", "--sort-by=.metadata.name")).toBe("pod/before\npod/web\n");
    expect(await kubectl.text("get", "pod", "before", "-o=jsonpath={.metadata.labels.a}")).toBe("");

    expect((await kube.list("v1", "Pod")).length).toBe(2);
    expect(await kube.mayI({ verb: "create", group: "", resource: "pods" })).toEqual({
      allowed: false,
      reason: message("server.readOnlyContext", { context: practice.name }),
    });
    expect(await kube.mayI({ verb: "watch", group: "", resource: "pods" })).toMatchObject({ allowed: true });
    expect(await connections.connect(practice.id)).toMatchObject({
      canInstall: false,
      missing: [],
      warnings: [{ code: "not-allowed", message: expect.stringContaining("read-only") }],
    });
    expect(await kube.create(pod("tried"), { dryRun: true })).toMatchObject({ metadata: { name: "tried" } });
    expect(await kube.apply(pod("tried"), { dryRun: true })).toMatchObject({ metadata: { name: "tried" } });
    expect(await kube.delete(refOf("before"), { dryRun: true })).toBe(true);
    expect(await kubectl.text("get", "pods", "-o=name")).toContain("pod/before");
    const rules = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectRulesReview",
      spec: { namespace: "default" },
    };
    const review = { method: "POST", body: JSON.stringify(rules) };
    expect(await kube.raw("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", review)).toContain("resourceRules");
    (await shell(kube, "portforward").catch(() => undefined))?.terminate();

    await kubeconfigs.setOptions(practice.id, { readOnly: false });
    expect(await kube.delete(refOf("before"), { gracePeriodSeconds: 0 })).toBe(true);
    (await shell(other)).terminate();
    await other.close();
    await kube.close();
  });

  it("impersonation acts as that user, as kubectl does with --as", async () => {
    await kubectl.text("create", "role", "reader", "--verb=get,list", "--resource=pods");
    await kubectl.text("create", "rolebinding", "readers", "--role=reader", "--group=읽기 전용");
    const as = ["--as=김지수", "--as-group=읽기 전용", "--as-group=second"];
    const impersonate = { user: "김지수", groups: ["읽기 전용", "second"] };
    const admin = await connections.client(practice.id);
    await kubeconfigs.setOptions(practice.id, { impersonate });
    const { contexts } = await kubeconfigs.list();
    expect(contexts.find(({ id }) => id === practice.id)?.actsAs).toEqual({ ...impersonate, from: "options" });

    const kube = await connections.client(practice.id);
    const who = async (client: ClusterClient) =>
      JSON.parse(
        await client.raw("/apis/authentication.k8s.io/v1/selfsubjectreviews", {
          method: "POST",
          body: JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" }),
        }),
      ).status.userInfo;
    const oracle = JSON.parse(await kubectl.text("auth", "whoami", "-o=json", ...as));
    expect(await who(kube)).toEqual(oracle.status.userInfo);
    expect((await kube.list("v1", "Pod", { namespace: "default" })).map(({ metadata }) => metadata.name)).toEqual([
      "web",
    ]);
    const refused = await kubectl.run(["create", "configmap", "x", ...as]);
    const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x", namespace: "default" } };
    const error = await kube.create(configMap).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "forbidden",
      message: "User 김지수 does not have permission to create configmaps in namespace default.",
    });
    expect(refused.stderr).toContain((error as { detail: string }).detail);
    await expect(shell(kube)).rejects.toMatchObject({ code: "forbidden" });
    const info = await connections.connect(practice.id);
    expect(info.canInstall).toBe(false);
    // Nobody goes on unnoticed as the one they were.
    await expect(who(admin)).rejects.toMatchObject({ code: "cancelled" });

    await kubeconfigs.setOptions(practice.id, { impersonate: null });
    const again = await connections.client(practice.id);
    expect(await who(again)).toEqual(JSON.parse(await kubectl.text("auth", "whoami", "-o=json")).status.userInfo);
    for (const client of [admin, kube, again]) await client.close();
  });

  it("the list follows kubectl config, and kubectl reads what the editor wrote", async () => {
    const ended = new AbortController();
    const lists: ContextList[] = [];
    const reading = (async () => {
      for await (const list of kubeconfigs.watch(ended.signal)) lists.push(list);
    })();
    const untilNames = (names: string[], current: string) =>
      eventually(async () => {
        const mine = (lists.at(-1)?.contexts ?? []).filter(({ file }) => file === own);
        const seen = mine.map(({ name }) => name).toSorted();
        const is = mine.find((context) => context.current)?.name ?? "";
        return JSON.stringify([seen, is]) === JSON.stringify([names, current]) ? true : undefined;
      });
    const { name } = practice;
    await untilNames([name], name);
    await ownKubectl.text(
      "config",
      "set-context",
      "second",
      `--cluster=${practice.cluster}`,
      `--user=${practice.user}`,
    );
    await untilNames([name, "second"].toSorted(), name);
    await ownKubectl.text("config", "use-context", "second");
    await untilNames([name, "second"].toSorted(), "second");
    await ownKubectl.text("config", "rename-context", "second", "third");
    await untilNames([name, "third"].toSorted(), "third");

    const editor = new KubeconfigEditor(kubeconfigs);
    const third = contextId.parse(lists.at(-1)?.contexts.find((context) => context.name === "third")?.id);
    const { context } = await editor.rename(third, "한글 이름");
    expect(await ownKubectl.text("config", "current-context")).toBe("한글 이름\n");
    expect(await ownKubectl.text("get", "pod", "web", "-o=name", "--context=한글 이름")).toBe("pod/web\n");
    await editor.setCurrent(practice.id);
    expect(await ownKubectl.text("config", "current-context")).toBe(`${name}\n`);
    await editor.remove(context);
    expect(await ownKubectl.text("config", "get-contexts", "-o=name")).toBe(`${name}\n`);
    expect(await ownKubectl.text("get", "pod", "web", "-o=name")).toBe("pod/web\n");
    await untilNames([name], name);
    ended.abort();
    await reading;
  });

  it("a watch goes on when its token was replaced, and the old one no longer counts", async () => {
    const proxy = await CutProxy.to(practice.server);
    const tokenFile = join(test.dataDir, "rotating-token");
    await kubectl.text("create", "serviceaccount", "rotating");
    await kubectl.text(
      "create",
      "clusterrolebinding",
      "rotating",
      "--clusterrole=view",
      "--serviceaccount=default:rotating",
    );
    for (const name of ["first", "second"]) await kubectl.text("create", "secret", "generic", name);
    const token = (secret: string) =>
      kubectl.text("create", "token", "rotating", "--bound-object-kind=Secret", `--bound-object-name=${secret}`);
    const first = await token("first");
    await writeFile(tokenFile, first);
    const config = JSON.parse(await kubectl.text("config", "view", "--raw", "--flatten", "-o=json"));
    config.clusters[0].cluster.server = proxy.url;
    config.users[0].user = { tokenFile };
    config.contexts[0].name = "rotating";
    const file = join(test.dataDir, "rotating");
    await writeFile(file, JSON.stringify(config));
    const { contexts } = await kubeconfigs.addFile(file);
    const kube = await connections.client(contextId.parse(contexts.find((context) => context.file === file)?.id));

    const abort = new AbortController();
    const events: string[] = [];
    const states: string[] = [];
    const onConnection = (state: string): number => states.push(state);
    const select = { namespace: "default", fieldSelector: "metadata.name=rotated" };
    const reading = (async () => {
      for await (const { type } of kube.watch("v1", "ConfigMap", { ...select, signal: abort.signal, onConnection })) {
        events.push(type);
      }
    })();
    await eventually(async () => (states.at(-1) === "live" ? true : undefined));
    await writeFile(tokenFile, await token("second"));
    await kubectl.text("delete", "secret", "first");
    // The API server remembers for some seconds that a token was good.
    await eventually(async () =>
      (
        await kubectl.run([
          "get",
          "--raw=/api",
          `--token=${first}`,
          "--kubeconfig=/dev/null",
          `--server=${practice.server}`,
          "--insecure-skip-tls-verify",
        ])
      ).stderr.includes("Unauthorized")
        ? true
        : undefined,
    );
    proxy.cut();
    await kubectl.text("create", "configmap", "rotated");
    await eventually(async () => (events.includes("added") ? true : undefined));
    expect(events).toEqual(["synced", "added"]);
    expect(states).toContain("reconnecting");
    abort.abort();
    await reading;
    await kube.close();
    await proxy.close();
  });
});
