import { stringifyJson } from "../../../common/json/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { CatalogueRelease, RenderedComponent } from "../types.ts";

/** An image without tag and digest, and what was taken off (with its `:` or `@`). */
function split(image: string): { repository: string; version: string } {
  const digest = image.indexOf("@");
  if (digest >= 0) return { repository: split(image.slice(0, digest)).repository, version: image.slice(digest) };
  const tag = image.lastIndexOf(":");
  // A colon before the last slash belongs to the registry's port.
  if (tag <= image.lastIndexOf("/")) return { repository: image, version: "" };
  return { repository: image.slice(0, tag), version: image.slice(tag) };
}

/**
 * The image to use in place of `image`. A key with tag or digest stands for that very image, one without for every
 * version of it; a replacement without a version keeps the one there was.
 */
export function overriddenImage(image: string, overrides: Readonly<Record<string, string>>): string {
  const { repository, version } = split(image);
  const exact = Object.hasOwn(overrides, image) ? overrides[image] : undefined;
  const chosen = exact ?? (Object.hasOwn(overrides, repository) ? overrides[repository] : undefined);
  if (chosen === undefined) return image;
  return split(chosen).version === "" && exact === undefined ? `${chosen}${version}` : chosen;
}

type Embedded = NonNullable<CatalogueRelease["embeddedImages"]>;

/** The objects with images replaced: in every list of containers, and inside texts of the `embedded` objects. Pure. */
export function overrideImages(
  objects: readonly KubeObject[],
  overrides: Readonly<Record<string, string>>,
  embedded: Embedded,
): KubeObject[] {
  if (Object.keys(overrides).length === 0) return [...objects];
  return objects.map((object) => {
    // A schema has properties called containers; it holds no images.
    if (isKind(object, "apiextensions.k8s.io/CustomResourceDefinition")) return object;
    const changed = inContainers(object, overrides);
    return (isEmbedded(object, embedded) ? inTexts(changed, overrides) : changed) as KubeObject;
  });
}

/** Overrides that no image of these components answers to: most likely misspelt. */
export function unusedOverrides(
  components: readonly RenderedComponent[],
  overrides: Readonly<Record<string, string>>,
  embedded: Embedded,
): string[] {
  const objects = components.flatMap((component) => component.objects);
  const before = stringifyJson(objects);
  return Object.keys(overrides).filter((key) => {
    if (!before.includes(key)) return true;
    const only = { [key]: "flowdeck.invalid/used:1" };
    return !stringifyJson(overrideImages(objects, only, embedded)).includes("flowdeck.invalid/used:1");
  });
}

function isEmbedded(object: KubeObject, embedded: Embedded): boolean {
  const { name, namespace } = object.metadata;
  return embedded.some((one) => one.kind === object.kind && one.name === name && one.namespace === namespace);
}

const containerLists = new Set(["containers", "initContainers", "ephemeralContainers"]);

function inContainers(value: unknown, overrides: Readonly<Record<string, string>>, list = false): unknown {
  if (Array.isArray(value)) return value.map((item) => inContainers(item, overrides, list));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      list && key === "image" && typeof inner === "string"
        ? overriddenImage(inner, overrides)
        : inContainers(inner, overrides, Array.isArray(inner) && containerLists.has(key)),
    ]),
  );
}

/** Anything that could be an image: a repository, with a tag or a digest or neither. */
const imageLike =
  /[a-z0-9][a-z0-9._/-]*(?::\d+\/[a-z0-9._/-]+)?(?:@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]*)?/g;

function inTexts(value: unknown, overrides: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") return value.replace(imageLike, (found) => overriddenImage(found, overrides));
  if (Array.isArray(value)) return value.map((item) => inTexts(item, overrides));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inTexts(inner, overrides)]));
}
