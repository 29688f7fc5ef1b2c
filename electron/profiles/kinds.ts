import { FlowdeckError, type ObjectRef } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, isServed } from "../cluster/index.ts";

export const rbac = "rbac.authorization.k8s.io/v1";
/** The version that kfam writes. */
export const istioSecurity = "security.istio.io/v1beta1";
/** What Kubeflow 1.0 wrote instead of policies. */
export const istioRbac = "rbac.istio.io/v1alpha1";

/** What the profile controller calls what it makes; the last two until Kubeflow 1.0. */
export const ownerBinding = "namespaceAdmin";
export const ownerPolicy = "ns-owner-access-istio";
export const ownerServiceBinding = "owner-binding-istio";
export const ownerServiceRole = "ns-access-istio";
export const quotaName = "kf-resource-quota";
export const accounts = ["default-editor", "default-viewer"] as const;

const profileVersions = ["kubeflow.org/v1", "kubeflow.org/v1beta1"] as const;

/** The version of Profile that the cluster serves; undefined where it serves none. */
export async function profileVersion(
  client: Pick<ClusterClient, "resourceFor">,
  signal?: AbortSignal,
): Promise<string | undefined> {
  for (const version of profileVersions) {
    if (await isServed(client, version, "Profile", signal)) return version;
  }
  return undefined;
}

/** Throws `kind-unknown` where there are no profiles. */
export async function profileRef(
  client: Pick<ClusterClient, "resourceFor">,
  name: string,
  signal?: AbortSignal,
): Promise<ObjectRef> {
  const apiVersion = await profileVersion(client, signal);
  if (apiVersion === undefined) throw new FlowdeckError("kind-unknown", message("profile.notServed"));
  return { apiVersion, kind: "Profile", name };
}
