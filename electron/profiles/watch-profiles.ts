import { latest, together } from "../../common/async/index.ts";
import {
  type AppError,
  type ContextId,
  FlowdeckError,
  type ProfileList,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { backoffMs, type ClusterClient, type KubeObject, pause } from "../cluster/index.ts";
import { allocatableOf, buildProfiles } from "./build-profiles.ts";
import { profileVersion } from "./kinds.ts";
import { ownProfiles } from "./own-profiles.ts";
import { type Snapshot, type Source, type SourceName, sourceNames, sources } from "./snapshot.ts";

const everyMs = 250;
/** States that depend on how long something takes are told anew so often. */
const tickMs = 5_000;
/** Kubeflow may be installed meanwhile. */
const askAgainMs = 15_000;

interface Kept {
  objects: Map<string, KubeObject>;
  /** Its first list is there, or it can't be had. */
  settled: boolean;
  problem?: AppError | undefined;
}

type WatchClient = Pick<ClusterClient, "watch" | "resourceFor" | "get" | "list" | "mayI" | "request" | "server">;

/** What the list needs of all connections, and of one. */
export interface WatchDeps {
  connections: {
    use(context: ContextId, work: (client: WatchClient) => Promise<void>): Promise<void>;
  };
}

/** All profiles of a cluster, told anew when something about them changes; ends with `signal`. */
export async function* watchProfiles(
  { connections }: WatchDeps,
  { context, namespaces = [] }: { context: ContextId; namespaces?: readonly string[] | undefined },
  signal: AbortSignal,
): AsyncGenerator<ProfileList, void, void> {
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  const state = new ListState();
  const work = follow(connections, { context, namespaces }, state, within);
  const tick = setInterval(() => state.changed(), tickMs);
  tick.unref();
  let told = "";
  try {
    const items = latest({
      read: () => state.list(),
      onChange: (heard) => state.onChange(heard),
      everyMs,
      signal: within,
    });
    for await (const item of items) {
      const now = JSON.stringify(item);
      if (now !== told) yield item;
      told = now;
    }
  } finally {
    clearInterval(tick);
    ended.abort();
    await work;
  }
}

async function follow(
  connections: WatchDeps["connections"],
  { context, namespaces }: { context: ContextId; namespaces: readonly string[] },
  state: ListState,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await connections.use(context, async (client) => {
        const version = await profileVersion(client, signal);
        if (version === undefined) {
          state.absent();
          return;
        }
        failures = 0;
        state.begin();
        await together(
          sourceNames.map((name) => (within) => followKind(client, name, version, state, within)),
          signal,
        );
      });
      await pause(askAgainMs, signal).catch(() => undefined);
    } catch (error) {
      if (signal.aborted) return;
      const isForbidden = error instanceof FlowdeckError && error.code === "forbidden";
      await (isForbidden
        ? followOwn(connections, { context, namespaces }, state, signal)
        : Promise.reject(error)
      ).catch((failure: unknown) => state.failed(toAppError(failure)));
      if (signal.aborted) return;
      await pause(backoffMs(failures, 2_000, askAgainMs), signal).catch(() => undefined);
    }
  }
}

/** For who can't list profiles: the user's own ones, read again from time to time; whether that is still so, too. */
async function followOwn(
  connections: WatchDeps["connections"],
  { context, namespaces }: { context: ContextId; namespaces: readonly string[] },
  state: ListState,
  signal: AbortSignal,
): Promise<void> {
  await connections.use(context, async (client) => {
    state.own(await ownProfiles(client, namespaces, signal));
  });
}

