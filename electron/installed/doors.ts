import type { Door } from "../../common/contract/index.ts";
import { health } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";

/** Pages of Kubeflow's dashboard, by the Deployments that serve them; `/_/` shows them within it. */
const pages: readonly { id: Door["id"]; path: string; deployments: readonly string[] }[] = [
  { id: "notebooks", path: "/_/jupyter/", deployments: ["jupyter-web-app-deployment"] },
  { id: "pipelines", path: "/_/pipeline/", deployments: ["ml-pipeline-ui"] },
  { id: "experiments", path: "/_/katib/", deployments: ["katib-ui"] },
  { id: "models", path: "/_/kserve-endpoints/", deployments: ["kserve-models-web-app"] },
  { id: "tensorboards", path: "/_/tensorboards/", deployments: ["tensorboards-web-app-deployment"] },
  { id: "volumes", path: "/_/volumes/", deployments: ["volumes-web-app-deployment"] },
];

/** The pages that an installation has, each with whether it answers. Pure. */
export function doorsOf(
  workloads: readonly { ref: { kind: string; name: string }; live: KubeObject | undefined }[],
): Door[] {
  return pages.flatMap(({ id, path, deployments }) => {
    const found = workloads.find(({ ref }) => ref.kind === "Deployment" && deployments.includes(ref.name));
    return found ? [{ id, path, ready: found.live !== undefined && health(found.live).level === "ok" }] : [];
  });
}
