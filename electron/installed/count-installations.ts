import type { ContextId } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Installer } from "../install/index.ts";
import { readSubjects } from "./read-subjects.ts";

/** Of each Kubeflow there is one of these, whatever parts of it were chosen. */
const signs = ["centraldashboard", "dashboard", "ml-pipeline", "profiles-deployment"];

/** How many installations of Kubeflow are in a cluster, as far as a few requests tell. */
export async function countInstallations(
  { connections, installer }: { connections: ClusterConnections; installer: Pick<Installer, "recorded"> },
  context: ContextId,
  signal: AbortSignal,
): Promise<number> {
  return connections.use(context, async (client) => {
    const subjects = await readSubjects(client, installer, context, signal);
    if (subjects.length > 0) return subjects.length;
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow" };
    const found = await Promise.all(
      // Who may not look is told of none.
      signs.map((name) => client.get({ ...deployment, name }, signal).catch(() => undefined)),
    );
    return found.some((one) => one !== undefined) ? 1 : 0;
  });
}
