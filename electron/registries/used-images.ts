import { FlowdeckError, type UsedImage } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { Catalogue, imagesIn, prepare, readRendered } from "../install/index.ts";
import type { Tools } from "../tools/index.ts";

export interface ReleaseParts {
  tools: Tools;
  dataDir: string;
  assetsDir: string;
  mirror?: string | undefined;
}

/** The images of a whole release, wherever its objects name them. Throws `release-unknown`. */
export async function imagesOfRelease(parts: ReleaseParts, id: string, signal: AbortSignal): Promise<UsedImage[]> {
  const release = await new Catalogue(parts.assetsDir).get(id);
  if (release.shape === "kfdef")
    throw new FlowdeckError("release-unknown", message("registry.kfDefImages"), {
      advice: message("registry.kfDefImagesWay"),
    });
  const components = release.components.map((component) => component.id);
  const { components: built } = await prepare({ settings: { components }, release, ...parts }, { signal });
  return imagesIn(built);
}

/** The images of an installation, as KF_DIR/rendered has them. */
export async function imagesOfInstallation(kfDir: string): Promise<UsedImage[]> {
  return imagesIn(await readRendered(kfDir));
}
