import { FlowdeckError } from "../../common/contract/index.ts";
import { isRecord, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { parseAnswer } from "./limits.ts";
import { formatApiVersion, type GroupVersion, groupVersionPath, parseApiVersion } from "./paths.ts";
import { pause } from "./pause.ts";
import type { Transport } from "./transport.ts";
import type { ApiResource } from "./types.ts";

/** Aggregated discovery: 1.30 and later serve v2, 1.27 to 1.29 v2beta1, older ones only lists of groups. */
const accept = [
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
  "application/json",
].join(",");

/** One group version is asked for again at most this often; the answer is some kB. */
const shortestLookupMs = 200;

interface Snapshot {
  /** By group version, in the server's order of preference within a group. */
  groups: Map<string, readonly string[]>;
  byGroupVersion: Map<string, Map<string, ApiResource>>;
}

interface Part {
  etag: string | undefined;
  groups: { group: string; versions: { version: string; resources: ApiResource[] }[] }[];
}

/**
 * What an API server serves. All of it is read once, when first asked; a kind that is missing there is looked up in its
 * own group version, which is quick enough to do each time an installer has just made a CRD.
 */
export class Discovery {
  readonly #transport: Transport;
  readonly #parts = new Map<string, Part>();
  readonly #lookups = new Map<string, { done: Promise<void>; began: number }>();
  #snapshot: Snapshot | undefined;
  #loading: Promise<Snapshot> | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async resourceFor(apiVersion: string, kind: string, signal?: AbortSignal): Promise<ApiResource> {
    const snapshot = this.#snapshot ?? (await this.#load());
    signal?.throwIfAborted();
    const known = snapshot.byGroupVersion.get(apiVersion)?.get(kind);
    if (known !== undefined) return known;
    await this.#lookUp(apiVersion, signal);
    const found = this.#snapshot?.byGroupVersion.get(apiVersion)?.get(kind);
    if (found !== undefined) return found;
    const { context } = this.#transport;
    throw new FlowdeckError(
      "kind-unknown",
      message("server.kindUnserved", { context: context.name, kind, apiVersion }),
    );
  }

  /** Every resource in the version its group prefers. */
  async resources(signal?: AbortSignal): Promise<readonly ApiResource[]> {
    const snapshot = this.#snapshot ?? (await this.#load());
    signal?.throwIfAborted();
    const preferred = new Map<string, ApiResource>();
    for (const [group, versions] of snapshot.groups) {
      for (const version of versions) {
        const kinds = snapshot.byGroupVersion.get(formatApiVersion({ group, version }))?.values() ?? [];
        for (const resource of kinds) {
          const key = `${group}/${resource.plural}`;
          if (!preferred.has(key)) preferred.set(key, resource);
        }
      }
    }
    return [...preferred.values()];
  }

  async refresh(signal?: AbortSignal): Promise<void> {
    // One that is under way may have been answered before what the caller waits for.
    await this.#loading?.catch(() => undefined);
    signal?.throwIfAborted();
    await this.#load();
    signal?.throwIfAborted();
  }

  /** A group version's kinds proved to be no longer served: they are asked for anew the next time. */
  forget(apiVersion: string): void {
    this.#snapshot?.byGroupVersion.delete(apiVersion);
  }

  /** Shared by all who ask meanwhile; no caller's signal ends it for the others. */
  #load(): Promise<Snapshot> {
    this.#loading ??= this.#read().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #read(): Promise<Snapshot> {
    const parts = await Promise.all([this.#part("/api"), this.#part("/apis")]);
    const snapshot: Snapshot = { groups: new Map(), byGroupVersion: new Map() };
    for (const { group, versions } of parts.flatMap((part) => part.groups)) {
      snapshot.groups.set(
        group,
        versions.map(({ version }) => version),
      );
      for (const { version, resources } of versions) {
        snapshot.byGroupVersion.set(formatApiVersion({ group, version }), byKind(resources));
      }
    }
    this.#snapshot = snapshot;
    return snapshot;
  }

  async #part(path: "/api" | "/apis"): Promise<Part> {
    const before = this.#parts.get(path);
    const what = message("request.served");
    const response = await this.#transport.request(
      {
        method: "GET",
        path,
        what,
        headers: { accept, ...(before?.etag === undefined ? {} : { "if-none-match": before.etag }) },
      },
      [304],
    );
    if (response.status === 304 && before !== undefined) return before;
    const body = parseAnswer(response.body, what, this.#transport.context.cluster.server);
    const aggregated = body.kind === "APIGroupDiscoveryList";
    const groups = aggregated ? parseAggregated(body) : await this.#readEach(path, body);
    const etag = response.headers.etag;
    const part: Part = { groups, etag: aggregated && typeof etag === "string" ? etag : undefined };
    this.#parts.set(path, part);
    return part;
  }

  /** The classic way: a list of groups, then each group version by itself. */
  async #readEach(path: "/api" | "/apis", body: unknown): Promise<Part["groups"]> {
    const groups =
      path === "/api" ? [{ group: "", versions: isRecord(body) ? strings(body.versions) : [] }] : parseGroupList(body);
    return await Promise.all(
      groups.map(async ({ group, versions }) => ({
        group,
        versions: await Promise.all(
          versions.map(async (version) => ({ version, resources: await this.#readGroupVersion({ group, version }) })),
        ),
      })),
    );
  }

  /** Empty where the group version is not served, or its extension API server does not answer. */
  async #readGroupVersion(groupVersion: GroupVersion): Promise<ApiResource[]> {
    const what = message("request.servedBy", { group: formatApiVersion(groupVersion) });
    const { status, body } = await this.#transport.request(
      { method: "GET", path: groupVersionPath(groupVersion), what },
      [403, 404, 500, 502, 503, 504],
    );
    if (status !== 200) return [];
    return parseResourceList(parseAnswer(body, what, this.#transport.context.cluster.server), groupVersion);
  }

  /** Takes part in a lookup that begins after now, so that it sees what is there now. */
  async #lookUp(apiVersion: string, signal: AbortSignal | undefined): Promise<void> {
    const running = this.#lookups.get(apiVersion);
    if (running !== undefined && running.began <= Date.now()) {
      // It may have been answered already: wait for the next, which all who wait now share.
      const wait = running.began + shortestLookupMs - Date.now();
      if (wait > 0) await pause(wait, signal);
    }
    let current = this.#lookups.get(apiVersion);
    if (current === undefined || current === running) {
      current = { began: Date.now(), done: this.#mergeGroupVersion(apiVersion) };
      this.#lookups.set(apiVersion, current);
    }
    await current.done;
    signal?.throwIfAborted();
  }

  async #mergeGroupVersion(apiVersion: string): Promise<void> {
    const groupVersion = parseApiVersion(apiVersion);
    const resources = await this.#readGroupVersion(groupVersion);
    const snapshot = this.#snapshot;
    if (snapshot === undefined || resources.length === 0) return;
    snapshot.byGroupVersion.set(apiVersion, byKind(resources));
    const versions = snapshot.groups.get(groupVersion.group) ?? [];
    if (!versions.includes(groupVersion.version)) {
      snapshot.groups.set(groupVersion.group, [...versions, groupVersion.version]);
    }
  }
}

function byKind(resources: readonly ApiResource[]): Map<string, ApiResource> {
  const kinds = new Map<string, ApiResource>();
  // The first wins: some kinds are served under a second name as well.
  for (const resource of resources) if (!kinds.has(resource.kind)) kinds.set(resource.kind, resource);
  return kinds;
}

export function parseAggregated(body: Record<string, unknown>): Part["groups"] {
  return records(body.items).map((item) => {
    const group = (isRecord(item.metadata) ? text(item.metadata.name) : undefined) ?? "";
    return {
      group,
      versions: records(item.versions).map((entry) => {
        const version = text(entry.version) ?? "";
        return {
          version,
          resources: records(entry.resources).flatMap((resource): ApiResource[] => {
            const kind = isRecord(resource.responseKind) ? text(resource.responseKind.kind) : undefined;
            const plural = text(resource.resource);
            if (kind === undefined || plural === undefined) return [];
            const namespaced = resource.scope === "Namespaced";
            return [
              {
                group,
                version,
                kind,
                plural,
                namespaced,
                verbs: strings(resource.verbs),
                ...namesOf(resource, "singularResource", kind),
              },
            ];
          }),
        };
      }),
    };
  });
}

/** The other names people type; old servers leave the singular empty. */
function namesOf(
  entry: Record<string, unknown>,
  singular: "singularResource" | "singularName",
  kind: string,
): Pick<ApiResource, "singular" | "shortNames" | "categories"> {
  return {
    singular: text(entry[singular]) || kind.toLowerCase(),
    shortNames: strings(entry.shortNames),
    categories: strings(entry.categories),
  };
}

function parseGroupList(body: unknown): { group: string; versions: string[] }[] {
  if (!isRecord(body)) return [];
  return records(body.groups).map((entry) => {
    const preferred = isRecord(entry.preferredVersion) ? text(entry.preferredVersion.version) : undefined;
    const versions = records(entry.versions).flatMap(({ version }) => text(version) ?? []);
    return {
      group: text(entry.name) ?? "",
      versions: versions.toSorted((a, b) => Number(b === preferred) - Number(a === preferred)),
    };
  });
}

export function parseResourceList(body: unknown, { group, version }: GroupVersion): ApiResource[] {
  if (!isRecord(body)) return [];
  return records(body.resources).flatMap((entry): ApiResource[] => {
    const plural = text(entry.name);
    const kind = text(entry.kind);
    // A slash marks a subresource.
    if (plural === undefined || kind === undefined || plural.includes("/")) return [];
    return [
      {
        group,
        version,
        kind,
        plural,
        namespaced: entry.namespaced === true,
        verbs: strings(entry.verbs),
        ...namesOf(entry, "singularName", kind),
      },
    ];
  });
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
