export { type PulseOptions, watchPulse } from "./watch.ts";
