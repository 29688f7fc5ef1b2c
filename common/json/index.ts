export { defined } from "./defined.ts";
export { at, fields, list, number, text, textMap, texts } from "./read.ts";
