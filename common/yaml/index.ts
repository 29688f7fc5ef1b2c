export { dialect, exactTags } from "./dialect.ts";
export { escapeForYaml } from "./escape.ts";
