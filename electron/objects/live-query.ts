import { latest } from "../../common/async/index.ts";
import type { ContextId, FlowdeckError, ObjectLink } from "../../common/contract/index.ts";
import { stringifyJson } from "../../common/json/index.ts";
import type { ApiResource, KubeObject } from "../cluster/index.ts";
import type { ListQuery } from "./list-query.ts";
import type { LiveList, LiveLists } from "./live-list.ts";

export interface Answer {
  objects: readonly KubeObject[];
  /** False while the first list is on its way. */
  known: boolean;
  /** Only a part of a long list was looked through. */
  truncated: boolean;
  failure: FlowdeckError | undefined;
}

/** What is known of another object; its resource is found by discovery. */
export interface Named {
  apiVersion: string;
  kind: string;
  namespace?: string | undefined;
  name: string;
  uid?: string | undefined;
}

/** The cluster as a derivation sees it: each question is kept answered for as long as it is asked. */
export interface Look {
  /** Milliseconds since the epoch. */
  readonly now: number;
  list(query: Omit<ListQuery, "context">): Answer;
  /** Served in its preferred version, once discovery has told; undefined before, and for what is not served. */
  resource(group: string, kind: string): ApiResource | undefined;
}

/** So long a derivation waits for all its first lists, before it is told with what is there. */
const patienceMs = 2_000;

export interface DeriveOptions {
  context: ContextId;
  /** At most so often. */
  everyMs: number;
  /** Also without any change, because of ages. */
  tickMs?: number;
  signal: AbortSignal;
}

/**
 * What `read` makes of the cluster, now and whenever an answer it asked for changes; the same twice is told once. `read`
 * gives undefined while it does not know enough; what it throws ends the stream.
 */
export async function* derive<T>(
  lists: LiveLists,
  { context, everyMs, tickMs, signal }: DeriveOptions,
  read: (look: Look) => T | undefined,
): AsyncGenerator<T, void, void> {
  const held = new Map<string, { list: LiveList; stop: () => void }>();
  let wake = () => {};
  let patience: NodeJS.Timeout | undefined;
  let unsettledSince: number | undefined;
  const readOnce = () => {
    const asked = new Set<string>();
    let settled = true;
    const look: Look = {
      now: Date.now(),
      list: (query) => {
        const key = JSON.stringify(query);
        asked.add(key);
        let holding = held.get(key);
        if (holding === undefined) {
          const list = lists.open({ context, ...query });
          holding = { list, stop: list.onChange(() => wake()) };
          held.set(key, holding);
        }
        const { objects, synced, truncated, failure } = holding.list;
        if (!synced && failure === undefined) settled = false;
        return { objects: [...objects.values()], known: synced || failure !== undefined, truncated, failure };
      },
      resource: (group, kind) => lists.resource(context, group, kind, () => wake()),
    };
    const value = read(look);
    for (const [key, { list, stop }] of held) {
      if (asked.has(key)) continue;
      stop();
      list.release();
      held.delete(key);
    }
    // What is known only in part would be told as if it were all.
    if (settled) unsettledSince = undefined;
    else unsettledSince ??= Date.now();
    if (unsettledSince === undefined || Date.now() - unsettledSince >= patienceMs) return value;
    clearTimeout(patience);
    patience = setTimeout(() => wake(), patienceMs);
    return undefined;
  };
  const tick = tickMs === undefined ? undefined : setInterval(() => wake(), tickMs);
  tick?.unref();
  try {
    const values = latest({
      read: readOnce,
      onChange: (listener) => {
        wake = listener;
        return () => {
          wake = () => {};
        };
      },
      everyMs,
      signal,
    });
    let before = "";
    for await (const value of values) {
      if (value === undefined) continue;
      const now = stringifyJson(value);
      if (now !== before) yield value;
      before = now;
    }
  } finally {
    clearInterval(tick);
    clearTimeout(patience);
    for (const { list, stop } of held.values()) {
      stop();
      list.release();
    }
  }
}

/** The object itself, or undefined while it is not known. Throws when it can't be had. */
export function lookAt(look: Look, named: Omit<Named, "uid">): KubeObject | undefined {
  const { objects, failure } = look.list(oneObject(named));
  if (failure !== undefined) throw failure;
  return objects[0];
}

/** An object beside the one that is asked about: `missing` only when that is certain. */
export function lookBeside(look: Look, named: Named): { object: KubeObject | undefined; missing: boolean } {
  const { objects, known, failure } = look.list(oneObject(named));
  return { object: objects[0], missing: known && failure === undefined && objects.length === 0 };
}

function oneObject({ apiVersion, kind, namespace, name }: Omit<Named, "uid">): Omit<ListQuery, "context"> {
  return { apiVersion, kind, namespace, fieldSelector: `metadata.name=${name}` };
}

export function linkTo(look: Look, { apiVersion, kind, namespace, name, uid }: Named): ObjectLink {
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  const resource = look.resource(group, kind);
  const scoped = resource === undefined || resource.namespaced;
  return {
    group,
    version,
    // Nearly always so; discovery tells it soon.
    plural: resource?.plural ?? `${kind.toLowerCase()}s`,
    kind,
    ...(namespace && scoped ? { namespace } : {}),
    name,
    ...(uid === undefined ? {} : { uid }),
  };
}

export function linkToObject(look: Look, object: KubeObject): ObjectLink {
  const { namespace, name, uid } = object.metadata;
  return linkTo(look, { apiVersion: object.apiVersion, kind: object.kind, namespace, name, uid });
}
