import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import PQueue from "p-queue";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClusterClient, KubeObject } from "../../electron/cluster/index.ts";
import type { RenderedComponent } from "../../electron/install/index.ts";
import { askServed, modernise, unserved } from "../../electron/kfdef/modernise/index.ts";
import { renderApplications } from "../../electron/kfdef/render/index.ts";
import { sharedMirror } from "../unit/install/support.ts";
import { clusterRoom } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

const run = promisify(execFile);

if (sharedMirror !== undefined)
  await describeWithCluster("KfDefs of 1.0 on a cluster of today", (test) => {
    const mirror = sharedMirror ?? "";
    const room = clusterRoom(test);
    const { signal } = new AbortController();
    let scratch: string;
    let client: ClusterClient;

    beforeAll(async () => {
      scratch = await mkdtemp(join(tmpdir(), "flowdeck-kfdef-"));
      client = await room.connections.client(room.context);
      for (const name of ["kubeflow", "istio-system", "cert-manager", "knative-serving"])
        await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    });
    afterAll(() => rm(scratch, { recursive: true, force: true }));

    async function render(name: string, folder: string): Promise<RenderedComponent[]> {
      const applications = (await readdir(join(folder, "kustomize"))).sort();
      return renderApplications({
        folders: applications.map((application) => ({
          name: application,
          path: join(folder, "kustomize", application),
        })),
        tools: test.tools,
        scratch: join(scratch, `${name}-build`),
        signal,
      });
    }

    async function refusals(components: readonly RenderedComponent[]): Promise<string[]> {
      const refused: string[] = [];
      const objects = components.flatMap((component) => component.objects);
      const orders = [isNamespace, isCrd, (object: KubeObject) => !isWebhook(object), isWebhook];
      const sent = new Set<KubeObject>();
      for (const order of orders) {
        const queue = new PQueue({ concurrency: 8 });
        const now = objects.filter((object) => order(object) && !sent.has(object));
        for (const object of now) sent.add(object);
        await Promise.all(
          now.map((object) =>
            queue.add(async () => {
              const refusal = await applyStrictly(object);
              if (refusal !== undefined) refused.push(refusal);
            }),
          ),
        );
        if (order === isCrd) for (const object of now) await established(object.metadata.name);
      }
      return refused.sort();
    }

    /** Server-side apply with strict field validation, as a careful kubectl does it; what the server says against it. */
    async function applyStrictly(object: KubeObject): Promise<string | undefined> {
      const { apiVersion, kind, metadata } = object;
      const shown = `${apiVersion} ${kind} ${metadata.namespace ?? "-"}/${metadata.name}`;
      try {
        const resource = await client.resourceFor(apiVersion, kind);
        const namespace = resource.namespaced ? (metadata.namespace ?? "default") : undefined;
        const { namespace: _namespace, ...rest } = metadata;
        await client.request({
          method: "PATCH",
          path: client.pathOf(resource, { namespace, name: metadata.name }),
          query: { fieldManager: "flowdeck", force: true, fieldValidation: "Strict" },
          contentType: "application/apply-patch+yaml",
          body: JSON.stringify({
            ...object,
            metadata: { ...rest, ...(namespace === undefined ? {} : { namespace }) },
          }),
          what: `apply ${shown}`,
        });
        return undefined;
      } catch (error) {
        const { message = "", detail = "" } = error as { message?: string; detail?: string };
        return `${shown}: ${message} ${detail}`;
      }
    }

    function established(name: string): Promise<KubeObject> {
      return eventually(async () => {
        const crd = await client.get({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name });
        const { conditions = [] } = (crd?.status ?? {}) as { conditions?: { type: string; status: string }[] };
        const done = conditions.some(({ type, status }) => type === "Established" && status === "True");
        return done ? crd : undefined;
      });
    }

    it("takes all 590 objects of k8s_istio, converted", async () => {
      const folder = join(scratch, "k8s_istio");
      await mkdir(folder);
      await run("tar", ["-xzf", join(mirror, "kfctl-built/k8s_istio.v1.0.0.tar.gz"), "-C", folder]);
      const components = await render("k8s_istio", folder);
      expect(components.flatMap(({ objects }) => objects)).toHaveLength(590);
      const served = await askServed(client, components, signal);
      const { components: converted, changes } = modernise(components, served);
      console.info("k8s_istio", changes.length, byKind(changes.map((change) => change.object)));
      expect(converted.flatMap(({ objects }) => objects)).toHaveLength(590);
      expect(unserved(converted, served)).toEqual([]);
      expect(await refusals(converted)).toEqual([]);
    });
  });

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
