import type { ObjectRef } from "../../common/contract/index.ts";
import { FlowdeckError } from "../../common/contract/index.ts";
import { isRecord } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { applyBody, applyContentType, jsonBody } from "./apply-object.ts";
import type { Discovery } from "./discovery.ts";
import { conflictsOf, statusOf } from "./errors.ts";
import { matchesGlob } from "./glob.ts";
import type { ApiRequest } from "./http.ts";
import { parseAnswer, unreadable } from "./limits.ts";
import { asObject, listPages } from "./list.ts";
import { collectionPath, describeRef, objectPath } from "./paths.ts";
import type { Transport } from "./transport.ts";
import type {
  ApiResource,
  ApplyOptions,
  DeleteOptions,
  JsonPatchOperation,
  KubeObject,
  PatchOptions,
  ReplaceOptions,
  SelectOptions,
} from "./types.ts";

const ownFieldManager = "flowdeck";
const propagationPolicies = { background: "Background", foreground: "Foreground", orphan: "Orphan" } as const;

/** Reads and writes single objects by their kind and name; the part of {@link ClusterClient} that is about objects. */
export class ObjectClient {
  protected readonly transport: Transport;
  protected readonly discovery: Discovery;

  constructor({ transport, discovery }: { transport: Transport; discovery: Discovery }) {
    this.transport = transport;
    this.discovery = discovery;
  }

  async resourceFor(apiVersion: string, kind: string, signal?: AbortSignal): Promise<ApiResource> {
    return await this.discovery.resourceFor(apiVersion, kind, signal);
  }

