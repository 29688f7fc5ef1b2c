import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mirror, root } from "./install-support.ts";
import type { Kubectl } from "./kubectl.ts";
import { customResource, deployment } from "./practice.objects.ts";

/** Kubeflow's kinds and roles as far as profiles need them, and the Deployment that stands for the profile controller. */
export async function installProfileKinds(kubectl: Kubectl): Promise<void> {
  const policies = customResource(
    "security.istio.io",
    "v1beta1",
    "AuthorizationPolicy",
    "authorizationpolicies",
    "Namespaced",
  );
  const podDefaults = customResource("kubeflow.org", "v1alpha1", "PodDefault", "poddefaults", "Namespaced");
  await kubectl.apply(policies, podDefaults, ...["admin", "edit", "view"].map(clusterRole));
  const ended = await kubectl.run(["apply", "-f", "-"], profileDefinition());
  if (ended.code !== 0) throw new Error(ended.stderr);
  await kubectl.wait("crd/profiles.kubeflow.org", "condition=Established");
  await kubectl.wait("crd/authorizationpolicies.security.istio.io", "condition=Established");
  await kubectl.apply(deployment("profiles-deployment"));
}

/** The release's own definition, in v1 and v1beta1; where its sources are missing, the starter's. */
function profileDefinition(): string {
  const archive = mirror === undefined ? undefined : join(mirror, "manifests-26.03.tar.gz");
  if (archive === undefined || !existsSync(archive))
    return readFileSync(join(root, "assets/starter/profiles/definition.yaml"), "utf8");
  const file = "manifests-release-26.03/applications/profiles/upstream/crd/bases/kubeflow.org_profiles.yaml";
  return execFileSync("tar", ["-xzOf", archive, file], { encoding: "utf8" });
}

function clusterRole(role: string): object {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: `kubeflow-${role}` },
    rules: [
      {
        apiGroups: [""],
        resources: ["pods", "namespaces", "serviceaccounts", "resourcequotas"],
        verbs: ["get", "list", "watch"],
      },
    ],
  };
}
