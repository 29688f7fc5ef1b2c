import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";
import { afterAll, beforeAll, expect, it } from "vitest";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../electron/cluster/index.ts";
import { Catalogue, openMirror, type RenderedComponent } from "../../electron/install/index.ts";
import { prefixImages } from "../../electron/install/render/image-prefix.ts";
import { isCurable } from "../../electron/install/run/apply-errors.ts";
import { buildTree } from "../../electron/kfdef/build/index.ts";
import { askServed, migrate, unserved } from "../../electron/kfdef/migration/index.ts";
import { parseKfDef } from "../../electron/kfdef/parse/index.ts";
import { renderApplications } from "../../electron/kfdef/render/index.ts";
import { foreignImages } from "../unit/install/foreign-images.ts";
import { assetsDir, sharedMirror } from "../unit/install/support.ts";
import { oddDefinitions } from "../unit/kfdef/migration/odd-definitions.ts";
import { clusterRoom } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

/** What each file is expected to give: Kubernetes' own kinds counted by the version they were written in. */
const files = {
  k8s_istio: { objects: 590, applications: 43, definitions: 93 },
  istio_dex: { objects: 524, applications: 42, definitions: 61 },
};

for (const [name, figures] of Object.entries(files))
  await describeWithCluster(`${name} v1.0.0 on a cluster of today`, (test) => {
    const mirror = sharedMirror ?? "";
    const mirrored = it.skipIf(sharedMirror === undefined);
    const room = clusterRoom(test);
    const { signal } = new AbortController();
    let dataDir: string;
    let client: ClusterClient;

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "flowdeck-kfdef-"));
      client = await room.connections.client(room.context);
      // What kfctl itself makes; the others come with the applications.
      await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "kubeflow" } });
    });
    afterAll(() => rm(dataDir, { recursive: true, force: true }));

    /** What `kfctl build` would write for one of the files beside the project, rendered. */
    async function rendered(): Promise<readonly RenderedComponent[]> {
      const fileName = `kfctl_${name}.v1.0.0.yaml`;
      const text = await readFile(join(mirror, "kfdef", fileName), "utf8");
      const target = join(dataDir, name);
      const releases = await new Catalogue(assetsDir).all();
      const { applications } = await buildTree({
        ...{ kfdef: parseKfDef(text, fileName).kfdef, text, fileName, target, kfDir: target, signal },
        sources: {
          ...{ dataDir, assetsDir, mirror: await openMirror(mirror) },
          pinned: releases.flatMap((release) => release.sources),
        },
      });
      const { components } = await renderApplications({
        folders: applications.map((application) => ({ name: application.name, path: application.folder })),
        tools: test.tools,
        scratch: join(dataDir, `${name}-scratch`),
        signal,
      });
      return components;
    }

    mirrored(`takes all ${figures.objects} objects, converted`, async () => {
      const components = await rendered();
      expect(components).toHaveLength(figures.applications);
      const objects = components.flatMap((component) => component.objects);
      expect(objects).toHaveLength(figures.objects);
      const served = await askServed(client, components, signal);
      const { components: converted, changes } = migrate(components, served);
      const counts = byKind(changes.map((change) => change.object));
      console.info(`${name}: ${objects.length} objects, ${changes.length} converted`, counts);
      expect(counts["apiextensions.k8s.io/v1beta1 CustomResourceDefinition"]).toBe(figures.definitions);
      expect(changes.every((change) => change.to !== undefined)).toBe(true);
      expect(converted.flatMap((component) => component.objects)).toHaveLength(figures.objects);
      const prefixed = prefixImages(converted, { imagePrefix: "registry.example/kf", images: {} });
      const left = foreignImages(
        prefixed.components.flatMap(({ objects: all }) => all),
        "registry.example/kf",
      );
      // A parameter of kustomize, which has been put in where it belongs: no pod reads it.
      expect(left.map((one) => one.replace(/-\w{10}:/, ":"))).toEqual([
        "ConfigMap kfserving-parameters: gcr.io/kfserving",
      ]);
      expect(unserved(components, served).length).toBeGreaterThan(100);
      expect(unserved(converted, served)).toEqual([]);
      expect(
        await refusals(
          client,
          converted.flatMap((component) => component.objects),
        ),
      ).toEqual([]);
    });

    mirrored("keeps unknown fields of custom resources, as the old definitions did", async () => {
      const job: KubeObject = {
        apiVersion: "kubeflow.org/v1",
        kind: "TFJob",
        metadata: { name: "unknown-fields", namespace: "kubeflow" },
        spec: {
          tfReplicaSpecs: { Worker: { replicas: 1, fromThePast: { deep: [1] } } },
          alsoFromThePast: "kept",
        },
      };
      const stored = await client.create(job);
      expect(stored.spec).toEqual(job.spec);
      const wrong = { ...job, metadata: { ...job.metadata, name: "wrong" } };
      const bad = { ...wrong, spec: { tfReplicaSpecs: { Worker: { replicas: 0 } } } };
      await expect(client.create(bad)).rejects.toMatchObject({ code: "object-invalid" });
    });
  });

