import type { ContextId } from "../../common/contract/index.ts";
/** What is watched: one kind, narrowed down by the server. */
export interface ListQuery {
  context: ContextId;
  apiVersion: string;
  kind: string;
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /**
   * `watch` (the default) keeps all of them as they are. `scan` looks through the first 2 000 now and again:
   * for what may be very many of which few matter. `names` does so with their metadata only.
   */
  mode?: "watch" | "scan" | "names" | undefined;
}
