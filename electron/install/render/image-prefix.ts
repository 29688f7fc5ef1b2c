import type { ImageChange, InstallSettings } from "../../../common/contract/index.ts";
import { isRecord } from "../../../common/json/index.ts";
import { isKind, parseImage, prefixedImage } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { RenderedComponent } from "../types.ts";
import { ImageTexts, type Replace } from "./image-texts.ts";
import { overriddenImage } from "./images.ts";

/**
 * The components with every image taken from the settings' prefix: in containers and other fields that name images, in
 * arguments, environment variables and the texts of ConfigMaps. Images that the settings replace one by one keep what
 * was chosen for them. Pure; without a prefix nothing changes.
 */
export function prefixImages<T extends RenderedComponent>(
  components: readonly T[],
  settings: Pick<InstallSettings, "imagePrefix" | "images">,
): { components: T[]; changes: ImageChange[] } {
  const { imagePrefix: prefix = "", images } = settings;
  if (prefix === "") return { components: [...components], changes: [] };
  const texts = new ImageTexts();
  for (const { objects } of components) for (const object of objects) learnFrom(object, texts);
  const chosen = new Set(Object.values(images).map(repositoryOf));
  const changes = new Map<string, ImageChange>();
  const changed = components.map((component) => ({
    ...component,
    objects: component.objects.map((object) => {
      // A definition only describes images.
      if (isKind(object, "apiextensions.k8s.io/CustomResourceDefinition")) return object;
      const replace = (image: string, isPart = false) => {
        if (chosen.has(repositoryOf(image))) return image;
        const other = overriddenImage(image, images);
        const to = other === image ? prefixedImage(image, prefix) : other;
        if (to !== image && !isPart) note(changes, { from: image, to }, placeOf(component.id, object));
        return to;
      };
      return inObject(object, texts, replace) as KubeObject;
    }),
  }));
  return {
    components: changed,
    changes: [...changes.values()].toSorted((a, b) => a.from.localeCompare(b.from)),
  };
}

/** The images that the components name, each with the objects that do. Pure. */
export function imagesIn(components: readonly RenderedComponent[]): { image: string; places: string[] }[] {
  // Each would be changed by this, and is told.
  const { changes } = prefixImages(components, { imagePrefix: "flowdeck.invalid/all", images: {} });
  return changes.map(({ from, places }) => ({ image: from, places }));
}

function note(changes: Map<string, ImageChange>, { from, to }: { from: string; to: string }, place: string): void {
  const known = changes.get(from);
  if (known === undefined) changes.set(from, { from, to, places: [place] });
  else if (!known.places.includes(place)) known.places.push(place);
}

function placeOf(component: string, { kind, metadata: { name, namespace } }: KubeObject): string {
  return `${component}: ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

function repositoryOf(image: string): string {
  const name = parseImage(image);
  return name === undefined ? image : `${name.registry}/${name.repository}`;
}

/** Fields of objects that hold one image each: `image` of a container, a ServingRuntime, Knative's Image. */
const imageKey = /(^|[-_a-z])image$|^IMAGE$|Image$|_IMAGE$/;

function learnFrom(value: unknown, texts: ImageTexts): void {
  if (Array.isArray(value)) for (const item of value) learnFrom(item, texts);
  else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === "image" && typeof item === "string") texts.learn(item);
      else learnFrom(item, texts);
    }
  }
}

function inObject(value: unknown, texts: ImageTexts, replace: Replace, key = ""): unknown {
  if (typeof value === "string") {
    const isOne = key === "image" || (imageKey.test(key) && /[/:]/.test(value));
    return isOne && parseImage(value) ? replace(value) : texts.replaceIn(value, replace);
  }
  if (Array.isArray(value)) return value.map((item) => inObject(item, texts, replace));
  if (!isRecord(value)) return value;
  const { name } = value;
  return Object.fromEntries(
    Object.entries(value).map(([field, item]) => {
      // Of an environment variable the name says what its value is.
      const says = field === "value" && typeof name === "string" ? name : field;
      return [field, inObject(item, texts, replace, says)];
    }),
  );
}
