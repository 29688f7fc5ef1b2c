import { at, text } from "../../../common/json/index.ts";
import type { KfDef, KfPlugin } from "../types.ts";
import type { Changes, ParameterChange } from "./changes.ts";
import { hashPlaceholder, secretAt, secretPlaceholder } from "./secrets.ts";

/**
 * What pkg/kfapp/aws/aws.go (Generate) of kfctl 1.2 changes in the applications; where 1.0 called a parameter something
 * else, that is set, too, since a parameter that the manifests don't know counts for nothing.
 */
export function awsChanges(plugin: KfPlugin, kfdef: KfDef, name: string): Changes {
  const changes: Changes = { parameters: [], overlays: [], without: [] };
  const { spec } = plugin;
  const set = (application: string, parameters: Record<string, unknown>) => {
    for (const [parameter, value] of Object.entries(parameters))
      changes.parameters.push({ application, name: parameter, value: plain(value) });
  };
  const isOld = !kfdef.spec.applications.some((application) => application.name === "kubeflow-apps");
  set("aws-alb-ingress-controller", { "cluster-name": name, ...(isOld ? { clusterName: name } : {}) });
  const password = secretAt(plugin, "auth.basicAuth.password");
  const cognito = at(spec, "auth", "cognito");
  const oidc = at(spec, "auth", "oidc");
  if (password !== undefined)
    set("dex", {
      static_email: at(spec, "auth", "basicAuth", "username"),
      static_password_hash: hashPlaceholder(password),
    });
  else {
    if (cognito !== undefined && cognito !== null)
      set("istio-ingress", {
        CognitoUserPoolArn: at(cognito, "cognitoUserPoolArn"),
        CognitoUserPoolDomain: at(cognito, "cognitoUserPoolDomain"),
        CognitoAppClientId: at(cognito, "cognitoAppClientId"),
        certArn: at(cognito, "certArn"),
      });
    if (oidc !== undefined && oidc !== null) {
      set("istio", { clusterRbacConfig: "ON" });
      changes.overlays.push({ application: "istio-ingress", remove: "cognito", add: "oidc" });
      set("istio-ingress", {
        oidcIssuer: at(oidc, "oidcIssuer"),
        oidcAuthorizationEndpoint: at(oidc, "oidcAuthorizationEndpoint"),
        oidcTokenEndpoint: at(oidc, "oidcTokenEndpoint"),
        oidcUserInfoEndpoint: at(oidc, "oidcUserInfoEndpoint"),
        certArn: at(oidc, "certArn"),
        oidcSecretName: "alb-oidc-secret",
      });
    }
  }
  if (at(spec, "enableNodeGroupLog") === true)
    set("fluentd-cloud-watch", { clusterName: name, region: at(spec, "region") });
  const database = at(spec, "managedRelationDatabase");
  if (database !== undefined && database !== null) takeDatabase(plugin, database, changes, set);
  return changes;
}

/** A database of Amazon's takes the place of those that the manifests bring. */
function takeDatabase(
  plugin: KfPlugin,
  database: unknown,
  changes: Changes,
  set: (application: string, parameters: Record<string, unknown>) => void,
): void {
  const secret = secretAt(plugin, "managedRelationDatabase.password");
  const password = secret === undefined ? "" : secretPlaceholder(secret);
  const port = at(database, "port");
  changes.overlays.push({ application: "metadata", remove: "db", add: "external-mysql" });
  set("metadata", {
    MYSQL_HOST: at(database, "host"),
    MYSQL_USERNAME: at(database, "username"),
    MYSQL_ROOT_PASSWORD: password,
    ...(port === undefined || port === null ? {} : { MYSQL_PORT: port }),
  });
  changes.without.push("mysql");
  changes.overlays.push({ application: "api-service", add: "external-mysql" });
  set("api-service", { mysqlHost: at(database, "host"), mysqlUser: at(database, "username"), mysqlPassword: password });
}

function plain(value: unknown): ParameterChange["value"] {
  return typeof value === "number" || typeof value === "bigint" ? String(value) : (text(value) ?? "");
}
