export { canonicalJson } from "./canonical.ts";
export { defined } from "./defined.ts";
export { parseJson, stringifyJson } from "./lossless.ts";
export { mapMembers } from "./map-members.ts";
export { at, fields, isRecord, list, number, own, text, textMap, texts } from "./read.ts";
