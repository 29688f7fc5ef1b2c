export { isBuiltInGroup } from "./built-in-groups.ts";
export { type Condition, conditionOf, conditionSince, conditionsOf } from "./conditions.ts";
export { groupKindOf, groupOf, isKind, isPodController, type OfKind } from "./group-kind.ts";
export * from "./health/index.ts";
export { formatLabelSelector, formatLabels, labelsSelectedBy, selects } from "./label-selector.ts";
export * from "./profiles.ts";
export { parseQuantity, sumOfQuantities } from "./quantity.ts";
export { type Rule, rulesOf, toRule } from "./rbac.ts";
export * from "./typed-at.ts";
