import { FlowdeckError } from "../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";

/** The cluster that checks look at. */
export interface World {
  client: ClusterClient;
  signal: AbortSignal;
  /** All objects of a kind, read once for all checks; undefined where this user may not, or where there is no such kind. */
  all(apiVersion: string, kind: string): Promise<readonly KubeObject[] | undefined>;
}

/** A {@link World} that reads each kind once; another one is made for what runs again later. */
export function openWorld(client: ClusterClient, signal: AbortSignal): World {
  const lists = new Map<string, Promise<readonly KubeObject[] | undefined>>();
  return {
    client,
    signal,
    all(apiVersion, kind) {
      const id = `${apiVersion}/${kind}`;
      const known = lists.get(id);
      if (known) return known;
      const list = client.list(apiVersion, kind, { signal }).then(
        (found) => found.map((object) => ({ ...object, apiVersion, kind })),
        (error: unknown) => {
          if (error instanceof FlowdeckError && ["forbidden", "kind-unknown"].includes(error.code)) return undefined;
          throw error;
        },
      );
      lists.set(id, list);
      return list;
    },
  };
}
