export { type ConfigPlace, checkRoom, configFileName, configPlace, kfName } from "./place.ts";
export { localPath, pathOf, type ReadConfigOptions, readConfig } from "./read-config.ts";
export { checkUri, schemeOf } from "./uri.ts";
