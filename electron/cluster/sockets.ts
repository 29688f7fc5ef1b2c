import type { Dispatcher } from "undici";
import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ResolvedContext } from "./context.ts";
import type { Credentials } from "./credentials.ts";
import { createConnector, createDispatcher, SocketAgent } from "./dispatcher.ts";
import { SleepGuard } from "./sleep-guard.ts";

/** Requests share a bounded pool; each stream has a socket of its own, so that watches cannot starve requests. */
export interface SocketPools {
  requests: Dispatcher;
  streams: Dispatcher;
  webSockets: SocketAgent;
}

export interface SocketsOptions {
  context: ResolvedContext;
  credentials: Credentials;
  environment: NodeJS.ProcessEnv;
  /** Sockets for requests, at most. */
  most: number;
}

/** The sockets to one API server: opened when first asked for, and anew where they are known to be of no use any more. */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #sleepGuard: SleepGuard;
  #current: { generation: number; pools: Promise<SocketPools> } | undefined;
  #retiring: Promise<void> = Promise.resolve();

  constructor(options: SocketsOptions) {
    this.#options = options;
    // Sockets from before a sleep are dead without knowing it.
    this.#sleepGuard = new SleepGuard(() => this.#retire("destroy"));
  }

  /**
   * Sockets made with today's certificates: a credential program may give other ones next time. Throws
   * `kubeconfig-invalid`, and what the credentials throw.
   */
  async current(): Promise<SocketPools> {
    const { generation } = this.#options.credentials;
    if (this.#current === undefined || this.#current.generation !== generation) {
      this.#retire("close");
      this.#current = { generation, pools: this.#open() };
    }
    const current = this.#current;
    try {
      return await current.pools;
    } catch (error) {
      // Files may be readable the next time.
      if (this.#current === current) this.#current = undefined;
      throw error;
    }
  }

  /** Breaks what is under way. */
  async close(): Promise<void> {
    this.#sleepGuard.close();
    this.#retire("destroy");
    await this.#retiring;
  }

  async #open(): Promise<SocketPools> {
    const { context, credentials, environment, most } = this.#options;
    const tls = await credentials.tls();
    const { cluster } = context;
    try {
      const connect = createConnector({ cluster, tls, environment });
      return {
        requests: createDispatcher(connect, most),
        streams: createDispatcher(connect),
        webSockets: new SocketAgent(connect, cluster.server),
      };
    } catch (error) {
      throw new FlowdeckError(
        "kubeconfig-invalid",
        message("signIn.addressUnusable", { context: context.name, server: cluster.server }),
        { detail: error instanceof Error ? error.message : String(error) },
      );
    }
  }

  /** `close` lets requests under way end; `destroy` breaks them. */
  #retire(how: "close" | "destroy"): void {
    const retired = this.#current;
    this.#current = undefined;
    // A failure to open them was told to whoever asked for them; there is nothing left to close then.
    this.#retiring = Promise.all([this.#retiring, retired === undefined ? undefined : end(retired.pools, how)]).then(
      () => undefined,
      () => undefined,
    );
  }
}

async function end(pools: Promise<SocketPools>, how: "close" | "destroy"): Promise<void> {
  const { requests, streams } = await pools;
  await Promise.all([requests[how](), streams[how]()]);
}
