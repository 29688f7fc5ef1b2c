export { at, fields, list, number, text, textMap, texts } from "./json.ts";
export { Latest } from "./latest-value.ts";
export { latest } from "./snapshots.ts";
