export { type Condition, conditionOf } from "./conditions.ts";
export { derive } from "./derive.ts";
export { descriptionOf, eventsView, insightOf } from "./insight.ts";
export { LiveLists } from "./live-list.ts";
export { forPage, isSecret, lastApplied, type Mask, maskApplied, maskSecret } from "./mask.ts";
export { causeOf, type PodCause } from "./pod-cause.ts";
export { relatedTo } from "./related.ts";
export { watchObject } from "./watch-object.ts";
