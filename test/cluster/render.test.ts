import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { accessSettings } from "../../common/contract/index.ts";
import { fields } from "../../common/json/index.ts";
import type { KubeObject } from "../../electron/cluster/index.ts";
import {
  Catalogue,
  type CatalogueRelease,
  type ClusterPlatform,
  customise,
  type Prepared,
  planningSecrets,
  prepare,
} from "../../electron/install/index.ts";
import { podRequest, podTemplateOf, replicasOf } from "../../electron/install/plan/workloads.ts";
import { configHashAnnotation } from "../../electron/install/render/edit.ts";
import { prefixImages } from "../../electron/install/render/image-prefix.ts";
import { releaseOn } from "../../electron/install/render/platform.ts";
import { claimsWithPassword } from "../../electron/install/render/storage-passwords.ts";
import { makeWorkingCopy } from "../../electron/install/render/working-copy.ts";
import { openMirror } from "../../electron/install/sources/mirror.ts";
import { provideSource } from "../../electron/install/sources/sources.ts";
import { createTools, type Tools } from "../../electron/tools/index.ts";
import { foreignImages } from "../unit/install/foreign-images.ts";
import { assetsDir, failure, settings, sharedMirror } from "../unit/install/support.ts";
import { whyNoCluster } from "./support.ts";

const run = promisify(execFile);
const tools = createTools();
const noToolbox = await whyNoCluster(tools);
const noRelease = noToolbox ?? (sharedMirror === undefined ? "no ../shared/kubeflow here" : undefined);
/** `describe`, skipped with the reason where there is one. */
function suite(name: string, why: string | undefined, body: () => void): void {
  if (why === undefined) describe(name, body);
  else describe.skip(`${name} (${why})`, body);
}

const keyOf = ({ apiVersion, kind, metadata }: KubeObject) =>
  `${apiVersion} ${kind} ${metadata.namespace ?? "-"} ${metadata.name}`;
const flat = (prepared: Prepared) => prepared.components.flatMap(({ objects }) => objects);
const everything = (release: CatalogueRelease) => ({ components: release.components.map(({ id }) => id) });

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "flowdeck-render-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const releases = [
  { id: "26.03", objects: 675, proxy: "gcr.io_istio-release_proxyv2" },
  { id: "26.03.1", objects: 727, proxy: "registry.istio.io_release_proxyv2" },
];

