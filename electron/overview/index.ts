export { type PulseOptions, watchPulse } from "./overview-watch.ts";
