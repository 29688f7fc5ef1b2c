export { AccessRules } from "./access.ts";
