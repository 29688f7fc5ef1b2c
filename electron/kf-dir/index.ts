export { KfDir } from "./kf-dir.ts";
export { isWithin, realPathWithin } from "./within.ts";
