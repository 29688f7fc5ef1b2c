export type { ApiStatus } from "./api-status.ts";
export { ClusterConnections, type ConnectionOptions } from "./connect.ts";
export type { FieldConflict } from "./errors.ts";
export { conflictsOf, isRetryable, statusOf } from "./errors.ts";
export { KubeconfigEditor } from "./kubeconfig-editor.ts";
export { contextId } from "./kubeconfig-resolve.ts";
export { type ContextOptionsKeeper, type KubeconfigOptions, Kubeconfigs } from "./kubeconfigs.ts";
export { backoffMs, pause } from "./pause.ts";
export type * from "./types.ts";
