export { AccessRules } from "./access.ts";
export { serveAccess } from "./serve.ts";
