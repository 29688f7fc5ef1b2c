export { serveActions } from "./serve.ts";
