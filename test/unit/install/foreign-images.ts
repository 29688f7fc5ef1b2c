import { isKind } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";

/** Registries that Kubeflow's images come from, anywhere in a text but in a link to a page. */
const host =
  /(?<![\w./-])(?:docker\.io|(?:\w+\.)?gcr\.io|ghcr\.io|quay\.io|registry\.k8s\.io|mcr\.microsoft\.com|nvcr\.io|[\w-]+\.pkg\.dev)\/[^\s"'\\,)}<>\]]+/g;

/** Every image in objects that does not begin with a prefix, by the plainest of means: their text, and fields called image. */
export function foreignImages(objects: readonly KubeObject[], prefix: string): string[] {
  const found = new Set<string>();
  for (const object of objects) {
    if (isKind(object, "apiextensions.k8s.io/CustomResourceDefinition")) continue;
    const name = `${object.kind} ${object.metadata.name}`;
    const text = JSON.stringify(object, (key, value: unknown) => {
      if (key === "image" && typeof value === "string" && !value.startsWith(`${prefix}/`))
        found.add(`${name}: ${value}`);
      return value;
    });
    for (const [image] of text.matchAll(host)) found.add(`${name}: ${image}`);
  }
  return [...found].sort();
}
