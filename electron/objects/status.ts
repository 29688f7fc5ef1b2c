import type { RowHealth } from "../../common/contract/index.ts";
import { health, signOf } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";

export interface Status {
  /** As the STATUS column says it, or the nearest there is. */
  status: string;
  health: RowHealth;
}

/** How an object is, from itself alone. */
export function statusOf(object: KubeObject): Status {
  const { printed, level } = health(object);
  return { status: printed, health: signOf(level) };
}
