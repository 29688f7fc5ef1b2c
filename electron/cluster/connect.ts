import { writeFile } from "node:fs/promises";
import type { ClusterInfo, ContextId } from "../../common/contract/index.ts";
import { KubeClient } from "./client.ts";
import { readClusterInfo } from "./cluster-info.ts";
import type { ResolvedContext } from "./context.ts";
import { Credentials } from "./credentials.ts";
import { Discovery } from "./discovery.ts";
import { ExecPrograms } from "./exec-credential.ts";
import type { Kubeconfigs } from "./kubeconfigs.ts";
import { pinnedKubeconfig } from "./pinned-kubeconfig.ts";
import { SharedWatches } from "./reflector/shared-watches.ts";
import { Transport } from "./transport.ts";
import type { ClusterClient } from "./types.ts";

export interface ConnectionOptions {
  kubeconfigs: Kubeconfigs;
  /** For credential programs and proxies: without LD_PRELOAD and the like (electron/tools' environment). */
  environment: NodeJS.ProcessEnv;
  /** How long a connection without users is kept, as the next step often wants it again. */
  lingerMs?: number;
}

interface Connection {
  /** Changes when the kubeconfig does: who asks then gets another connection. */
  key: string;
  transport: Transport;
  discovery: Discovery;
  watches: SharedWatches;
  users: number;
  linger: NodeJS.Timeout | undefined;
}

/** One connection for each context, shared by all who use it; opened when first asked for. */
export class ClusterConnections {
  readonly #options: ConnectionOptions;
  readonly #exec: ExecPrograms;
  readonly #byContext = new Map<ContextId, Connection>();
  readonly #all = new Set<Connection>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#exec = new ExecPrograms(options.kubeconfigs.approvals, options.environment);
    // Nobody goes on as the one they were: what is open is ended, and who asks next is the new one.
    options.kubeconfigs.onIdentityChange((id) => {
      const connection = this.#byContext.get(id);
      if (connection !== undefined) this.#endInBackground(connection);
    });
  }

  /** Contacts the context's API server; throws why it cannot. */
  async connect(id: ContextId, signal?: AbortSignal): Promise<ClusterInfo> {
    const context = await this.#options.kubeconfigs.resolve(id);
    return await using(this.#lease(context), (client) => readClusterInfo(context, client, signal));
  }

  /**
   * A client for the context, contacting nothing yet; to be closed by whoever asked for it. A kubeconfig that changed
   * meanwhile is read anew. Throws `context-unknown`, or what is wrong with the context.
   */
  async client(id: ContextId): Promise<ClusterClient> {
    return this.#lease(await this.#options.kubeconfigs.resolve(id));
  }

  /** Does some work with a client of the context and closes it; throws what {@link client} and the work throw. */
  async use<T>(id: ContextId, work: (client: ClusterClient) => Promise<T>): Promise<T> {
    return await using(await this.client(id), work);
  }

  /**
   * Writes a kubeconfig with only this context to a new file that only this user can read, for programs beside us; whoever
   * asked for it removes it. Throws `exec-needs-approval` where the credential program may not run yet.
   */
  async writeKubeconfig(id: ContextId, file: string): Promise<{ name: string; readOnly: boolean }> {
    const { kubeconfigs } = this.#options;
    const context = await kubeconfigs.resolve(id);
    const execCommand =
      context.user.exec === undefined ? undefined : await kubeconfigs.approvals.requireApproved(context);
    await writeFile(file, pinnedKubeconfig(context, execCommand), { mode: 0o600, flag: "wx" });
    return { name: context.name, readOnly: kubeconfigs.isReadOnly(context.id) };
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((connection) => this.#end(connection)));
  }

  #lease(context: ResolvedContext): ClusterClient {
    const key = JSON.stringify(context);
    let connection = this.#byContext.get(context.id);
    if (connection?.key !== key) {
      const outdated = connection;
      const { kubeconfigs, environment } = this.#options;
      const credentials = new Credentials(context, this.#exec);
      const transport = new Transport(context, credentials, environment, () => kubeconfigs.isReadOnly(context.id));
      connection = {
        ...{ key, transport, discovery: new Discovery(transport), watches: new SharedWatches(transport) },
        ...{ users: 0, linger: undefined },
      };
      this.#byContext.set(context.id, connection);
      this.#all.add(connection);
      // Those who still use the old one keep it until they are done.
      if (outdated?.users === 0) this.#endInBackground(outdated);
    }
    clearTimeout(connection.linger);
    connection.users++;
    const leased = connection;
    return new KubeClient(leased, () => this.#release(leased));
  }

  async #release(connection: Connection): Promise<void> {
    connection.users--;
    if (connection.users > 0) return;
    if (!this.#isCurrent(connection)) return await this.#end(connection);
    connection.linger = setTimeout(() => this.#endInBackground(connection), this.#options.lingerMs ?? 30_000);
    // It must not keep a command-line run alive.
    connection.linger.unref();
  }

  #isCurrent(connection: Connection): boolean {
    return this.#byContext.get(connection.transport.context.id) === connection;
  }

  #endInBackground(connection: Connection): void {
    this.#end(connection).catch(() => {
      // Its sockets are gone either way.
    });
  }

  async #end(connection: Connection): Promise<void> {
    clearTimeout(connection.linger);
    this.#all.delete(connection);
    if (this.#isCurrent(connection)) this.#byContext.delete(connection.transport.context.id);
    await connection.transport.close();
  }
}

async function using<T>(client: ClusterClient, work: (client: ClusterClient) => Promise<T>): Promise<T> {
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
