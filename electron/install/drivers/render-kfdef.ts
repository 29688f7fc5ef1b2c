import { type AppError, FlowdeckError, fixOf, type GoneImage } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { customiseKfDef } from "../render/customise-kfdef.ts";
import { overriddenImage, overrideImages } from "../render/images.ts";
import type { KfDefInput, KfDefPipeline, PreparedKfDef } from "../types.ts";

/** What kfctl labels the KfDef's namespace with: Katib injects its collector there, Istio's gateway is told by it. */
const namespaceLabels = { "control-plane": "kubeflow", "katib-metricscollector-injection": "enabled" };

/** A KfDef's applications with settings and namespace in place. Changes nothing in the cluster. */
export async function renderKfDef(pipeline: KfDefPipeline, input: KfDefInput): Promise<PreparedKfDef> {
  const prepared = await pipeline.prepare(input);
  const signIn = customiseKfDef(prepared.components, input.settings, input.secrets);
  const live = await liveLabels(input.client, prepared.namespace, input.signal);
  const components = withNamespace(signIn.components, prepared.namespace, live).map((component) => ({
    ...component,
    objects: overrideImages(component.objects, input.settings.images, []),
  }));
  const { images } = input.settings;
  const goneImages = prepared.goneImages.filter(({ image }) => overriddenImage(image, images) === image);
  const warnings = [...prepared.warnings, ...signIn.warnings, ...gone(goneImages)];
  return { ...prepared, components, goneImages, warnings };
}

async function liveLabels(
  client: ClusterClient,
  name: string,
  signal: AbortSignal,
): Promise<Record<string, string> | undefined> {
  const namespace = await client.get({ apiVersion: "v1", kind: "Namespace", name }, signal);
  return namespace?.metadata.labels;
}

/**
 * The KfDef's namespace with kfctl's labels: the one an application brings, or one made before everything else. Labels
 * that the namespace has in the cluster already keep their values, as kfctl left them. Pure.
 */
export function withNamespace<T extends { objects: KubeObject[] }>(
  components: readonly T[],
  name: string,
  live: Readonly<Record<string, string>> | undefined,
): T[] {
  const labels = Object.fromEntries(
    Object.entries(namespaceLabels).map(([label, value]) => [label, live?.[label] ?? value]),
  );
  let brought = false;
  const labelled = components.map((component) => ({
    ...component,
    objects: component.objects.map((object) => {
      if (object.kind !== "Namespace" || object.apiVersion !== "v1" || object.metadata.name !== name) return object;
      brought = true;
      return { ...object, metadata: { ...object.metadata, labels: { ...labels, ...object.metadata.labels } } };
    }),
  }));
  const [first, ...others] = labelled;
  if (brought || first === undefined) return labelled;
  const namespace: KubeObject = { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
  return [{ ...first, objects: [namespace, ...first.objects] }, ...others];
}

function gone(images: readonly GoneImage[]): AppError[] {
  if (images.length === 0) return [];
  const first = images
    .slice(0, 3)
    .map(({ image }) => image)
    .join(", ");
  const names = images.length > 3 ? message("preflight.andMore", { names: first, count: images.length - 3 }) : first;
  return [
    new FlowdeckError("workload-failed", message("preflight.goneImages", { count: images.length, names }), {
      advice: message("preflight.goneImagesAdvice"),
      fix: fixOf("override-images", message("fix.overrideImages")),
    }).toJSON(),
  ];
}