async function followKind(
  client: Pick<ClusterClient, "watch">,
  name: SourceName,
  profiles: string,
  state: ListState,
  signal: AbortSignal,
): Promise<void> {
  const { apiVersion, kind, as, wanted }: Source = sources[name];
  const kept = state.kept(name);
  const events = client.watch(name === "profiles" ? profiles : apiVersion, kind, {
    ...(as ? { as } : {}),
    keepTrying: name !== "profiles",
    signal,
    onConnection: (connection, error) => {
      if (name === "profiles") state.connection = connection === "live" ? "live" : "reconnecting";
      // A new attempt says nothing: what is not served is not there until a list of it comes.
      if (connection === "live") kept.problem = undefined;
      else if (error !== undefined) kept.problem = toAppError(error);
      if (kept.problem !== undefined) kept.settled = true;
      state.changed();
    },
  });
  for await (const { type, object } of events) {
    if (type === "synced") kept.settled = true;
    else if (object !== undefined) {
      const key = object.metadata.uid ?? `${object.metadata.namespace}/${object.metadata.name}`;
      if (type === "deleted" || wanted?.(object) === false) kept.objects.delete(key);
      else kept.objects.set(key, withoutManagers(object));
    }
    state.changed();
  }
  // The kind went away with its definition.
  if (name === "profiles" && !signal.aborted) throw new FlowdeckError("kind-unknown", message("profile.notServed"));
}

/** Who wrote which field is most of an object, and nobody here asks. */
function withoutManagers(object: KubeObject): KubeObject {
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

class ListState {
  connection: "listing" | "live" | "reconnecting" = "listing";
  #all = new Map<SourceName, Kept>();
  #outcome: "following" | "absent" | "failed" | "own" = "following";
  #own: ProfileList | undefined;
  #problem: AppError | undefined;
  readonly #listeners = new Set<() => void>();

  begin(): void {
    // What can be read without listing profiles stays on screen while that is tried again.
    if (this.#outcome !== "own") this.#outcome = "following";
    this.#problem = undefined;
    this.#all = new Map();
    this.connection = "listing";
    this.changed();
  }

  absent(): void {
    this.#outcome = "absent";
    this.changed();
  }

  /** What was read for who can't list profiles stands until it is read again. */
  own(list: ProfileList): void {
    this.#outcome = "own";
    this.#own = list;
    this.changed();
  }

  failed(problem: AppError): void {
    this.#outcome = problem.code === "kind-unknown" ? "absent" : "failed";
    this.#problem = problem;
    this.changed();
  }

  kept(name: SourceName): Kept {
    let kept = this.#all.get(name);
    if (kept === undefined) {
      kept = { objects: new Map(), settled: false };
      this.#all.set(name, kept);
    }
    return kept;
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Profiles can be listed after all. */
  #isListed(): boolean {
    const { settled, problem } = this.kept("profiles");
    return settled && problem === undefined;
  }

  list(): ProfileList {
    const nothing = { profiles: [], allocatable: {}, unread: [] };
    if (this.#outcome === "absent") return { state: "absent", ...nothing };
    if (this.#outcome === "own" && this.#own !== undefined && !this.#isListed()) return this.#own;
    if (this.#outcome === "failed")
      return { state: "failed", ...nothing, ...(this.#problem === undefined ? {} : { problem: this.#problem }) };
    const all = sourceNames.map((name) => ({ name, kept: this.kept(name) }));
    if (all.some(({ kept }) => !kept.settled)) return { state: "listing", ...nothing };
    const isThere = ({ kept }: (typeof all)[number]) => kept.problem === undefined || kept.objects.size > 0;
    const snapshot = Object.fromEntries(
      all.map((one) => [one.name, isThere(one) ? [...one.kept.objects.values()] : undefined]),
    ) as Snapshot;
    const unread = all.flatMap(({ name, kept: { problem } }) => {
      const { kind, optional = false }: Source = sources[name];
      const matters = problem !== undefined && !(optional && problem.code === "kind-unknown");
      return matters ? [{ kind, problem }] : [];
    });
    return {
      state: this.connection,
      profiles: buildProfiles(snapshot, Date.now()),
      allocatable: allocatableOf(snapshot.nodes),
      unread,
    };
  }
}
