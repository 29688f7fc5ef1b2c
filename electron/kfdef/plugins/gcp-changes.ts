import { at, text } from "../../../common/json/index.ts";
import type { KfDef, KfPlugin } from "../types.ts";
import { usesBasicAuth } from "./auth.ts";
import type { Changes } from "./changes.ts";

/**
 * What pkg/kfapp/gcp/gcp.go (Generate) of kfctl 1.2 changes in the applications. What needs a project or an e-mail
 * address is left as the manifests have it where the plugin names none (kfctl asks gcloud then, or refuses).
 */
export function gcpChanges(plugin: KfPlugin, kfdef: KfDef, name: string): Changes {
  const changes: Changes = { parameters: [], overlays: [], without: [] };
  const set = (application: string, parameters: Record<string, string | undefined>) => {
    for (const [parameter, value] of Object.entries(parameters))
      if (value !== undefined) changes.parameters.push({ application, name: parameter, value });
  };
  const field = (path: string) => text(at(plugin.spec, path))?.trim() || undefined;
  const project = field("project");
  const email = field("email");
  if (project !== undefined) changes.project = project;
  set("profiles", {
    admin: email,
    "gcp-sa": project === undefined ? undefined : `${name}-user@${project}.iam.gserviceaccount.com`,
  });
  set("default-install", { user: email, "profile-name": email === undefined ? undefined : profileName(email) });
  const address = {
    ipName: field("ipName") ?? `${name}-ip`,
    hostname: project === undefined ? undefined : `${name}.endpoints.${project}.cloud.goog`,
    project,
  };
  if (usesBasicAuth(kfdef)) {
    set("basic-auth-ingress", address);
    set("istio", { clusterRbacConfig: "OFF" });
  } else set("iap-ingress", { ...address, appName: name });
  if (at(plugin.spec, "createPipelinePersistentStorage") !== false) {
    set("minio", { minioPd: `${name}-storage-artifact-store` });
    set("mysql", { mysqlPd: `${name}-storage-metadata-store` });
  }
  return changes;
}

/** The profile of someone with this e-mail address (EmailToDefaultName in pkg/apis/apps/group.go). */
function profileName(email: string): string {
  const [user = ""] = email.toLowerCase().replaceAll(".", "-").split("@");
  return (/[a-z0-9]([-a-z0-9]*[a-z0-9])?/.exec(`kubeflow-${user}`)?.[0] ?? "").slice(0, 30);
}
