export { authOf, pluginAuth, specOf, usesBasicAuth } from "./auth.ts";
export { type ParameterChange, type PluggedKfDef, withPlugins } from "./build-changes.ts";
export { pluginForm } from "./form.ts";
export { type PluginProblem, pluginProblems } from "./problems.ts";
export { namedSecrets, undeclaredSecrets } from "./secrets.ts";
export type { PluginSpec, SpecField } from "./spec.ts";
