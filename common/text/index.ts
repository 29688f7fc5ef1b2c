export { decodePercent } from "./decode-percent.ts";
export { shellWord } from "./shell-word.ts";
