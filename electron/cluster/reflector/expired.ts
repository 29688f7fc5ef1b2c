import { statusOf } from "../errors.ts";

/** The state that a list or a watch would go on from is not to be had any more: all has to be listed anew. */
export class Expired extends Error {
  /** The cluster did not say so: another watch brings the same, and is to be read instead. */
  readonly moved: boolean;

  constructor({ moved = false }: { moved?: boolean } = {}) {
    super("the resourceVersion is too old");
    this.moved = moved;
  }
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#410-gone-responses */
export function isExpired(error: unknown): boolean {
  return error instanceof Expired || statusOf(error)?.code === 410;
}
