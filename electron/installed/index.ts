export { serveInstalled } from "./serve.ts";
