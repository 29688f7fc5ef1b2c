export { together } from "./all-or-abort.ts";
export { inTurn } from "./keyed-mutex.ts";
export { Latest } from "./latest-value.ts";
export { latest } from "./snapshots.ts";
export { untilAborted } from "./until-aborted.ts";
