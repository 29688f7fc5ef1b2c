export { KfDefs } from "./kfdefs.ts";
export type * from "./types.ts";
