import { type ContextId, FlowdeckError, type ParsedInput } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type ClusterConnections, parseAnswer, pause } from "../cluster/index.ts";
import { isForbidden, listNames } from "./list-names.ts";
import type { FoundRow } from "./messages.ts";
import { rankName } from "./rank.ts";
import { readTable } from "./table-json.ts";

/** What people look for by name, looked at when no table of it is open. */
const common = [
  { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true },
  { group: "apps", version: "v1", plural: "deployments", kind: "Deployment", namespaced: true },
  { group: "apps", version: "v1", plural: "statefulsets", kind: "StatefulSet", namespaced: true },
  { group: "apps", version: "v1", plural: "daemonsets", kind: "DaemonSet", namespaced: true },
  { group: "batch", version: "v1", plural: "cronjobs", kind: "CronJob", namespaced: true },
  { group: "batch", version: "v1", plural: "jobs", kind: "Job", namespaced: true },
  { group: "", version: "v1", plural: "services", kind: "Service", namespaced: true },
  { group: "networking.k8s.io", version: "v1", plural: "ingresses", kind: "Ingress", namespaced: true },
  { group: "", version: "v1", plural: "configmaps", kind: "ConfigMap", namespaced: true },
  { group: "", version: "v1", plural: "secrets", kind: "Secret", namespaced: true },
  { group: "", version: "v1", plural: "persistentvolumeclaims", kind: "PersistentVolumeClaim", namespaced: true },
  { group: "", version: "v1", plural: "nodes", kind: "Node", namespaced: false },
  { group: "", version: "v1", plural: "namespaces", kind: "Namespace", namespaced: false },
] as const;
type Common = (typeof common)[number];

const namesOfKind = 500;
/** Who may not list everywhere is looked for in so many namespaces. */
const mostNamespaces = 10;
const namespacesResource = { group: "", version: "v1", plural: "namespaces" };
/** A palette that waits is worse than one that knows less: it asks again at the next letter. */
const answerWithinMs = 250;
const keptMs = 15_000;
const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";

interface Name {
  namespace: string;
  name: string;
}

interface Looked {
  /** What is known so far, by plural. */
  names: Map<Common, Name[]>;
  began: number;
  done: Promise<void>;
}

/** Finds objects by name: in the tables that are open, and among the first names of common kinds. */
export class Finder {
  readonly #connections: Pick<ClusterConnections, "use">;
  readonly #inTables: (input: { context: ContextId; text: string; limit: number }) => Promise<FoundRow[]>;
  readonly #known: (context: ContextId) => Promise<string[]>;
  readonly #looked = new Map<string, Looked>();
  readonly #closed = new AbortController();

  /** @param known namespaces to look into where namespaces may not be listed */
  constructor(
    connections: Pick<ClusterConnections, "use">,
    inTables: Finder["find"],
    known: (context: ContextId) => Promise<string[]> = async () => [],
  ) {
    this.#connections = connections;
    this.#inTables = inTables;
    this.#known = known;
  }

  /** The best first; answers within a fraction of a second with what is known by then. */
  async find(input: ParsedInput<"objects.find">): Promise<FoundRow[]> {
    const { context, text, limit } = input;
    const looked = this.#look(context);
    const named: FoundRow[] = [];
    const asked = Promise.all([looked.done, this.#named(context, text, named)]);
    const [open] = await Promise.all([this.#inTables(input), Promise.race([asked, this.#patience()])]);
    const found = new Map([...named, ...open].map((row) => [idOf(row), row]));
    for (const [{ group, version, plural, kind }, names] of looked.names) {
      for (const { namespace, name } of names) {
        const rank = rankName(name, text);
        const row = { group, version, plural, kind, namespace, name };
        if (rank !== undefined && !found.has(idOf(row))) found.set(idOf(row), { ...row, rank });
      }
    }
    return [...found.values()].sort((a, b) => a.rank - b.rank).slice(0, limit);
  }

  close(): void {
    this.#closed.abort();
  }

  /** Names are looked up once for a while of typing. */
  #look(context: ContextId): Looked {
    const known = this.#looked.get(context);
    if (known !== undefined && Date.now() - known.began < keptMs) return known;
    // Until the new names are there, the old ones answer.
    const names = new Map(known?.names);
    const looked: Looked = { names, began: Date.now(), done: this.#fill(context, names) };
    this.#looked.set(context, looked);
    return looked;
  }

  async #fill(context: ContextId, names: Map<Common, Name[]>): Promise<void> {
    try {
      await this.#connections.use(context, async (client) => {
        let listed: Promise<string[]> | undefined;
        const candidates = () => {
          listed ??= listNames(client, namespacesResource, this.#closed.signal).then(
            (found) => found ?? this.#known(context),
          );
          return listed;
        };
        await Promise.all(common.map((resource) => this.#names(client, resource, names, candidates)));
      });
    } catch (error) {
      // The palette has its other entries; what is wrong with the cluster is said where its tables are.
      if (!(error instanceof FlowdeckError)) throw error;
    }
  }

  /** Objects of the very name, which may stand far behind the first ones of a large cluster. */
  async #named(context: ContextId, text: string, found: FoundRow[]): Promise<void> {
    if (text.length < 3 || !/^[a-z0-9][a-z0-9.-]*$/.test(text)) return;
    try {
      await this.#connections.use(context, async (client) => {
        await Promise.all(
          common.map(async (resource) => {
            const { namespaced: _, ...kind } = resource;
            const names = await this.#ask(client, resource, { fieldSelector: `metadata.name=${text}`, limit: 20 });
            for (const name of Array.isArray(names) ? names : []) found.push({ ...kind, ...name, rank: 0 });
          }),
        );
      });
    } catch (error) {
      if (!(error instanceof FlowdeckError)) throw error;
    }
  }

  async #names(
    client: ClusterClient,
    resource: Common,
    names: Map<Common, Name[]>,
    candidates: () => Promise<string[]>,
  ): Promise<void> {
    const query = { limit: namesOfKind };
    const found = await this.#ask(client, resource, query);
    if (Array.isArray(found)) names.set(resource, found);
    if (found !== "forbidden" || !resource.namespaced) return;
    const some = (await candidates()).slice(0, mostNamespaces);
    const each = await Promise.all(some.map((namespace) => this.#ask(client, resource, query, namespace)));
    names.set(
      resource,
      each.flatMap((answer) => (Array.isArray(answer) ? answer : [])),
    );
  }

  /** Undefined where nothing can be told now. */
  async #ask(
    client: ClusterClient,
    resource: Common,
    query: { limit: number; fieldSelector?: string },
    namespace?: string,
  ): Promise<Name[] | "forbidden" | undefined> {
    try {
      const what = message("request.find", { kind: resource.plural });
      const { body } = await client.request({
        path: client.pathOf(resource, { namespace }),
        headers: { accept },
        query,
        what,
        signal: this.#closed.signal,
      });
      const { rows } = readTable(parseAnswer(body, what, client.server));
      return rows.flatMap(({ metadata }) =>
        metadata === undefined ? [] : { namespace: metadata.namespace, name: metadata.name },
      );
    } catch (error) {
      if (isForbidden(error)) return "forbidden";
      if (this.#closed.signal.aborted || error instanceof FlowdeckError) return undefined;
      throw error;
    }
  }

  async #patience(): Promise<void> {
    await pause(answerWithinMs, this.#closed.signal).catch(() => undefined);
  }
}

function idOf({ group, plural, namespace, name }: Omit<FoundRow, "rank">): string {
  return `${group}/${plural}/${namespace}/${name}`;
}
