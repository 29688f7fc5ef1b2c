import type { ClusterInfo } from "../contract/index.ts";
import { KubeClient } from "./client.ts";
import { readClusterInfo } from "./cluster-info.ts";
import type { ResolvedContext } from "./context.ts";
import { Credentials } from "./credentials.ts";
import { Discovery } from "./discovery.ts";
import { ExecPrograms } from "./exec-credential.ts";
import type { Kubeconfigs } from "./kubeconfigs.ts";
import { pinnedKubeconfig } from "./pinned-kubeconfig.ts";
import { type PortForward, type PortForwardOptions, startPortForward } from "./port-forward.ts";
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
  users: number;
  linger: NodeJS.Timeout | undefined;
}

/** One connection for each context, shared by all who use it; opened when first asked for. */
export class ClusterConnections {
  readonly #options: ConnectionOptions;
  readonly #exec: ExecPrograms;
  readonly #byContext = new Map<string, Connection>();
  readonly #all = new Set<Connection>();
  readonly #forwards = new Set<PortForward>();
  readonly #closing = new AbortController();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#exec = new ExecPrograms(options.kubeconfigs.approvals, options.environment);
  }

  /** Contacts the context's API server; throws why it cannot. */
  async connect(contextId: string, signal?: AbortSignal): Promise<ClusterInfo> {
    const context = await this.#options.kubeconfigs.resolve(contextId);
    const client = this.#lease(context);
    try {
      return await readClusterInfo(context, client, signal);
    } finally {
      await client.close();
    }
  }

  /**
   * A client for the context, contacting nothing yet; to be closed by whoever asked for it. A kubeconfig that changed
   * meanwhile is read anew. Throws `context-unknown`, or what is wrong with the context.
   */
  async client(contextId: string): Promise<ClusterClient> {
    return this.#lease(await this.#options.kubeconfigs.resolve(contextId));
  }

  /** A port on 127.0.0.1 that leads into the cluster, until closed; see {@link startPortForward} for what it throws. */
  async portForward(contextId: string, options: PortForwardOptions): Promise<PortForward> {
    const { kubeconfigs, environment } = this.#options;
    const context = await kubeconfigs.resolve(contextId);
    const execCommand =
      context.user.exec === undefined ? undefined : await kubeconfigs.approvals.requireApproved(context);
    const forward = await startPortForward(
      { kubeconfig: pinnedKubeconfig(context, execCommand), environment },
      { ...options, signal: AbortSignal.any([this.#closing.signal, ...(options.signal ? [options.signal] : [])]) },
    );
    this.#forwards.add(forward);
    return forward;
  }

  /** Ends every connection and every forwarded port. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#forwards].map((forward) => forward.close()));
    await Promise.all([...this.#all].map((connection) => this.#end(connection)));
  }

  #lease(context: ResolvedContext): ClusterClient {
    const key = JSON.stringify(context);
    let connection = this.#byContext.get(context.id);
    if (connection?.key !== key) {
      const outdated = connection;
      const transport = new Transport(context, new Credentials(context, this.#exec), this.#options.environment);
      connection = { key, transport, discovery: new Discovery(transport), users: 0, linger: undefined };
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
