export { serveChecks } from "./serve.ts";
