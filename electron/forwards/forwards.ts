import { randomUUID } from "node:crypto";
import { Latest } from "../../common/async/index.ts";
import { FlowdeckError, type Forward, type ForwardablePort, type ObjectTarget } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import { backingOf, portsOf } from "./endpoint-resolution.ts";
import { PortForward } from "./port-forward.ts";

export interface StartForward {
  target: ObjectTarget;
  /** Port of the Service or pod. */
  port: number;
  /** Of 127.0.0.1; a free one when not given. */
  localPort?: number | undefined;
  purpose?: Forward["purpose"];
  signal?: AbortSignal | undefined;
}

interface Open {
  forward: PortForward;
  fixed: Omit<Forward, "state" | "pod" | "problem" | "connections">;
}

/** How long a start waits for a pod: whoever opens the port at once then finds it answering. */
const startWaitMs = 2_000;

/** The ports of this machine that lead into clusters, until stopped or the app ends. */
export class Forwards {
  readonly #connections: ClusterConnections;
  readonly #open = new Map<string, Open>();
  readonly #list = new Latest<Forward[]>([]);
  readonly #ended = new AbortController();

  constructor(connections: ClusterConnections) {
    this.#connections = connections;
  }

  /** Ports that the object names. Throws `object-not-found`. */
  async ports(target: ObjectTarget, signal?: AbortSignal): Promise<ForwardablePort[]> {
    return await this.#connections.use(target.context, async (client) => {
      return await portsOf(client, target, signal);
    });
  }

  /** Throws `object-not-found`, `busy` (local port taken), or why the cluster cannot be reached. */
  async start({ target, port, localPort, purpose = "user", signal }: StartForward): Promise<Forward> {
    const client = await this.#connections.client(target.context);
    let forward: PortForward;
    try {
      const backing = await backingOf(client, target, port, signal);
      signal?.throwIfAborted();
      this.#refuseOwn(localPort);
      forward = await PortForward.open(client, backing, localPort);
    } catch (error) {
      await client.close();
      throw error;
    }
    if (this.#ended.signal.aborted || signal?.aborted) {
      await forward.close();
      throw new FlowdeckError("cancelled", message("call.cancelled"));
    }
    const id = randomUUID();
    const url = `${/443$/.test(String(port)) ? "https" : "http"}://127.0.0.1:${forward.localPort}`;
    const fixed = {
      id,
      target,
      contextName: client.contextName,
      port,
      localPort: forward.localPort,
      url,
      startedAt: Date.now(),
      purpose,
    };
    this.#open.set(id, { forward, fixed });
    this.#follow(forward).catch(() => undefined); // a list that cannot be told has no reader
    await forward.untilReady(AbortSignal.any([AbortSignal.timeout(startWaitMs), ...(signal ? [signal] : [])]));
    return { ...fixed, ...forward.state.value };
  }

  /** The port of another forward of this app is not another program's. */
  #refuseOwn(localPort: number | undefined): void {
    const holder = [...this.#open.values()].find(({ fixed }) => fixed.localPort === localPort);
    if (holder === undefined) return;
    const { kind, namespace, name } = holder.fixed.target;
    const where = `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
    const ports = { port: String(localPort), remote: String(holder.fixed.port) };
    throw new FlowdeckError("busy", message("forward.portForwarded", { ...ports, where }), {
      advice: message("forward.stopThatFirst"),
    });
  }

  async stop(id: string): Promise<void> {
    const open = this.#open.get(id);
    this.#open.delete(id);
    this.#tell();
    await open?.forward.close();
  }

  watch(signal: AbortSignal): AsyncIterable<Forward[]> {
    return this.#list.watch(signal);
  }

  /** Whether the address belongs to one of them: only such loopback pages are opened for the user. */
  owns(url: URL): boolean {
    return [...this.#open.values()].some(({ fixed }) => new URL(fixed.url).host === url.host);
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await Promise.all([...this.#open.keys()].map((id) => this.stop(id)));
  }

  async #follow(forward: PortForward): Promise<void> {
    for await (const _ of forward.state.watch(this.#ended.signal)) this.#tell();
  }

  #tell(): void {
    this.#list.set([...this.#open.values()].map(({ fixed, forward }) => ({ ...fixed, ...forward.state.value })));
  }
}