  async get(ref: ObjectRef, signal?: AbortSignal): Promise<KubeObject | undefined> {
    return await unlessMissing(async () => {
      const { resource, path } = await this.#locate(ref, signal);
      return await this.#object(resource, {
        method: "GET",
        path,
        what: message("request.read", { object: describeRef(ref) }),
        signal,
      });
    }, undefined);
  }

  async list(apiVersion: string, kind: string, options: SelectOptions = {}): Promise<KubeObject[]> {
    const resource = await this.resourceFor(apiVersion, kind, options.signal);
    let objects: KubeObject[] = [];
    const pages = listPages(this.transport, resource, options);
    for await (const page of this.#forgettingGone(apiVersion, pages)) {
      if (page.restarted) objects = [];
      for (const object of page.objects) objects.push(object);
    }
    return objects;
  }

  async apply(object: KubeObject, options: ApplyOptions = {}): Promise<KubeObject> {
    const resource = await this.resourceFor(object.apiVersion, object.kind, options.signal);
    const namespace = this.#namespaceOf(resource, object.metadata.namespace);
    const body = applyBody(placedIn(object, namespace));
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
        contentType: applyContentType,
        what: message("request.apply", { object: describeObject(object, namespace) }),
        idempotent: true,
        share: options.share,
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
      body: jsonBody(object),
      what: message("request.create", { object: describeObject(object, namespace) }),
      idempotent: options.dryRun ?? false,
      signal: options.signal,
    });
  }

  async replace(object: KubeObject, options: ReplaceOptions = {}): Promise<KubeObject> {
    const { apiVersion, kind, metadata } = object;
    const ref: ObjectRef = {
      apiVersion,
      kind,
      name: metadata.name,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    };
    const { resource, path } = await this.#locate(ref, options.signal, options.subresource);
    return await this.#object(resource, {
      method: "PUT",
      path,
      query: {
        fieldManager: options.fieldManager ?? ownFieldManager,
        dryRun: options.dryRun ? "All" : undefined,
      },
      body: jsonBody(object),
      what: message("request.replace", { object: describeRef(ref) }),
      // Sent twice, the second would meet the first one's resourceVersion and look like somebody else's change.
      idempotent: options.dryRun ?? false,
      signal: options.signal,
    });
  }

  async mergePatch(ref: ObjectRef, patch: object, options: PatchOptions = {}): Promise<KubeObject> {
    return await this.#patch(ref, patch, "application/merge-patch+json", true, options);
  }

  async jsonPatch(
    ref: ObjectRef,
    patch: readonly JsonPatchOperation[],
    options: PatchOptions = {},
  ): Promise<KubeObject> {
    // Adding to a list twice adds two: it is not sent again by itself.
    return await this.#patch(ref, patch, "application/json-patch+json", options.dryRun ?? false, options);
  }

  async delete(ref: ObjectRef, options: DeleteOptions = {}): Promise<boolean> {
    return await unlessMissing(async () => {
      const { path } = await this.#locate(ref, options.signal);
      const request: ApiRequest = {
        method: "DELETE",
        path,
        body: JSON.stringify({
          apiVersion: "v1",
          kind: "DeleteOptions",
          propagationPolicy: propagationPolicies[options.propagation ?? "background"],
          gracePeriodSeconds: options.gracePeriodSeconds,
          dryRun: options.dryRun ? ["All"] : undefined,
          preconditions: options.uid === undefined ? undefined : { uid: options.uid },
        }),
        what: message("request.delete", { object: describeRef(ref) }),
        idempotent: true,
        share: options.share,
        signal: options.signal,
      };
      try {
        const { status, repeated } = await this.transport.request(request, [404]);
        // After a broken connection, "not found" is what our own first attempt left behind.
        return status !== 404 || repeated;
      } catch (error) {
        // Another object of that name is there: the one that was meant is gone.
        if (options.uid !== undefined && statusOf(error)?.code === 409) return false;
        throw error;
      }
    }, false);
  }

  async #patch(
    ref: ObjectRef,
    patch: object,
    contentType: string,
    idempotent: boolean,
    { subresource, dryRun, fieldManager, signal }: PatchOptions,
  ): Promise<KubeObject> {
    const { resource, path } = await this.#locate(ref, signal, subresource);
    return await this.#object(resource, {
      method: "PATCH",
      path,
      query: { fieldManager: fieldManager ?? ownFieldManager, dryRun: dryRun ? "All" : undefined },
      body: jsonBody(patch),
      contentType,
      what: message("request.patch", { object: describeRef(ref) }),
      idempotent,
      signal,
    });
  }

  async #locate(
    ref: ObjectRef,
    signal: AbortSignal | undefined,
    subresource?: string,
  ): Promise<{ resource: ApiResource; path: string }> {
    const resource = await this.resourceFor(ref.apiVersion, ref.kind, signal);
    const path = objectPath(resource, ref.name, this.#namespaceOf(resource, ref.namespace));
    return { resource, path: subresource === undefined ? path : `${path}/${subresource}` };
  }

  async #object(resource: ApiResource, request: ApiRequest): Promise<KubeObject> {
    try {
      const { body } = await this.transport.request(request);
      const { server } = this.transport.context.cluster;
      const object = parseAnswer(body, request.what, server);
      if (!isRecord(object.metadata)) throw unreadable(request.what, server, body);
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
      if (error instanceof FlowdeckError && error.code === "kind-unknown") this.discovery.forget(apiVersion);
      throw error;
    }
  }

  #forgetIfGone({ group, version }: ApiResource, error: unknown): void {
    if (error instanceof FlowdeckError && error.code === "kind-unknown") {
      this.discovery.forget(group === "" ? version : `${group}/${version}`);
    }
  }

  /** As kubectl: the object's, else the context's, else default; none for what is not in namespaces. */
  #namespaceOf(resource: ApiResource, namespace: string | undefined): string | undefined {
    return resource.namespaced ? (namespace ?? this.transport.context.namespace ?? "default") : undefined;
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

/** With the namespace it goes to; with none for a cluster-scoped kind. */
function placedIn(object: KubeObject, namespace: string | undefined): KubeObject {
  const { namespace: _namespace, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) } };
}

function describeObject(object: KubeObject, namespace: string | undefined): string {
  return describeRef({
    kind: object.kind,
    name: object.metadata.name,
    ...(namespace === undefined ? {} : { namespace }),
  });
}
