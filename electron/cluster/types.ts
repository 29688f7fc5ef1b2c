import type { WebSocket } from "ws";
import type { FlowdeckError, ObjectRef } from "../../common/contract/index.ts";
import type { Message, MessageId } from "../../common/words/index.ts";

/** What a request is for, as its errors say it: a text of the topic `request`. */
export type RequestPurpose = Message<Extract<MessageId, `request.${string}`>>;

/** Any Kubernetes object as JSON: what is known of every kind, and the rest as it came. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
  [field: string]: unknown;
}

/** A served resource, as discovery tells it. */
export interface ApiResource {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  verbs: readonly string[];
  singular: string;
  shortNames: readonly string[];
  categories: readonly string[];
}

/**
 * Requests that come in large numbers, and so have but a part of the connection: `pages` of tables' lists, `counts` of
 * objects, `changes` by an installation. All others are what somebody waits for, and go before them.
 */
export type RequestShare = "pages" | "counts" | "changes";

/** A request for what no call of {@link ClusterClient} covers: tables, subresources, OpenAPI. */
export interface ClientRequest {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Absolute and encoded, such as {@link ClusterClient.pathOf} gives. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  body?: string;
  contentType?: string;
  /** "scale Deployment kubeflow/ml-pipeline", for errors. */
  what: RequestPurpose;
  share?: RequestShare | undefined;
  signal?: AbortSignal | undefined;
}

export interface ClientResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface WatchEvent {
  /** `synced` comes once after each full list: everything not seen since is gone. */
  type: "added" | "modified" | "deleted" | "synced";
  /** Absent only on `synced`. */
  object?: KubeObject;
}

export interface ApplyOptions {
  /** Take over fields from these other managers when they conflict; conflicts with anyone else fail with `conflict`. */
  forceOver?: readonly string[];
  dryRun?: boolean;
  fieldManager?: string;
  share?: RequestShare | undefined;
  signal?: AbortSignal;
}

export interface PatchOptions {
  /** "scale", "status", "ephemeralcontainers" */
  subresource?: string;
  dryRun?: boolean;
  fieldManager?: string;
  signal?: AbortSignal;
}

export interface ReplaceOptions {
  /** "scale", "status" */
  subresource?: string;
  dryRun?: boolean;
  fieldManager?: string;
  signal?: AbortSignal;
}

/** https://www.rfc-editor.org/rfc/rfc6902 */
export type JsonPatchOperation =
  | { op: "add" | "replace" | "test"; path: string; value: unknown }
  | { op: "remove"; path: string }
  | { op: "move" | "copy"; from: string; path: string };

export interface DeleteOptions {
  /** What becomes of its dependents: deleted afterwards (the default), before it, or not at all. */
  propagation?: "background" | "foreground" | "orphan";
  /** Only this very object. */
  uid?: string;
  /** Seconds a pod gets to end; 0 removes it from the API server without waiting for its node. */
  gracePeriodSeconds?: number;
  dryRun?: boolean;
  share?: RequestShare | undefined;
  signal?: AbortSignal;
}

/** A WebSocket to the API server: exec, attach. */
export interface SocketRequest {
  /** Absolute and encoded, such as {@link ClusterClient.pathOf} gives. */
  path: string;
  /** In this order; a name may stand more than once (`command`). */
  query?: readonly (readonly [name: string, value: string])[];
  /** Subprotocols in order of preference, such as v5.channel.k8s.io; the socket's `protocol` is the one agreed on. */
  protocols: readonly string[];
  /** "open a shell in Pod default/web", for errors. */
  what: RequestPurpose;
  /** Aborting closes the socket at once. */
  signal: AbortSignal;
}

export interface SelectOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  signal?: AbortSignal;
}

export interface WatchOptions extends SelectOptions {
  /** Whole objects (the default), or only their metadata. */
  as?: "objects" | "metadata";
  /** Ask on, ever more rarely, also where waiting can't cure it: rights may be given, a kind may come to be served. */
  keepTrying?: boolean;
  /** How the watch is doing: for "live" and "reconnecting" beside a view. `error` is why it reconnects, if it failed. */
  onConnection?: (state: "listing" | "live" | "reconnecting", error?: FlowdeckError) => void;
}

/** How a list and its watch are doing. */
export interface WatchState {
  state: "listing" | "live" | "reconnecting";
  /** Why it reconnects, if it failed. */
  problem?: FlowdeckError | undefined;
  /** The connection is not lost: it is waited for, and nothing is to be made anew. */
  waiting: boolean;
}

/** What a watch brings: one resource, narrowed down by the server. */
export interface WatchScope {
  resource: ApiResource;
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Whole objects, or only who they are (PartialObjectMetadata). */
  as: "objects" | "metadata";
}

/** A watch that somebody else runs, whose bytes bring objects along for whoever wants those. */
export interface CarriedWatch {
  /** Somebody reads it: its next connection has to bring whole objects. */
  readonly isRead: boolean;
  /** A new connection of it begins. */
  connected(): void;
  /** Bytes of a connection that brings whole objects. */
  take(chunk: Uint8Array): void;
  tell(state: WatchState): void;
  /** It is not run any more. */
  close(): void;
}

export interface WatchCarriers {
  /**
   * To be called when the server has taken the watch: from then on it serves all it can. `onRead` is called when the first
   * reader comes: it lists after that, so what the watch brought before then need not be given again.
   */
  carry(scope: WatchScope, onRead: () => void): CarriedWatch;
}

