import type { ObjectRef } from "../contract/index.ts";
import { FlowdeckError } from "../contract/index.ts";
import { isRecord, text } from "./api-status.ts";
import { asApplyObject } from "./apply-object.ts";
import type { Discovery } from "./discovery.ts";
import { conflictsOf, statusOf } from "./errors.ts";
import { matchesGlob } from "./glob.ts";
import { asObject, listPages } from "./list.ts";
import { collectionPath, describeRef, objectPath } from "./paths.ts";
import type { ApiRequest, Transport } from "./transport.ts";
import type {
  ApiResource,
  ApplyOptions,
  ClientRequest,
  ClientResponse,
  ClusterClient,
  KubeObject,
  SelectOptions,
  WatchEvent,
  WatchOptions,
} from "./types.ts";
import { ObjectWatch } from "./watch.ts";

const ownFieldManager = "flowdeck";
const propagationPolicies = { background: "Background", foreground: "Foreground", orphan: "Orphan" } as const;

/** See {@link ClusterClient}. */
export class KubeClient implements ClusterClient {
  readonly #transport: Transport;
  readonly #discovery: Discovery;
  readonly #release: () => Promise<void>;
  readonly #closed = new AbortController();

  /** Several clients may share a transport and a discovery; `release` tells their owner that this one is done. */
  constructor(shared: { transport: Transport; discovery: Discovery }, release: () => Promise<void>) {
    this.#transport = shared.transport;
    this.#discovery = shared.discovery;
    this.#release = release;
  }

  get context(): string {
    return this.#transport.context.name;
  }

  get server(): string {
    return this.#transport.context.cluster.server;
  }

