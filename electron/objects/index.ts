export { bindingEvent } from "./claim-causes.ts";
export { type KubeEvent, readEvent } from "./events.ts";
export { LiveLists } from "./live-list.ts";
export { derive } from "./live-query.ts";
export { descriptionOf } from "./object-summary.ts";
export { causeOf } from "./pod-cause.ts";
export type { OpenClaim, PodBeside, PodCause } from "./pod-cause-types.ts";
export { claimsOf } from "./references.ts";
export { serveObjects } from "./serve.ts";
