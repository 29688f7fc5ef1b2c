export type { ApiStatus } from "./api-status.ts";
export { ClusterConnections, type ConnectionOptions } from "./connect.ts";
export type { FieldConflict } from "./errors.ts";
export { conflictsOf, isRetryable, statusOf } from "./errors.ts";
export { contextId } from "./kubeconfig-resolve.ts";
export { type KubeconfigOptions, Kubeconfigs } from "./kubeconfigs.ts";
export type { PortForward, PortForwardOptions } from "./port-forward.ts";
export { parseQuantity } from "./quantity.ts";
export type * from "./types.ts";
