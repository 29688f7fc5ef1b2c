export { type GoneImageRule, goneImageRules } from "./gone-images.ts";
export { goneImages } from "./images.ts";
export { askServed, type Modernised, modernise, type Unserved, unserved } from "./modernise.ts";
export { rules } from "./rules.ts";
export type { Rule, ServedApis } from "./types.ts";