describe.each(releases)("the whole of $id", ({ id, objects: count, proxy }) => {
  suite("rendered", noRelease, () => {
    const mirror = sharedMirror ?? "";
    let release: CatalogueRelease;
    let prepared: Prepared;

    beforeAll(async () => {
      release = await new Catalogue(assetsDir).get(id);
      prepared = await prepare({ settings: everything(release), release, dataDir, assetsDir, mirror, tools });
    });

    it("gives exactly the objects that are expected", async () => {
      const expected = (await readFile(join(mirror, `expected-${id}-objects.txt`), "utf8")).trim().split("\n");
      expect(expected).toHaveLength(count);
      expect(flat(prepared).map(keyOf).sort()).toEqual(expected.sort());
    });

    it("gives, object by object, what the joined example gives", async () => {
      const options = { dataDir, assetsDir, mirror: await openMirror(mirror) };
      const sources = await Promise.all(release.sources.map((source) => provideSource(source, options)));
      const [root, ...others] = sources;
      if (root === undefined) throw new Error("no sources");
      const copy = await makeWorkingCopy(join(dataDir, `joined-${id}`), root, others, release.remoteBases, ["example"]);
      const kustomize = await tools.toolbox("kustomize");
      const built = await run(kustomize.file, [...kustomize.args, "build", join(copy.root, "example")], {
        env: tools.environment(),
        maxBuffer: 64 * 1024 ** 2,
      });
      const documents = parseAllDocuments(built.stdout);
      if (!Array.isArray(documents)) throw new Error("nothing was built");
      const joined = new Map(
        documents.map((document): [string, KubeObject] => [keyOf(document.toJS()), document.toJS()]),
      );
      // The one stray annotation: the joined build even resolves it, to another component's certificate.
      const jobset = joined.get("apiextensions.k8s.io/v1 CustomResourceDefinition - jobsets.jobset.x-k8s.io");
      expect(jobset?.metadata.annotations).toHaveProperty(
        ["cert-manager.io/inject-ca-from"],
        "kubeflow/pvcviewer-serving-cert",
      );
      delete jobset?.metadata.annotations?.["cert-manager.io/inject-ca-from"];
      // In the joined build the volume viewer's rules for names reach KServe's certificates of 26.03.1: they name its issuer,
      // though KServe brings its own. Both sign with the certificate's own key.
      for (const certificate of joined.values()) {
        const issuer = certificate.kind === "Certificate" ? fields(fields(certificate.spec).issuerRef) : {};
        if (certificate.metadata.labels?.["app.kubernetes.io/name"] !== "kserve" || issuer.name === undefined) continue;
        expect(["selfsigned-issuer", "pvcviewer-selfsigned-issuer"]).toContain(issuer.name);
        certificate.spec = { ...fields(certificate.spec), issuerRef: { ...issuer, name: "selfsigned-issuer" } };
      }
      for (const object of flat(prepared)) expect(object, keyOf(object)).toEqual(joined.get(keyOf(object)));
      expect(joined.size).toBe(count);
    });

    it("opens a way in with all that belongs to it: every program that sets cookies, and the release's own policies", async () => {
      const secrets = { ...(await planningSecrets()), tlsCertificate: "CERTIFICATE", tlsKey: "KEY" };
      const notes = (access: object) =>
        customise(prepared, settings({ access: accessSettings.parse(access) }), secrets).adjustments.map(
          ({ object: { kind, name }, said }) => `${kind} ${name} ${said.id}`,
        );
      const host = "kubeflow.example.com";
      const plain = notes({ way: "nodePort", nodePort: 31380 });
      expect(plain).toEqual([
        "Service istio-ingressgateway wayIn.becauseNodePort",
        "Deployment jupyter-web-app-deployment wayIn.becausePlainCookies",
        "Deployment volumes-web-app-deployment wayIn.becausePlainCookies",
        "Deployment tensorboards-web-app-deployment wayIn.becausePlainCookies",
        "NetworkPolicy kubeflow-way-in wayIn.becauseAdmitted",
      ]);
      const acme = notes({ way: "loadBalancer", host, tls: { kind: "acme", email: "a@example.com" } });
      expect(acme.filter((note) => note.endsWith("becauseChallenge"))).toEqual([
        "AuthorizationPolicy istio-ingressgateway-oauth2-proxy wayIn.becauseChallenge",
        "AuthorizationPolicy istio-ingressgateway-require-jwt wayIn.becauseChallenge",
      ]);
      // The web apps are set for https already, oauth2-proxy is not.
      expect(acme.filter((note) => note.endsWith("becauseSecure"))).toEqual([
        "Deployment oauth2-proxy wayIn.becauseSecure",
      ]);
      expect(acme).toContain("Gateway kubeflow-gateway wayIn.becauseTls");
      const all = JSON.stringify(
        customise(
          prepared,
          settings({ access: accessSettings.parse({ way: "nodePort", host, tls: { kind: "given" } }) }),
          secrets,
        ),
      );
      // Sign-in needs no address: its redirects are relative in this release.
      expect(all).toContain("relative_redirect_url = true");
      expect([...all.matchAll(/"name":"\w*APP_SECURE_COOKIES","value":"(\w+)"/g)].map(([, value]) => value)).toEqual([
        ...["true", "true", "true"],
      ]);
    });

    it("takes every setting, and leaves no trace of the public example", async () => {
      const mine = settings({ images: { mysql: "mirror.local/mysql" } });
      const text = JSON.stringify(customise(prepared, mine, await planningSecrets()).components);
      for (const example of [
        "user@example.com",
        "kubeflow-user-example-com",
        "4K/VkmDd1q1Orb3xAt82zu8",
        "cFVCbkJPWTgwU25YZ2ppYlRZTTlaV056WTJ4cmVOR1Fvaw",
        "N2QxNmZlZTkyZjhkMTFiODk0MGIwODFiM2Y4YjhhY2I",
      ])
        expect(text).not.toContain(example);
      expect(text).toContain('"image":"mirror.local/mysql:8.0"');
      expect(text).not.toContain('"image":"mysql:');
    });

    it("has a password of its own for each database and for the object store, wherever it is read", async () => {
      const known = await planningSecrets();
      const { components } = customise(prepared, settings(), known);
      const objects = components.flatMap((component) => component.objects);
      const publishedWords = ["minio123", "test", "postgres", "MTIzNDEyMzQ="];
      const passwords = new Map<string, string>();
      for (const secret of objects.filter(({ kind }) => kind === "Secret")) {
        const plain = Object.entries(fields(secret.stringData));
        const encoded = Object.entries(fields(secret.data)).map(([key, value]): [string, unknown] => [
          key,
          Buffer.from(String(value), "base64").toString(),
        ]);
        for (const [key, value] of [...plain, ...encoded]) {
          if (!/password$|secretkey/i.test(key) || secret.metadata.namespace === "auth") continue;
          expect(publishedWords, `${secret.metadata.name} ${key}`).not.toContain(value);
          expect(String(value).length, `${secret.metadata.name} ${key}`).toBeGreaterThanOrEqual(40);
          passwords.set(secret.metadata.name, String(value));
        }
      }
      const expected = ["mysql-secret", "mlpipeline-minio-artifact", "katib-mysql-secrets"];
      expect([...passwords.keys()]).toEqual(expect.arrayContaining(expected));
      expect(new Set(passwords.values()).size).toBe(passwords.size);
      const text = JSON.stringify(objects.filter(({ kind }) => kind !== "CustomResourceDefinition"));
      for (const word of ["minio123", "bWluaW8xMjM="]) expect(text).not.toContain(word);
      // The values are in their Secrets alone; everything else names these.
      const others = JSON.stringify(objects.filter(({ kind }) => kind !== "Secret"));
      for (const password of passwords.values()) expect(others).not.toContain(password);

      const deployments = objects.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
      const restarted = deployments.filter((one) => JSON.stringify(one).includes(configHashAnnotation));
      const readers = deployments.filter((one) =>
        [...passwords.keys()].some((name) => JSON.stringify(one).includes(`"name":"${name}"`)),
      );
      for (const { metadata } of readers) expect(restarted.map((one) => one.metadata.name)).toContain(metadata.name);
      const mysql = JSON.stringify(deployments.find(({ metadata }) => metadata.name === "mysql"));
      expect(mysql).not.toContain("MYSQL_ALLOW_EMPTY_PASSWORD");
      expect(mysql).toContain(
        '{"name":"MYSQL_ROOT_PASSWORD","valueFrom":{"secretKeyRef":{"name":"mysql-secret","key":"password"}}}',
      );
      // A volume keeps the password that it was first started with: each such claim is in the release.
      for (const { component, claim } of claimsWithPassword({}, known)) {
        const own = components.find(({ id: name }) => name === component);
        const names = own?.objects
          .filter(({ kind }) => kind === "PersistentVolumeClaim")
          .map((one) => one.metadata.name);
        if (own !== undefined) expect(names).toContain(claim);
      }
    });

    it("keeps the published passwords in an installation that was made with them, and says so", async () => {
      const { storageKey: _none, ...before } = await planningSecrets();
      const noted = (result: ReturnType<typeof customise>) =>
        result.adjustments
          .filter(({ said }) => said.id === "render.publishedPassword")
          .map(({ object }) => object.name);
      const old = customise(prepared, settings(), before);
      const names = ["mysql-secret", "mlpipeline-minio-artifact", "katib-mysql-secrets"];
      expect(noted(old)).toEqual(names);
      const mysql = (components: Prepared["components"]) =>
        JSON.stringify(
          components.flatMap(({ objects }) => objects.filter(({ metadata }) => metadata.name === "mysql")),
        );
      expect(mysql(old.components)).toBe(mysql(prepared.components));
      const asked = customise(prepared, settings({ storagePasswords: "published" }), await planningSecrets());
      expect(noted(asked)).toEqual(expect.arrayContaining(names));
      expect(JSON.stringify(asked.components)).toContain('"secretkey":"minio123"');
    });

    it("differs on each platform by what the release has for it, and by nothing else", async () => {
      const issuer = "https://oidc.eks.eu-central-1.amazonaws.com/id/4F0A";
      const on = async (platform: ClusterPlatform) => {
        const changed = releaseOn(release, platform).release;
        const built = await prepare({
          settings: everything(release),
          release: changed,
          dataDir,
          assetsDir,
          mirror,
          tools,
        });
        return customise(built, settings(), secrets, platform).components.flatMap(({ objects }) => objects);
      };
      const secrets = await planningSecrets();
      const usual = new Map((await on({ id: "existing" })).map((object) => [keyOf(object), JSON.stringify(object)]));
      const different = async (platform: ClusterPlatform) => {
        const objects = await on(platform);
        const parameters = /oauth2-proxy-parameters/; // its name is a digest of its content
        expect(objects.length).toBeGreaterThanOrEqual(usual.size);
        return objects
          .filter((object) => usual.get(keyOf(object)) !== JSON.stringify(object))
          .filter(({ metadata, kind }) => !parameters.test(metadata.name) && kind !== "Deployment");
      };
      const [cni, ...others] = await different({ id: "gke" });
      expect(others).toEqual([]);
      expect(keyOf(cni ?? { apiVersion: "", kind: "", metadata: { name: "" } })).toBe(
        "apps/v1 DaemonSet kube-system istio-cni-node",
      );
      expect(JSON.stringify(cni)).toContain('"path":"/home/kubernetes/bin"');
      const eks = await different({ id: "eks", issuer });
      expect(eks.map(keyOf)).toEqual(["security.istio.io/v1beta1 RequestAuthentication istio-system m2m-token-issuer"]);
      expect(eks[0]).toMatchObject({ spec: { jwtRules: [{ issuer }] } });
      const kind = await different({ id: "kind", issuer: "https://kubernetes.default.svc.cluster.local" });
      expect(kind.map(({ metadata }) => metadata.name).sort()).toEqual([
        "cluster-jwks-proxy",
        "cluster-jwks-proxy",
        "m2m-token-issuer",
      ]);
    });

    it("needs what the catalogue says, with the containers that Istio adds", () => {
      const objects = flat(prepared);
      const injected = new Set(
        objects
          .filter(({ kind, metadata }) => kind === "Namespace" && metadata.labels?.["istio-injection"] === "enabled")
          .map(({ metadata }) => metadata.name),
      );
      const sum = { cpu: 0, memory: 0, pods: 0 };
      let biggest = { name: "", cpu: 0, memory: 0 };
      for (const object of objects) {
        const template = podTemplateOf(object);
        if (!template) continue;
        const labels = { ...template.annotations, ...template.labels };
        const sidecar =
          injected.has(object.metadata.namespace ?? "") && labels["sidecar.istio.io/inject"] !== "false" ? 1 : 0;
        // the requests of the proxy in istio-sidecar-injector
        const cpu = podRequest(template.spec, "cpu") + sidecar * 0.1;
        const memory = podRequest(template.spec, "memory") / 2 ** 30 + sidecar * 0.125;
        const pods = replicasOf(object, 1);
        sum.pods += pods;
        sum.cpu += pods * cpu;
        sum.memory += pods * memory;
        if (memory > biggest.memory) biggest = { name: object.metadata.name, cpu, memory };
      }
      const needs = release.needs;
      expect({ pods: sum.pods, cpu: sum.cpu.toFixed(1), memory: sum.memory.toFixed(1) }).toEqual({
        pods: needs?.pods,
        cpu: needs?.cpu.toFixed(1),
        memory: needs?.memoryGiB.toFixed(1),
      });
      expect(biggest).toEqual({ name: "istiod", cpu: needs?.biggest.cpu, memory: needs?.biggest.memoryGiB });
    });

    it("takes every image from a prefix, wherever it is named, and keeps digests", () => {
      expect(foreignImages(flat(prepared), "registry.example/kf").length).toBeGreaterThan(100);
      const { components, changes } = prefixImages(prepared.components, {
        imagePrefix: "registry.example/kf",
        images: {},
      });
      const objects = components.flatMap((component) => component.objects);
      expect(foreignImages(objects, "registry.example/kf")).toEqual([]);
      expect(changes.length).toBeGreaterThan(100);
      for (const { from, to } of changes) expect(to.split(/@|:(?=[^/]*$)/)[1]).toBe(from.split(/@|:(?=[^/]*$)/)[1]);
      // What Istio's injector makes of its hub and its image.
      const injector = objects.find(({ metadata }) => metadata.name === "istio-sidecar-injector");
      expect(JSON.parse(String(fields(injector?.data).values))).toMatchObject({
        global: { hub: "registry.example/kf", proxy: { image: proxy } },
      });
    });

    it("has no trace of the sign-in where no one signs in, but the provider that no policy names", async () => {
      const { components } = customise(prepared, settings({ auth: "standard" }), await planningSecrets());
      const objects = components.flatMap((component) => component.objects);
      expect(objects.filter(({ kind }) => kind === "EnvoyFilter")).toHaveLength(1);
      const referring = objects.filter(
        (object) =>
          object.kind !== "CustomResourceDefinition" &&
          /oauth2|dex\.auth|"namespace":"auth"/.test(JSON.stringify(object)),
      );
      expect(referring.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(["ConfigMap istio"]);
      const policies = objects.filter(
        ({ kind, metadata }) => kind === "AuthorizationPolicy" && metadata.namespace === "istio-system",
      );
      expect(policies.filter(({ spec }) => JSON.stringify(spec).includes("requestPrincipals"))).toEqual([]);
    });

    it("finds every object that the catalogue says names images", () => {
      for (const place of release.embeddedImages ?? []) {
        const found = flat(prepared).filter(
          ({ kind, metadata }) =>
            kind === place.kind && metadata.name === place.name && metadata.namespace === place.namespace,
        );
        expect(found, `${place.kind} ${place.name}`).toHaveLength(1);
      }
    });

    it("knows what each component really needs: the kinds and namespaces that others bring", () => {
      const owners = new Map<string, string>();
      for (const { id, objects } of prepared.components)
        for (const { kind, metadata, spec } of objects) {
          if (kind === "Namespace") owners.set(`namespace ${metadata.name}`, id);
          const names = (spec as { group?: string; names?: { kind?: string } } | undefined) ?? {};
          if (kind === "CustomResourceDefinition") owners.set(`${names.group} ${names.names?.kind}`, id);
        }
      const missing: string[] = [];
      for (const { id, objects } of prepared.components) {
        const needs = release.components.find((component) => component.id === id)?.needs.map((need) => need.id) ?? [];
        for (const { apiVersion, kind, metadata } of objects)
          for (const thing of [`namespace ${metadata.namespace}`, `${apiVersion.split("/")[0]} ${kind}`]) {
            const owner = owners.get(thing);
            if (owner !== undefined && owner !== id && !needs.includes(owner))
              missing.push(`${id} needs ${owner} for ${thing}`);
          }
      }
      expect(missing).toEqual([]);
    });
  });
});

suite("rendering 26.03", noRelease, () => {
  const mirror = sharedMirror ?? "";
  let release: CatalogueRelease;
  let prepared: Prepared;
  const seen: [step: string, fraction: number][] = [];
  let ownData: string;

  beforeAll(async () => {
    ownData = await mkdtemp(join(tmpdir(), "flowdeck-render-"));
    release = await new Catalogue(assetsDir).get("26.03");
    const onProgress = (step: string, fraction: number) => seen.push([step, fraction]);
    prepared = await prepare(
      { settings: everything(release), release, dataDir: ownData, assetsDir, mirror, tools },
      { onProgress },
    );
  });
  afterAll(() => rm(ownData, { recursive: true, force: true }));

  it("tells how far it is, never running back within a step", () => {
    for (const step of ["sources", "build"]) {
      const fractions = seen.filter(([name]) => name === step).map(([, fraction]) => fraction);
      expect(fractions.at(-1)).toBe(1);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    }
  });

  it("comes from the cache the second time, without sources, and is the same", async () => {
    const again = await prepare({
      settings: everything(release),
      release,
      dataDir: ownData,
      assetsDir,
      mirror: "/gone",
      tools,
    });
    expect(again.components).toEqual(prepared.components);
    expect(await readdir(join(ownData, "cache/work"))).toEqual([]);
  });

  it("is taken as the plan built it where the same would come out, and built anew otherwise", async () => {
    const chosen = { settings: everything(release), release, dataDir: ownData, assetsDir, mirror: "/gone", tools };
    const built = { key: prepared.key, components: [] };
    expect((await prepare({ ...chosen, built })).components).toBe(built.components);
    const less = await prepare({ ...chosen, settings: { components: ["dex"] }, built });
    expect(less.key).not.toBe(prepared.key);
    expect(less.components.length).toBeGreaterThan(0);
  });

  it("is the same with kustomize from PATH, where there is no toolbox", async () => {
    const kustomize = await tools.toolbox("kustomize");
    const without: Tools = {
      ...tools,
      toolboxState: () => Promise.resolve("missing"),
      find: (name) => Promise.resolve(name === "kustomize" ? kustomize : undefined),
    };
    const chosen = { components: ["trainer", "pipelines"] };
    const other = await mkdtemp(join(tmpdir(), "flowdeck-render-"));
    try {
      const built = await prepare({ settings: chosen, release, dataDir: other, assetsDir, mirror, tools: without });
      // The command sorts by kind, the library leaves the order of the files; the objects are the same.
      const sorted = (objects: readonly KubeObject[] = []) =>
        [...objects].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
      for (const { id, objects } of built.components)
        expect(sorted(objects), id).toEqual(sorted(prepared.components.find((one) => one.id === id)?.objects));
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  it("can be cancelled while it builds, and leaves no working copy", async () => {
    const other = await mkdtemp(join(tmpdir(), "flowdeck-render-"));
    const stop = new AbortController();
    const onProgress = (step: string) => step === "build" && stop.abort();
    const input = { settings: everything(release), release, dataDir: other, assetsDir, mirror, tools };
    await expect(prepare(input, { signal: stop.signal, onProgress })).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(join(other, "cache/work"))).toEqual([]);
    await rm(other, { recursive: true, force: true });
  });

  it("says which mirror is missing, and which component is unknown", async () => {
    const other = join(ownData, "empty");
    const input = { settings: { components: [] }, release, dataDir: other, assetsDir, mirror: "/no/mirror", tools };
    expect((await failure("mirror-missing", prepare(input))).message).toContain("/no/mirror");
    const unknown = prepare({ ...input, settings: { components: ["spark", "nonsense"] } });
    expect((await failure("settings-invalid", unknown)).message).toContain("nonsense");
  });
});

suite("rendering the starter", noToolbox, () => {
  const prepareFrom = async (assets: string, signal?: AbortSignal) => {
    const release = await new Catalogue(assets).get("starter");
    return prepare({ settings: everything(release), release, dataDir, assetsDir: assets, tools }, { signal });
  };

  it("gives its objects, without network and mirror, each once", async () => {
    const prepared = await prepareFrom(assetsDir);
    const keys = flat(prepared).map(keyOf);
    expect(keys.length).toBeGreaterThanOrEqual(40);
    expect(keys.length).toBeLessThanOrEqual(60);
    expect(new Set(keys).size).toBe(keys.length);
    const { dashboard } = prepared.release;
    expect(keys).toContain(`v1 Service ${dashboard.namespace} ${dashboard.service}`);
  });

  it("takes the settings: the profile, and a password for its database that nobody chose", async () => {
    const secrets = await planningSecrets();
    const { components } = customise(await prepareFrom(assetsDir), settings({ release: "starter" }), secrets);
    const objects = components.flatMap((component) => component.objects);
    expect(objects.find(({ kind }) => kind === "Profile")?.metadata.name).toBe("ann");
    expect(objects.find(({ kind }) => kind === "Secret")?.stringData).toMatchObject({
      password: secrets.databasePassword,
    });
    expect(JSON.stringify(objects)).not.toContain("replaced-on-install");
  });

  it("is built anew when a file of it changes, and says which folder cannot be built", async () => {
    const assets = join(dataDir, "assets");
    await cp(assetsDir, assets, { recursive: true });
    const file = join(assets, "starter/user-namespace/profile.yaml");
    await chmod(file, 0o644);
    await writeFile(file, (await readFile(file, "utf8")).replace('pods: "50"', 'pods: "51"'));
    expect(JSON.stringify(flat(await prepareFrom(assets)))).toContain('"pods":"51"');
    await writeFile(file, "kind: [");
    const error = await failure("build-failed", prepareFrom(assets));
    expect(error.message).toContain("user-namespace");
    expect(error.detail).toMatch(/\S/);
    await mkdir(join(assets, "starter/user-namespace/other"));
    await writeFile(file, "resources:\n- https://example.org/remote.yaml\n");
    await writeFile(
      join(assets, "starter/user-namespace/kustomization.yaml"),
      "resources:\n- https://example.org/remote.yaml\n",
    );
    expect((await failure("build-failed", prepareFrom(assets))).message).toContain("user-namespace/kustomization.yaml");
  });
});
