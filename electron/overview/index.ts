export { type OverviewOptions, watchOverview } from "./overview-watch.ts";
export { serveOverview } from "./serve.ts";
