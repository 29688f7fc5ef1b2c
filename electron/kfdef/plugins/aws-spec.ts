import { message } from "../../../common/words/index.ts";
import { matches, type PluginSpec } from "./spec.ts";

const arn = (service: string) =>
  matches(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\w+:.+$`), message("plugin.arnNeeded", { service }));
const address = matches(/^https:\/\/\S+$/, message("plugin.addressNeeded"));

/** pkg/kfconfig/awsplugin/types.go of kfctl 1.2; 1.0 has the same with fewer fields. */
export const awsSpec: PluginSpec = {
  kind: "KfAwsPlugin",
  auths: [
    { auth: "basic-auth", part: "auth.basicAuth" },
    { auth: "oidc", part: "auth.oidc" },
    { auth: "cognito", part: "auth.cognito" },
  ],
  optionalParts: ["managedRelationDatabase", "managedObjectStorage"],
  fields: [
    {
      path: "region",
      kind: "text",
      wanted: message("plugin.regionNeeded"),
      check: matches(/^[a-z]{2}(-[a-z]+)+-\d+$/, message("plugin.regionBad")),
    },
    { path: "roles", kind: "list" },
    { path: "enablePodIamPolicy", kind: "switch" },
    { path: "enableNodeGroupLog", kind: "switch" },
    { path: "managedCluster", kind: "switch" },
    { path: "auth.basicAuth.username", kind: "text", required: true },
    { path: "auth.basicAuth.password", kind: "secret", required: true },
    { path: "auth.oidc.oidcIssuer", kind: "text", required: true, check: address },
    { path: "auth.oidc.oidcAuthorizationEndpoint", kind: "text", required: true, check: address },
    { path: "auth.oidc.oidcTokenEndpoint", kind: "text", required: true, check: address },
    { path: "auth.oidc.oidcUserInfoEndpoint", kind: "text", required: true, check: address },
    { path: "auth.oidc.certArn", kind: "text", required: true, check: arn("acm") },
    { path: "auth.oidc.oAuthClientId", kind: "text", required: true },
    { path: "auth.oidc.oAuthClientSecret", kind: "secret", required: true },
    { path: "auth.cognito.cognitoAppClientId", kind: "text", required: true },
    { path: "auth.cognito.cognitoUserPoolArn", kind: "text", required: true, check: arn("cognito-idp") },
    { path: "auth.cognito.cognitoUserPoolDomain", kind: "text", required: true },
    { path: "auth.cognito.certArn", kind: "text", required: true, check: arn("acm") },
    { path: "managedRelationDatabase.host", kind: "text", required: true },
    { path: "managedRelationDatabase.port", kind: "number" },
    { path: "managedRelationDatabase.database", kind: "text" },
    { path: "managedRelationDatabase.username", kind: "text", required: true },
    { path: "managedRelationDatabase.password", kind: "secret", required: true },
    { path: "managedObjectStorage.endpoint", kind: "text", required: true },
    { path: "managedObjectStorage.region", kind: "text", required: true },
    { path: "managedObjectStorage.bucket", kind: "text", required: true },
    { path: "managedObjectStorage.pathPrefix", kind: "text" },
  ],
  untouched: [],
};
