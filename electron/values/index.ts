export { at, fields, list, number, text, textMap, texts } from "./json.ts";
export { formatLabelSelector, formatLabels, selects } from "./label-selector.ts";
export { Latest } from "./latest-value.ts";
export { parseQuantity } from "./quantity.ts";
export { latest } from "./snapshots.ts";
export { inTurn } from "./turns.ts";