/**
 * One API server, spoken to with one context's credentials. Every failure is a FlowdeckError whose `detail` holds the
 * server's own words. Kinds are found by discovery, which is read once and again when a kind is missing.
 */
export interface ClusterClient {
  /** What the kubeconfig calls the context. */
  readonly contextName: string;
  readonly server: string;
  /** What the kubeconfig calls the context's cluster. */
  readonly clusterName: string;
  /** The user switched changes off for this context: every request that would make one throws `not-allowed`. */
  readonly readOnly: boolean;
  /** The watches that all clients of this connection share. */
  readonly watches: WatchCarriers;
  /** The git version, such as v1.36.3. */
  version(signal?: AbortSignal): Promise<string>;
  /** Throws `kind-unknown` when the server does not serve it (after asking for its group version anew, five times a second at most). */
  resourceFor(apiVersion: string, kind: string, signal?: AbortSignal): Promise<ApiResource>;
  /** Every served resource in its preferred version. */
  resources(signal?: AbortSignal): Promise<readonly ApiResource[]>;
  refreshDiscovery(signal?: AbortSignal): Promise<void>;
  /** Undefined when there is no such object (or its kind is not served). */
  get(ref: ObjectRef, signal?: AbortSignal): Promise<KubeObject | undefined>;
  list(apiVersion: string, kind: string, options?: SelectOptions): Promise<KubeObject[]>;
  /** Server-side apply; gives the object as stored (as it would be, with dryRun). */
  apply(object: KubeObject, options?: ApplyOptions): Promise<KubeObject>;
  create(object: KubeObject, options?: { dryRun?: boolean; signal?: AbortSignal }): Promise<KubeObject>;
  /** PUT: with a resourceVersion in it, fails with `conflict` when the object was changed meanwhile. */
  replace(object: KubeObject, options?: ReplaceOptions): Promise<KubeObject>;
  mergePatch(ref: ObjectRef, patch: object, options?: PatchOptions): Promise<KubeObject>;
  /** A `test` that fails, or a path that is not there, comes as `object-invalid`. */
  jsonPatch(ref: ObjectRef, patch: readonly JsonPatchOperation[], options?: PatchOptions): Promise<KubeObject>;
  /** False when it was not there. */
  delete(ref: ObjectRef, options?: DeleteOptions): Promise<boolean>;
  /**
   * Lists, then watches, until aborted, over a watch that it shares with all who want the same: survives 410, resets, expired tokens and sleep by listing again. Objects that
   * vanished meanwhile come as `deleted`. Ends with an error only for what waiting can't cure (forbidden, unknown kind).
   */
  watch(apiVersion: string, kind: string, options?: WatchOptions): AsyncIterable<WatchEvent>;
  /** May this user do it? From SelfSubjectAccessReview; where the context is read-only, nothing but reading. */
  mayI(access: {
    verb: string;
    group: string;
    resource: string;
    namespace?: string;
    subresource?: string;
    signal?: AbortSignal;
  }): Promise<{ allowed: boolean; reason?: Message }>;
  /** For paths no other call covers (readyz, OpenAPI, subresources). */
  raw(
    path: string,
    options?: { method?: string; body?: string; contentType?: string; signal?: AbortSignal },
  ): Promise<string>;
  /** One request; what the server refuses is thrown as a FlowdeckError. */
  request(request: ClientRequest): Promise<ClientResponse>;
  /**
   * A stream of lines over a socket of its own (watches), in chunks as they come, until it ends, breaks (then it throws)
   * or is aborted. A line beyond the limit throws `answer-too-large`, unless lines may be of any length (logs, which
   * their reader cuts).
   */
  stream(
    request: ClientRequest & { signal: AbortSignal },
    options?: { anyLength?: boolean },
  ): Promise<AsyncIterable<Buffer>>;
  /**
   * One answer over a socket of its own, unpacked, as bytes that nobody else holds; gives what `read` makes of them, given
   * when they were asked for, in ms. Until that is done, the request has its place in its share. Throws `answer-too-large`.
   */
  bytes<T>(
    request: ClientRequest & { signal: AbortSignal },
    read: (bytes: Uint8Array<ArrayBuffer>, askedAt: number) => Promise<T>,
  ): Promise<T>;
  /** How many requests of a share the server can take now, whether they are under way or not. */
  atOnce(share: RequestShare): number;
  /**
   * Tells when the server stands still under what is streamed, every few seconds as long as it lasts, and undefined once
   * it is heard again; until the function it gives is called.
   */
  onSilence(listener: (silence: FlowdeckError | undefined) => void): () => void;
  /**
   * A WebSocket that is open already; what the server refuses is thrown as a FlowdeckError. Attach listeners before the
   * next turn of the event loop, or messages are lost. It has an error listener: how it ends is told by `close`, after
   * which code 1006 stands for a connection that broke or was aborted. Closing the client closes it.
   */
  socket(request: SocketRequest): Promise<WebSocket>;
  /** Path of an object, or of its `subresource` (scale, log, eviction); of the collection when `name` is left out. */
  pathOf(
    resource: Pick<ApiResource, "group" | "version" | "plural" | "namespaced">,
    object: { namespace?: string | undefined; name?: string | undefined; subresource?: string | undefined },
  ): string;
  close(): Promise<void>;
}
