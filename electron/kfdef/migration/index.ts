export { goneImages } from "./images.ts";
export { type Migrated, migrate, type Unserved, unserved } from "./migrate.ts";
export { rules } from "./rules.ts";
export { askServed } from "./served-versions.ts";
export type { Rule, ServedApis } from "./types.ts";
export { type GoneImageRule, goneImageRules } from "./unavailable-images.ts";
