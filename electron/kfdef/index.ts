export type { BuiltKfDef, KfDefBuild } from "./build-kfdef.ts";
export { type ConfigPlace, configPlace } from "./config/index.ts";
export { KfDefs } from "./kfdefs.ts";
export { serveKfDefs } from "./serve.ts";
export type * from "./types.ts";
