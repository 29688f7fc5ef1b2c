export { dialect, exactTag, exactTags } from "./dialect.ts";
export { escapeForYaml } from "./escape.ts";
