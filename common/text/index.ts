export { decodePercent } from "./decode-percent.ts";
export { decodeTable } from "./decode-table.ts";
export { joined, LineCutter } from "./lines.ts";
export { shellWord } from "./shell-word.ts";
export { visibleBidi } from "./visible-bidi.ts";
