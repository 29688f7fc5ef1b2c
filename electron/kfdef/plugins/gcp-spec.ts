import { message } from "../../../common/words/index.ts";
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
      wanted: message("plugin.projectNeeded"),
      // https://cloud.google.com/resource-manager/docs/creating-managing-projects: with a domain in front for older ones
      check: matches(/^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, message("plugin.projectBad")),
    },
    {
      path: "email",
      kind: "text",
      wanted: message("plugin.emailNeeded"),
      check: matches(/^[^@\s]+@[^@\s]+$/, message("plugin.emailBad")),
    },
    {
      path: "zone",
      kind: "text",
      wanted: message("plugin.zoneNeeded"),
      check: matches(/^[a-z]+-[a-z]+\d+-[a-z]$/, message("plugin.zoneBad")),
    },
    { path: "ipName", kind: "text" },
    {
      path: "hostname",
      kind: "text",
      check: (value) => (value.length > 63 ? message("plugin.hostnameLong") : undefined),
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
