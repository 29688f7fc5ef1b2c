import type { GoneImage } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { RenderedComponent } from "../../install/index.ts";
import { isFields } from "./json.ts";
import { goneImageRules } from "./unavailable-images.ts";

/**
 * The images of `components` that are known to be gone from where they are named, each once, in order. Whether an
 * image can be pulled is not tried.
 */
export function goneImages(components: readonly RenderedComponent[]): GoneImage[] {
  const found = new Set<string>();
  for (const { objects } of components)
    for (const object of objects) for (const image of imagesOf(object)) found.add(image);
  return [...found].flatMap((image) => {
    const rule = goneImageRules.find(({ prefixes }) => prefixes.some((prefix) => startsWith(image, prefix)));
    if (rule === undefined) return [];
    const instead = rule.instead?.(image);
    return [{ image, because: rule.because, ...(instead === undefined ? {} : { instead }) }];
  });
}

/** A prefix is a registry, a registry's folder or a repository: it ends where a part of the name ends. */
function startsWith(image: string, prefix: string): boolean {
  return image.startsWith(prefix) && (prefix.endsWith("/") || /^([/:@]|$)/.test(image.slice(prefix.length)));
}

function imagesOf(object: KubeObject): string[] {
  const images: string[] = [];
  // Definitions only describe images.
  if (object.kind !== "CustomResourceDefinition") collect(object, images);
  return images;
}

function collect(value: unknown, images: string[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, images);
  else if (isFields(value))
    for (const [field, item] of Object.entries(value)) {
      if (field === "image" && typeof item === "string" && item !== "") images.push(item);
      else collect(item, images);
    }
}
