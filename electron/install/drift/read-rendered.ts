import { KfDir } from "../../kf-dir/index.ts";
import type { RenderedComponent } from "../types.ts";
import { RenderedObjects } from "./rendered-objects.ts";

/** All components of an installation as KF_DIR/rendered has them; none where nothing was installed from there. */
export async function readRendered(kfDir: string): Promise<RenderedComponent[]> {
  const files = await new KfDir(kfDir).list("rendered").catch(() => []);
  const ids = files.filter(({ name }) => name.endsWith(".yaml")).map(({ name }) => name.slice(0, -".yaml".length));
  return Promise.all(ids.map(async (id) => ({ id, objects: (await RenderedObjects.read(kfDir, [id])).all() })));
}
