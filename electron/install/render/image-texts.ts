import { isRecord } from "../../../common/json/index.ts";
import { parseImage } from "../../../common/kube/index.ts";

/** What becomes of an image's name. Parts of names (a registry and an image that are put together later) are not counted. */
export type Replace = (image: string, isPart?: boolean) => string;

/** Registries whose names in the middle of a text are images, beside those that the release's own images come from. */
const publicRegistries =
  /^(docker\.io|([a-z0-9-]+\.)?gcr\.io|ghcr\.io|quay\.io|registry\.k8s\.io|mcr\.microsoft\.com|public\.ecr\.aws|nvcr\.io|[a-z0-9-]+\.pkg\.dev|registry\.gitlab\.com)$/;

/** A name with at least one slash or a version, not in the middle of a longer word or an address. */
const token =
  /(?<![\w./@:$-])[a-z0-9][a-z0-9.-]*(?::\d+(?=\/))?(?:\/[a-z0-9][a-z0-9._-]*)*(?::[A-Za-z0-9_][\w.-]*)?(?:@sha256:[0-9a-f]{64})?(?![\w/@])/g;

/** The value of a field of YAML or JSON whose name ends in "image", also where the text is a template. */
const imageField = /((?:[\w.-]*[iI]mage|IMAGE)["']?\s*[:=]\s*["']?)([a-z0-9][\w./:@-]*)(?=["'\s,}]|$)/gm;

/** How images are found in texts: what the release is known to consist of says what a name without a version is. */
export class ImageTexts {
  readonly #registries = new Set<string>();
  readonly #repositories = new Set<string>();

  /** Makes an image known that is named where only images are. */
  learn(image: string): void {
    const name = parseImage(image);
    if (name === undefined) return;
    if (image.startsWith(`${name.registry}/`)) this.#registries.add(name.registry);
    this.#repositories.add(`${name.registry}/${name.repository}`);
  }

  /** The text with its images replaced. */
  replaceIn(text: string, replace: Replace): string {
    const values = this.#values(text, replace);
    if (values !== undefined) return values;
    return text
      .replace(imageField, (whole, field: string, image: string) =>
        isWritten(image) && parseImage(image) ? `${field}${replace(image)}` : whole,
      )
      .replace(token, (found) => (this.#isImage(found) ? replace(found) : found));
  }

  #isImage(found: string): boolean {
    const name = parseImage(found);
    if (name === undefined) return false;
    const isKnown = this.#repositories.has(`${name.registry}/${name.repository}`);
    if (!found.startsWith(`${name.registry}/`)) return isKnown && name.version !== "" && found.includes("/");
    if (!this.#registries.has(name.registry) && !publicRegistries.test(name.registry)) return false;
    // Without a version it may be a folder of images.
    return name.version !== "" || isKnown;
  }

  /**
   * Istio keeps the values of its chart as JSON, with the registry (`hub`) apart from its images. Undefined where the
   * text is something else.
   */
  #values(text: string, replace: Replace): string | undefined {
    if (!/^\s*\{/.test(text) || !/"hub"\s*:\s*"[^"]+\//.test(text)) return undefined;
    let values: unknown;
    try {
      values = JSON.parse(text);
    } catch {
      return undefined;
    }
    if (!isRecord(values)) return undefined;
    const { global } = values;
    const hub = isRecord(global) && typeof global.hub === "string" ? global.hub : "";
    return JSON.stringify(this.#inHub(values, hub, replace), null, /\n/.test(text.trim()) ? 2 : undefined);
  }

  #inHub(value: unknown, outer: string, replace: Replace): unknown {
    if (typeof value === "string") return this.replaceIn(value, replace);
    if (Array.isArray(value)) return value.map((item) => this.#inHub(item, outer, replace));
    if (!isRecord(value)) return value;
    const hub = typeof value.hub === "string" && value.hub.includes("/") ? value.hub : outer;
    const inside: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      if (key === "hub" && item === hub) inside[key] = folderOf(replace(`${hub}/image`, true));
      else if (key === "image" && typeof item === "string" && /^[a-z0-9-]+$/.test(item) && hub !== "")
        inside[key] = lastOf(replace(`${hub}/${item}`, true));
      else inside[key] = this.#inHub(item, hub, replace);
    }
    return inside;
  }
}

/** Not a bare word, which may be any text. */
function isWritten(image: string): boolean {
  return image.includes("/") || /:[\w.-]+$/.test(image);
}

function folderOf(image: string): string {
  return image.slice(0, image.lastIndexOf("/"));
}

function lastOf(image: string): string {
  return image.slice(image.lastIndexOf("/") + 1);
}
