export { type Condition, conditionOf } from "./conditions.ts";
export { LiveLists } from "./live-list.ts";
export { derive } from "./live-query.ts";
export { descriptionOf } from "./object-summary.ts";
export { causeOf, type PodCause } from "./pod-cause.ts";
export { forPage, isSecret, lastApplied, type Mask, maskApplied, maskSecret } from "./secret-redaction.ts";
export { serveObjects } from "./serve.ts";
