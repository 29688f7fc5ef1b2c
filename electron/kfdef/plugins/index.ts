export { authOf, specOf } from "./auth.ts";
export { type PluggedKfDef, withPlugins } from "./build-changes.ts";
export type { ParameterChange } from "./changes.ts";
export { type CloudConfig, cloudConfigs } from "./cloud-config.ts";
export { pluginForm } from "./form.ts";
export { type PluginObject, pluginObjects } from "./plugin-objects.ts";
export { type PluginProblem, pluginProblems } from "./problems.ts";
export { fillSecretValues, needsSecretValues, type SecretValues } from "./secret-values.ts";
export { secretName, undeclaredSecrets } from "./secrets.ts";
