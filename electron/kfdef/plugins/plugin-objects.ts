import { at, text } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { KfApplication, KfDef, KfPlugin } from "../types.ts";
import { awsSpec } from "./aws-spec.ts";
import { gcpSpec } from "./gcp-spec.ts";
import { hashPlaceholder, secretAt, secretPlaceholder } from "./secrets.ts";

/** An object that belongs to an application though its manifests have none of it. */
export interface PluginObject {
  application: string;
  object: KubeObject;
}

/**
 * The Secrets that kfctl makes in the cluster before it applies the applications which read them: who may sign in, and
 * with what the ingress asks who someone is. Values are placeholders. Without the application there is no Secret.
 * (setupOIDC and createBasicAuthSecret in pkg/kfapp/aws/aws.go, createIapSecret and buildBasicAuthSecret in
 * pkg/kfapp/gcp/gcp.go.)
 */
export function pluginObjects(kfdef: KfDef): PluginObject[] {
  return kfdef.spec.plugins.flatMap((plugin) => {
    if (plugin.kind === awsSpec.kind) return [oidcSecret(plugin, kfdef), loginSecret(plugin, kfdef)].flat();
    return plugin.kind === gcpSpec.kind ? [oauthSecret(plugin, kfdef), loginSecret(plugin, kfdef)].flat() : [];
  });
}

const named = (kfdef: KfDef, name: string) => kfdef.spec.applications.find((application) => application.name === name);

/** istio-system, where istio's ingress is, also where the application's own objects are elsewhere. */
function oidcSecret(plugin: KfPlugin, kfdef: KfDef): PluginObject[] {
  const secret = secretAt(plugin, "auth.oidc.oAuthClientSecret");
  const application = named(kfdef, "istio-ingress");
  if (secret === undefined || application === undefined) return [];
  const clientId = text(at(plugin.spec, "auth", "oidc", "oAuthClientId")) ?? "";
  return [
    secretOf(application, "alb-oidc-secret", "istio-system", { clientId, clientSecret: secretPlaceholder(secret) }),
  ];
}

function oauthSecret(plugin: KfPlugin, kfdef: KfDef): PluginObject[] {
  const secret = secretAt(plugin, "auth.iap.oAuthClientSecret");
  const application = named(kfdef, "iap-ingress");
  if (secret === undefined || application === undefined) return [];
  const stacks = named(kfdef, "kubeflow-apps") !== undefined;
  const own = application.parameters.findLast(({ name }) => name === "namespace")?.value;
  const namespace = stacks ? "istio-system" : (own ?? namespaceOf(kfdef));
  const clientId = text(at(plugin.spec, "auth", "iap", "oAuthClientId")) ?? "";
  return [
    secretOf(application, "kubeflow-oauth", namespace, {
      client_id: clientId,
      client_secret: secretPlaceholder(secret),
    }),
  ];
}

/** For the applications of basic auth, which are among those of a file or are not. */
function loginSecret(plugin: KfPlugin, kfdef: KfDef): PluginObject[] {
  const secret = secretAt(plugin, "auth.basicAuth.password");
  const application = kfdef.spec.applications.find(({ repoRef }) => repoRef.path === "common/basic-auth");
  if (secret === undefined || application === undefined) return [];
  const username = text(at(plugin.spec, "auth", "basicAuth", "username")) ?? "";
  return [
    secretOf(application, "kubeflow-login", namespaceOf(kfdef), { username, passwordhash: hashPlaceholder(secret) }),
  ];
}

const namespaceOf = (kfdef: KfDef) => kfdef.metadata.namespace ?? "kubeflow";

function secretOf(
  application: KfApplication,
  name: string,
  namespace: string,
  values: Record<string, string>,
): PluginObject {
  const data = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString("base64")]),
  );
  return {
    application: application.name,
    object: { apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, type: "Opaque", data },
  };
}
