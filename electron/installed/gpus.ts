import type { InstalledView } from "../../common/contract/index.ts";
import { at, fields, list, text } from "../../common/json/index.ts";
import { atContainer, atNode, atPod, parseQuantity } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";

/** The notebook controller's label on the pods of a notebook. */
export const notebookLabel = "notebook-name";

/** The GPUs of the nodes and the notebooks that hold some, the largest first; undefined where there are no GPUs. Pure. */
export function gpusIn(
  nodes: readonly KubeObject[],
  /** Asked for only where there are GPUs. */
  notebookPods: () => readonly KubeObject[],
  ownerOf: (namespace: string) => string | undefined,
): InstalledView["gpus"] {
  const total = nodes.reduce((sum, node) => sum + gpusOf(atNode(node, "status", "allocatable")), 0);
  if (total === 0) return undefined;
  const notebooks = notebookPods().flatMap((pod) => {
    const { namespace = "", labels } = pod.metadata;
    const phase = text(atPod(pod, "status", "phase"));
    const holds = text(atPod(pod, "spec", "nodeName")) !== undefined && phase !== "Succeeded" && phase !== "Failed";
    const count = list(atPod(pod, "spec", "containers")).reduce<number>(
      (sum, container) => sum + gpusOf(atContainer(container, "resources", "limits")),
      0,
    );
    if (!holds || count === 0) return [];
    const owner = ownerOf(namespace);
    return [{ namespace, name: labels?.[notebookLabel] ?? pod.metadata.name, count, ...(owner ? { owner } : {}) }];
  });
  return { total, notebooks: notebooks.toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name)) };
}

/** `nvidia.com/gpu`, `amd.com/gpu`: device plugins call them so. A GPU can't be shared, so limits are requests. */
function gpusOf(amounts: unknown): number {
  return Object.entries(fields(amounts))
    .filter(([resource]) => resource.endsWith("/gpu"))
    .reduce((sum, [resource]) => sum + (parseQuantity(at(amounts, resource)) ?? 0), 0);
}
