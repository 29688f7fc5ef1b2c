import type { ObjectRef } from "../../../common/contract/index.ts";
import { groupOf } from "../../../common/kube/index.ts";
import type { CatalogueRelease, ReleaseUpgradeStep } from "../types.ts";

/** The steps that a release's notes ask for when another one is installed; none where they say nothing. Pure. */
export function stepsOf({ upgrades = [] }: CatalogueRelease, from: string): readonly ReleaseUpgradeStep[] {
  return upgrades.find((upgrade) => upgrade.from === from)?.steps ?? [];
}

/** Which of the steps names an object; -1 where none does. Pure. */
export function stepOf(steps: readonly ReleaseUpgradeStep[], ref: ObjectRef): number {
  return steps.findIndex(({ objects }) =>
    objects.some(
      ({ group, kind, namespace, names }) =>
        group === groupOf(ref.apiVersion) &&
        kind === ref.kind &&
        namespace === ref.namespace &&
        names.includes(ref.name),
    ),
  );
}
