export { Catalogue, describeRelease } from "./catalogue.ts";
export { dropNamespaces } from "./drop.ts";
export { type Prepared, type PrepareInput, type PrepareOptions, prepare } from "./prepare.ts";
export { resolveComponents } from "./resolve.ts";
export type * from "./types.ts";
