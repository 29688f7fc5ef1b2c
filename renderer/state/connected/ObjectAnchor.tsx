import type { ReactNode } from "react";
import type { ContextId, ObjectLink } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { resourceKey } from "../resource-key.ts";
import { type BrowsePlace, formatRoute, useRoute } from "../route.ts";

/** The place where an object is shown: in its kind's table, in the namespaces looked at (or its own). */
export function placeOf(context: ContextId, link: Omit<ObjectLink, "version" | "kind">, tab?: string): BrowsePlace {
  const { namespaces } = useRoute.getState().lastBrowse;
  const { namespace, name } = link;
  const shown = namespace === undefined || namespaces.length === 0 || namespaces.includes(namespace);
  return {
    place: "browse",
    context,
    resource: resourceKey(link),
    namespaces: shown ? namespaces : [namespace],
    object: namespace === undefined ? { name } : { namespace, name },
    ...(tab === undefined ? {} : { tab }),
  };
}

/** A link to another object of the same cluster. */
export function ObjectAnchor({
  context,
  link,
  children,
  tab,
}: {
  context: ContextId;
  link: Omit<ObjectLink, "version" | "kind">;
  children?: ReactNode;
  tab?: string;
}) {
  return (
    <a className="object-link" href={formatRoute(placeOf(context, link, tab))}>
      {children ?? visibleBidi(link.name)}
    </a>
  );
}

/** What built-in kinds are called in addresses, for links that are made from an object's own fields. */
export const builtIn = {
  node: (name: string) => ({ group: "", plural: "nodes", name }),
  namespace: (name: string) => ({ group: "", plural: "namespaces", name }),
  serviceAccount: (namespace: string, name: string) => ({ group: "", plural: "serviceaccounts", namespace, name }),
  service: (namespace: string, name: string) => ({ group: "", plural: "services", namespace, name }),
  claim: (namespace: string, name: string) => ({ group: "", plural: "persistentvolumeclaims", namespace, name }),
  volume: (name: string) => ({ group: "", plural: "persistentvolumes", name }),
  secret: (namespace: string, name: string) => ({ group: "", plural: "secrets", namespace, name }),
  configMap: (namespace: string, name: string) => ({ group: "", plural: "configmaps", namespace, name }),
  storageClass: (name: string) => ({ group: "storage.k8s.io", plural: "storageclasses", name }),
};