  async version(signal?: AbortSignal): Promise<string> {
    const { body } = await this.#transport.request({
      method: "GET",
      path: "/version",
      what: "read the version",
      signal,
    });
    const version: unknown = JSON.parse(body);
    return (isRecord(version) ? text(version.gitVersion) : undefined) ?? "unknown";
  }

  async resourceFor(apiVersion: string, kind: string, signal?: AbortSignal): Promise<ApiResource> {
    return await this.#discovery.resourceFor(apiVersion, kind, signal);
  }

  async resources(signal?: AbortSignal): Promise<readonly ApiResource[]> {
    return await this.#discovery.resources(signal);
  }

  async refreshDiscovery(signal?: AbortSignal): Promise<void> {
    await this.#discovery.refresh(signal);
  }

  async get(ref: ObjectRef, signal?: AbortSignal): Promise<KubeObject | undefined> {
    return await unlessMissing(async () => {
      const resource = await this.resourceFor(ref.apiVersion, ref.kind, signal);
      const path = objectPath(resource, ref.name, this.#namespaceOf(resource, ref.namespace));
      return await this.#object(resource, { method: "GET", path, what: `read ${describeRef(ref)}`, signal });
    }, undefined);
  }

  async list(apiVersion: string, kind: string, options: SelectOptions = {}): Promise<KubeObject[]> {
    const resource = await this.resourceFor(apiVersion, kind, options.signal);
    let objects: KubeObject[] = [];
    const pages = listPages(this.#transport, resource, options);
    for await (const page of this.#forgettingGone(apiVersion, pages)) {
      if (page.restarted) objects = [];
      for (const object of page.objects) objects.push(object);
    }
    return objects;
  }

  async apply(object: KubeObject, options: ApplyOptions = {}): Promise<KubeObject> {
    const resource = await this.resourceFor(object.apiVersion, object.kind, options.signal);
    const namespace = this.#namespaceOf(resource, object.metadata.namespace);
    const body = JSON.stringify(asApplyObject(object, namespace));
    const send = (force: boolean): Promise<KubeObject> =>
      this.#object(resource, {
        method: "PATCH",
        path: objectPath(resource, object.metadata.name, namespace),
        query: {
          fieldManager: options.fieldManager ?? ownFieldManager,
          force,
          dryRun: options.dryRun ? "All" : undefined,
        },
        body,
        contentType: "application/apply-patch+yaml",
        what: `apply ${describeObject(object, namespace)}`,
        idempotent: true,
        signal: options.signal,
      });
    try {
      return await send(false);
    } catch (error) {
      const conflicts = conflictsOf(error);
      const forceOver = options.forceOver ?? [];
      const ours = conflicts.every(({ manager }) => forceOver.some((pattern) => matchesGlob(pattern, manager)));
      if (conflicts.length === 0 || !ours) throw error;
      return await send(true);
    }
  }

  async create(object: KubeObject, options: { dryRun?: boolean; signal?: AbortSignal } = {}): Promise<KubeObject> {
    const resource = await this.resourceFor(object.apiVersion, object.kind, options.signal);
    const namespace = this.#namespaceOf(resource, object.metadata.namespace);
    return await this.#object(resource, {
      method: "POST",
      path: collectionPath(resource, namespace),
      query: { fieldManager: ownFieldManager, dryRun: options.dryRun ? "All" : undefined },
      body: JSON.stringify(object),
      what: `create ${describeObject(object, namespace)}`,
      idempotent: options.dryRun ?? false,
      signal: options.signal,
    });
  }

  async mergePatch(ref: ObjectRef, patch: object, signal?: AbortSignal): Promise<KubeObject> {
    const resource = await this.resourceFor(ref.apiVersion, ref.kind, signal);
    return await this.#object(resource, {
      method: "PATCH",
      path: objectPath(resource, ref.name, this.#namespaceOf(resource, ref.namespace)),
      query: { fieldManager: ownFieldManager },
      body: JSON.stringify(patch),
      contentType: "application/merge-patch+json",
      what: `patch ${describeRef(ref)}`,
      idempotent: true,
      signal,
    });
  }

  async delete(
    ref: ObjectRef,
    options: { propagation?: "background" | "foreground" | "orphan"; uid?: string; signal?: AbortSignal } = {},
  ): Promise<boolean> {
    return await unlessMissing(async () => {
      const resource = await this.resourceFor(ref.apiVersion, ref.kind, options.signal);
      const request: ApiRequest = {
        method: "DELETE",
        path: objectPath(resource, ref.name, this.#namespaceOf(resource, ref.namespace)),
        body: JSON.stringify({
          apiVersion: "v1",
          kind: "DeleteOptions",
          propagationPolicy: propagationPolicies[options.propagation ?? "background"],
          ...(options.uid === undefined ? {} : { preconditions: { uid: options.uid } }),
        }),
        what: `delete ${describeRef(ref)}`,
        idempotent: true,
        signal: options.signal,
      };
      try {
        const { status, repeated } = await this.#transport.request(request, [404]);
        // After a broken connection, "not found" is what our own first attempt left behind.
        return status !== 404 || repeated;
      } catch (error) {
        // Another object of that name is there: the one that was meant is gone.
        if (options.uid !== undefined && statusOf(error)?.code === 409) return false;
        throw error;
      }
    }, false);
  }

  async *watch(apiVersion: string, kind: string, options: WatchOptions = {}): AsyncGenerator<WatchEvent, void, void> {
    // Ends the connection also when the reader stops early.
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, this.#closed.signal, ...(options.signal ? [options.signal] : [])]);
    const watch = new ObjectWatch(
      {
        transport: this.#transport,
        resource: (current) => this.resourceFor(apiVersion, kind, current),
        onGone: () => this.#discovery.forget(apiVersion),
        options,
      },
      signal,
    );
    try {
      yield* watch.events();
    } finally {
      ended.abort();
    }
  }

  async mayI(access: {
    verb: string;
    group: string;
    resource: string;
    namespace?: string;
    subresource?: string;
    signal?: AbortSignal;
  }): Promise<{ allowed: boolean; reason?: string }> {
    const { signal, ...resourceAttributes } = access;
    const { body } = await this.#transport.request({
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      body: JSON.stringify({
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes },
      }),
      what: "ask what this user may do",
      // It stores nothing.
      idempotent: true,
      signal,
    });
    const review: unknown = JSON.parse(body);
    const status = isRecord(review) && isRecord(review.status) ? review.status : {};
    const reason = text(status.reason);
    return { allowed: status.allowed === true, ...(reason ? { reason } : {}) };
  }

  async raw(
    path: string,
    options: { method?: string; body?: string; contentType?: string; signal?: AbortSignal } = {},
  ): Promise<string> {
    const method = methodNamed(options.method ?? "GET");
    const { body } = await this.#transport.request({
      method,
      path,
      what: `${method} ${path}`,
      headers: { accept: "*/*" },
      ...(options.body === undefined ? {} : { body: options.body }),
      ...(options.contentType === undefined ? {} : { contentType: options.contentType }),
      signal: options.signal,
    });
    return body;
  }

  async request({ method = "GET", ...rest }: ClientRequest): Promise<ClientResponse> {
    const { status, headers, body } = await this.#transport.request({ method, ...rest });
    return { status, headers, body };
  }

  async bytes({ method = "GET", ...rest }: ClientRequest & { signal: AbortSignal }): Promise<AsyncIterable<Buffer>> {
    const signal = AbortSignal.any([rest.signal, this.#closed.signal]);
    return await this.#transport.stream({ method, ...rest, signal });
  }

  pathOf(
    resource: Pick<ApiResource, "group" | "version" | "plural" | "namespaced">,
    { namespace, name, subresource }: { namespace?: string; name?: string; subresource?: string },
  ): string {
    const path = name === undefined ? collectionPath(resource, namespace) : objectPath(resource, name, namespace);
    return subresource === undefined ? path : `${path}/${subresource}`;
  }

  /** Ends this client's watches; the connection goes with its last client. */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    await this.#release();
  }

  async #object(resource: ApiResource, request: ApiRequest): Promise<KubeObject> {
    try {
      const { body } = await this.#transport.request(request);
      const object: unknown = JSON.parse(body);
      if (!isRecord(object))
        throw new FlowdeckError("server-error", `Cannot ${request.what}: the answer is no object.`);
      return asObject(object, resource);
    } catch (error) {
      this.#forgetIfGone(resource, error);
      throw error;
    }
  }

  async *#forgettingGone<T>(apiVersion: string, source: AsyncIterable<T>): AsyncGenerator<T, void, void> {
    try {
      yield* source;
    } catch (error) {
      if (error instanceof FlowdeckError && error.code === "kind-unknown") this.#discovery.forget(apiVersion);
      throw error;
    }
  }

  #forgetIfGone({ group, version }: ApiResource, error: unknown): void {
    if (error instanceof FlowdeckError && error.code === "kind-unknown") {
      this.#discovery.forget(group === "" ? version : `${group}/${version}`);
    }
  }

  /** As kubectl: the object's, else the context's, else default; none for what is not in namespaces. */
  #namespaceOf(resource: ApiResource, namespace: string | undefined): string | undefined {
    return resource.namespaced ? (namespace ?? this.#transport.context.namespace ?? "default") : undefined;
  }
}

async function unlessMissing<T, M>(task: () => Promise<T>, otherwise: M): Promise<T | M> {
  try {
    return await task();
  } catch (error) {
    const missing =
      error instanceof FlowdeckError && (error.code === "object-not-found" || error.code === "kind-unknown");
    if (missing) return otherwise;
    throw error;
  }
}

function describeObject(object: KubeObject, namespace: string | undefined): string {
  return describeRef({
    kind: object.kind,
    name: object.metadata.name,
    ...(namespace === undefined ? {} : { namespace }),
  });
}

function methodNamed(name: string): ApiRequest["method"] {
  if (name === "GET" || name === "POST" || name === "PUT" || name === "PATCH" || name === "DELETE") return name;
  throw new FlowdeckError("invalid-input", `No such request method: ${name}.`);
}
