export { type PulseOptions, watchPulse } from "./overview-watch.ts";
export { serveOverview } from "./serve.ts";
