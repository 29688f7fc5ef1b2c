export { serveProfiles } from "./serve.ts";
