import type { WebSocket } from "ws";
import { FlowdeckError } from "../../common/contract/index.ts";
import { isRecord, text } from "../../common/json/index.ts";
import { type Message, message, verbatim } from "../../common/words/index.ts";
import type { Discovery } from "./discovery.ts";
import type { ApiRequest } from "./http.ts";
import { parseAnswer } from "./limits.ts";
import { ObjectClient } from "./object-client.ts";
import { collectionPath, objectPath } from "./paths.ts";
import { onlyReads } from "./read-only.ts";
import { ObjectReader } from "./reflector/object-reader.ts";
import type { SharedWatches } from "./reflector/shared-watches.ts";
import type { Transport } from "./transport.ts";
import type {
  ApiResource,
  ClientRequest,
  ClientResponse,
  ClusterClient,
  RequestShare,
  SocketRequest,
  WatchEvent,
  WatchOptions,
} from "./types.ts";

/** See {@link ClusterClient}. */
export class KubeClient extends ObjectClient implements ClusterClient {
  readonly #release: () => Promise<void>;
  readonly #closed = new AbortController();
  readonly watches: SharedWatches;

  /** Several clients may share what they stand on; `release` tells its owner that this one is done. */
  constructor(
    shared: { transport: Transport; discovery: Discovery; watches: SharedWatches },
    release: () => Promise<void>,
  ) {
    super(shared);
    this.watches = shared.watches;
    this.#release = release;
  }

  get contextName(): string {
    return this.transport.context.name;
  }

  get server(): string {
    return this.transport.context.cluster.server;
  }

  get clusterName(): string {
    return this.transport.context.cluster.name;
  }

  get readOnly(): boolean {
    return this.transport.isReadOnly();
  }

  async version(signal?: AbortSignal): Promise<string> {
    const what = message("request.version");
    const { body } = await this.transport.request({ method: "GET", path: "/version", what, signal });
    return text(parseAnswer(body, what, this.server).gitVersion) ?? "unknown";
  }

  async resources(signal?: AbortSignal): Promise<readonly ApiResource[]> {
    return await this.discovery.resources(signal);
  }

  async refreshDiscovery(signal?: AbortSignal): Promise<void> {
    await this.discovery.refresh(signal);
  }

  async *watch(apiVersion: string, kind: string, options: WatchOptions = {}): AsyncGenerator<WatchEvent, void, void> {
    const reader = new ObjectReader({
      transport: this.transport,
      watches: this.watches,
      resource: (current) => this.resourceFor(apiVersion, kind, current),
      onGone: () => this.discovery.forget(apiVersion),
      options,
    });
    yield* reader.events(AbortSignal.any([this.#closed.signal, ...(options.signal ? [options.signal] : [])]));
  }

  async mayI(access: {
    verb: string;
    group: string;
    resource: string;
    namespace?: string;
    subresource?: string;
    signal?: AbortSignal;
  }): Promise<{ allowed: boolean; reason?: Message }> {
    const { signal, ...resourceAttributes } = access;
    if (this.readOnly && !onlyReads(access)) {
      return { allowed: false, reason: message("server.readOnlyContext", { context: this.contextName }) };
    }
    const what = message("request.access");
    const { body } = await this.transport.request({
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      body: JSON.stringify({
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes },
      }),
      what,
      // It stores nothing.
      idempotent: true,
      signal,
    });
    const review = parseAnswer(body, what, this.server);
    const status = isRecord(review.status) ? review.status : {};
    const reason = text(status.reason);
    return { allowed: status.allowed === true, ...(reason ? { reason: verbatim(reason) } : {}) };
  }

  async raw(
    path: string,
    options: { method?: string; body?: string; contentType?: string; signal?: AbortSignal } = {},
  ): Promise<string> {
    const method = methodNamed(options.method ?? "GET");
    const { body } = await this.transport.request({
      method,
      path,
      what: message("request.other", { method, path }),
      headers: { accept: "*/*" },
      ...(options.body === undefined ? {} : { body: options.body }),
      ...(options.contentType === undefined ? {} : { contentType: options.contentType }),
      signal: options.signal,
    });
    return body;
  }

  async request({ method = "GET", ...rest }: ClientRequest): Promise<ClientResponse> {
    const { status, headers, body } = await this.transport.request({ method, ...rest });
    return { status, headers, body };
  }

  async stream(
    { method = "GET", ...rest }: ClientRequest & { signal: AbortSignal },
    options: { anyLength?: boolean } = {},
  ): Promise<AsyncIterable<Buffer>> {
    const signal = AbortSignal.any([rest.signal, this.#closed.signal]);
    return await this.transport.stream({ method, ...rest, signal }, options);
  }

  async bytes<T>(
    { method = "GET", ...rest }: ClientRequest & { signal: AbortSignal },
    read: (bytes: Uint8Array<ArrayBuffer>, askedAt: number) => Promise<T>,
  ): Promise<T> {
    const signal = AbortSignal.any([rest.signal, this.#closed.signal]);
    return await this.transport.bytes({ method, ...rest, signal }, read);
  }

  atOnce(share: RequestShare): number {
    return this.transport.atOnce(share);
  }

  onSilence(listener: (silence: FlowdeckError | undefined) => void): () => void {
    return this.transport.onSilence(listener);
  }

  async socket(request: SocketRequest): Promise<WebSocket> {
    return await this.transport.socket({ ...request, signal: AbortSignal.any([request.signal, this.#closed.signal]) });
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
}

function methodNamed(name: string): ApiRequest["method"] {
  if (name === "GET" || name === "POST" || name === "PUT" || name === "PATCH" || name === "DELETE") return name;
  throw new FlowdeckError("invalid-input", message("server.unknownMethod", { method: name }));
}
