export { formatLabelSelector, formatLabels, selects } from "./label-selector.ts";
export { parseQuantity } from "./quantity.ts";