await describeWithCluster("odd definitions of v1beta1 on a cluster of today", (test) => {
  const room = clusterRoom(test);

  it("and a misspelt field in a Service are taken without it", async () => {
    const client = await room.connections.client(room.context);
    const port = { name: "https", port: 443, targePort: 8443 };
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "typo" }, spec: { ports: [port] } };
    expect(await refusals(client, [service])).toEqual([expect.stringContaining("targePort")]);
    const components = [{ id: "odd", objects: [service] }];
    const { components: converted, changes } = migrate(components, await askServed(client, components));
    expect(changes).toMatchObject([
      {
        to: "v1",
        notes: [{ id: "conversion.undeclared", params: { kind: "Service", fields: "spec.ports[0].targePort" } }],
      },
    ]);
    expect(await refusals(client, converted[0]?.objects ?? [])).toEqual([]);
  });

  it("are taken, every one", async () => {
    const client = await room.connections.client(room.context);
    const components = [{ id: "odd", objects: [...oddDefinitions] }];
    const { components: converted } = migrate(components, await askServed(client, components));
    expect(
      await refusals(
        client,
        converted.flatMap((component) => component.objects),
      ),
    ).toEqual([]);
    expect(oddDefinitions.length).toBeGreaterThan(15);
  });
});

/** What the API server says against them: namespaces first, then definitions, the rest, and webhooks at the end. */
async function refusals(client: ClusterClient, objects: readonly KubeObject[]): Promise<string[]> {
  const refused: string[] = [];
  const orders = [isNamespace, isCrd, (object: KubeObject) => !isWebhook(object), isWebhook];
  const sent = new Set<KubeObject>();
  for (const order of orders) {
    const queue = new PQueue({ concurrency: 8 });
    const now = objects.filter((object) => order(object) && !sent.has(object));
    for (const object of now) sent.add(object);
    await Promise.all(
      now.map((object) =>
        queue.add(async () => {
          const refusal = await applyStrictly(client, object);
          if (refusal !== undefined) refused.push(refusal);
        }),
      ),
    );
    if (order === isCrd) for (const object of now) await established(client, object.metadata.name);
  }
  return refused.sort();
}

/**
 * Server-side apply with strict field validation, as a careful kubectl does it; what the server says against it. What
 * passes by itself, like a kind that was defined a moment ago, is asked again, as an installation does.
 */
async function applyStrictly(client: ClusterClient, object: KubeObject): Promise<string | undefined> {
  const { apiVersion, kind, metadata } = object;
  const shown = `${apiVersion} ${kind} ${metadata.namespace ?? "-"}/${metadata.name}`;
  const { namespace: _namespace, ...rest } = metadata;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const resource = await client.resourceFor(apiVersion, kind);
      const namespace = resource.namespaced ? (metadata.namespace ?? "default") : undefined;
      await client.request({
        method: "PATCH",
        path: client.pathOf(resource, { namespace, name: metadata.name }),
        query: { fieldManager: "flowdeck", force: true, fieldValidation: "Strict" },
        contentType: "application/apply-patch+yaml",
        body: JSON.stringify({
          ...object,
          metadata: { ...rest, ...(namespace === undefined ? {} : { namespace }) },
        }),
        what: message("request.apply", { object: shown }),
      });
      return undefined;
    } catch (error) {
      const { message = "", detail = "" } = error as { message?: string; detail?: string };
      const refusal = `${shown}: ${message} ${detail}`;
      if (attempt === 20 || !isCurable(error)) return refusal;
      console.info(`asked again: ${refusal}`);
      await sleep(500);
    }
  }
}

function established(client: ClusterClient, name: string): Promise<KubeObject> {
  return eventually(async () => {
    const crd = await client.get({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name });
    const { conditions = [] } = (crd?.status ?? {}) as { conditions?: { type: string; status: string }[] };
    const done = conditions.some(({ type, status }) => type === "Established" && status === "True");
    return done ? crd : undefined;
  });
}

const isNamespace = ({ kind }: KubeObject) => kind === "Namespace";
const isCrd = ({ kind }: KubeObject) => kind === "CustomResourceDefinition";
const isWebhook = ({ kind }: KubeObject) => kind.endsWith("WebhookConfiguration") || kind === "APIService";

function byKind(objects: readonly { apiVersion: string; kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { apiVersion, kind } of objects) {
    const key = `${apiVersion} ${kind}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
