import type { ContextId } from "../../../common/contract/index.ts";
import { useCluster } from "../../state/cluster.ts";
import { resourceKey } from "../../state/resource-key.ts";
import { browse, type ResourceKey, useRoute } from "../../state/route.ts";
import { wantGridFocus } from "./table/focus-grid.ts";

/** The chosen cluster's id, to be written in the address. */
function here(): { context?: ContextId } {
  const { chosen } = useCluster.getState();
  return chosen === undefined ? {} : { context: chosen };
}

/** Lists a kind, in the namespaces that are looked at unless others are named. */
export function goToKind(
  resource: ResourceKey,
  sight: { namespaces?: string[] | undefined; filter?: string | undefined; labels?: string | undefined } = {},
): void {
  wantGridFocus();
  const { filter, labels, namespaces } = sight;
  browse({
    ...here(),
    resource,
    ...(namespaces === undefined ? {} : { namespaces }),
    filter,
    labels,
    faults: undefined,
    object: undefined,
  });
}

/** Looks at these namespaces only; empty: at all of them. */
export function goToNamespaces(namespaces: string[]): void {
  wantGridFocus();
  browse({ ...here(), namespaces });
}

/** Opens an object's pane, beside the list of its kind. */
export function goToObject(target: {
  group: string;
  plural: string;
  namespace?: string | undefined;
  name: string;
}): void {
  const { namespaces } = useRoute.getState().lastBrowse;
  const { namespace, name } = target;
  const inSight = namespace === undefined || namespaces.length === 0 || namespaces.includes(namespace);
  wantGridFocus();
  browse({
    ...here(),
    resource: resourceKey(target),
    namespaces: inSight ? namespaces : [namespace],
    filter: undefined,
    faults: undefined,
    labels: undefined,
    fields: undefined,
    object: namespace === undefined ? { name } : { namespace, name },
  });
}
