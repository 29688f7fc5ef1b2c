export { serveWayIn } from "./serve.ts";
