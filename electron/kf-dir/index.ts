export { errorCode } from "./error-code.ts";
export { KfDir } from "./kf-dir.ts";
export { isWithin, realPathWithin } from "./within.ts";
