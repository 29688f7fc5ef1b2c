import type { PlanAdjustment } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { keyOf, refOf } from "../objects.ts";
import { withFields } from "./apply-overlay.ts";
import type { Overlay, OverlayChange } from "./overlay-file.ts";

/** What a release renders to, with the changes that the folder keeps, and what to say about them in the plan. Pure. */
export function overlaid<T extends { id: string; objects: readonly KubeObject[] }>(
  components: readonly T[],
  overlay: Overlay,
): { components: T[]; adjustments: PlanAdjustment[] } {
  if (overlay.size === 0) return { components: [...components], adjustments: [] };
  const adjustments: PlanAdjustment[] = [];
  const changed = components.map((component) => ({
    ...component,
    objects: component.objects.flatMap((object): KubeObject[] => {
      const change = changeOf(overlay, object);
      if (change === undefined) return [object];
      const note = (said: PlanAdjustment["said"]) =>
        adjustments.push({ component: component.id, object: change.object, said });
      if (change.leftOut !== undefined) {
        // What was left alone from the start is no change that anybody made.
        if (!change.alone) note(message("overlay.leftOut"));
        return [];
      }
      const { object: after, unfit } = withFields(object, change.fields);
      note(message("overlay.applied", { fields: change.fields.map(({ path }) => path).join(", ") }));
      if (unfit.length > 0) note(message("overlay.unfit", { fields: unfit.join(", ") }));
      return [after];
    }),
  }));
  return { components: changed, adjustments };
}

/** An object that names no namespace goes to the installation's, which the overlay names. */
function changeOf(overlay: Overlay, object: KubeObject): OverlayChange | undefined {
  const ref = refOf(object);
  const found = overlay.get(keyOf(ref));
  if (found !== undefined || ref.namespace !== undefined) return found;
  return [...overlay.values()].find((change) => keyOf({ ...change.object, namespace: undefined }) === keyOf(ref));
}
