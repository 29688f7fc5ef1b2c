export { readKernelLimits } from "./kernel-limits.ts";
export { Platforms } from "./platforms.ts";
export { servePlatforms } from "./serve.ts";
