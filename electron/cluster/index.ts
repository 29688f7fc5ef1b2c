export type { ApiStatus } from "./api-status.ts";
export type { FieldConflict } from "./errors.ts";
export { conflictsOf, isRetryable, statusOf } from "./errors.ts";
export { openClient } from "./open.ts";
export type * from "./types.ts";
