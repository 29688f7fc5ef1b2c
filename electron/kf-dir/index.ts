export { KfDir } from "./kf-dir.ts";
export { unreadable } from "./unreadable.ts";
export { isWithin, realPathWithin } from "./within.ts";
