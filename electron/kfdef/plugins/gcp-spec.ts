import { matches, type PluginSpec } from "./spec.ts";

/** pkg/kfconfig/gcpplugin/types.go of kfctl 1.2. */
export const gcpSpec: PluginSpec = {
  kind: "KfGcpPlugin",
  auths: [
    { auth: "basic-auth", part: "auth.basicAuth" },
    { auth: "iap", part: "auth.iap" },
  ],
  optionalParts: [],
  fields: [
    {
      path: "project",
      kind: "text",
      wanted: "The id of the Google Cloud project is needed.",
      // https://cloud.google.com/resource-manager/docs/creating-managing-projects: with a domain in front for older ones
      check: matches(/^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "This is no id of a Google Cloud project."),
    },
    {
      path: "email",
      kind: "text",
      wanted: "The e-mail address of the account that installs is needed.",
      check: matches(/^[^@\s]+@[^@\s]+$/, "This is no e-mail address."),
    },
    {
      path: "zone",
      kind: "text",
      wanted: "The zone of the cluster is needed (us-east1-c).",
      check: matches(/^[a-z]+-[a-z]+\d+-[a-z]$/, "This is no zone of Google Cloud (us-east1-c)."),
    },
    { path: "ipName", kind: "text" },
    {
      path: "hostname",
      kind: "text",
      check: (value) => (value.length > 63 ? "It is longer than 63 characters: shorten metadata.name." : undefined),
    },
    { path: "username", kind: "text" },
    { path: "enableWorkloadIdentity", kind: "switch", on: true },
    { path: "createPipelinePersistentStorage", kind: "switch", on: true },
    { path: "skipInitProject", kind: "switch" },
    { path: "deleteStorage", kind: "switch" },
    { path: "useBasicAuth", kind: "switch" },
    { path: "auth.basicAuth.username", kind: "text", required: true },
    { path: "auth.basicAuth.password", kind: "secret", required: true },
    { path: "auth.iap.oAuthClientId", kind: "text", required: true },
    { path: "auth.iap.oAuthClientSecret", kind: "secret", required: true },
  ],
  untouched: ["deploymentManagerConfig"],
};
