export { type GoneImageRule, goneImageRules } from "./gone-images.ts";
export { goneImages } from "./images.ts";
export { type Modernised, modernise, type Unserved, unserved } from "./modernise.ts";
export { rules } from "./rules.ts";
export { askServed } from "./served.ts";
export type { Rule, ServedApis } from "./types.ts";
