import type { KubeObject } from "../../cluster/index.ts";

/** On objects that become ready only when something outside the cluster was done: an installation is complete without. */
export const notAwaitedAnnotation = "flowdeck.dev/awaited";

export function isAwaited({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[notAwaitedAnnotation] !== "false";
}
