import { createServer, type Server, type Socket } from "node:net";
import { Latest } from "../../common/async/index.ts";
import { type AppError, explained, FlowdeckError, toAppError } from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { causeOf } from "../objects/index.ts";
import { type Backing, isReady } from "./endpoint-resolution.ts";
import { joinTunnel, portForwardProtocols } from "./tunnel.ts";

export interface ForwardState {
  state: "ready" | "waiting";
  pod?: string;
  problem?: AppError;
  connections: number;
}

/** How long a connection waits for a pod to become ready before it is closed. */
const longestWaitMs = 15_000;

/**
 * A port on 127.0.0.1 that leads to whichever pod stands behind an object now: each connection is a WebSocket of its own,
 * so a pod that is replaced costs its connections and no more.
 */
export class PortForward {
  readonly #client: ClusterClient;
  readonly #backing: Backing;
  readonly state = new Latest<ForwardState>({ state: "waiting", connections: 0 });
  readonly #ended = new AbortController();
  readonly #pods = new Map<string, KubeObject>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #watching: Promise<void> = Promise.resolve();
  /** Whether all pods that there are have been told. */
  #synced = false;
  /** What ended the look at the pods. */
  #blind: AppError | undefined;
  /** What the last connection met. */
  #problem: AppError | undefined;
  #pod: string | undefined;

  private constructor(client: ClusterClient, backing: Backing) {
    this.#client = client;
    this.#backing = backing;
    // Whoever has ended sending still gets the answer.
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
  }

  /**
   * Listens and watches the pods; the client is closed with it.
   * @throws FlowdeckError `busy` when the local port is taken.
   */
  static async open(client: ClusterClient, backing: Backing, localPort?: number): Promise<PortForward> {
    const forward = new PortForward(client, backing);
    await listen(forward.#server, localPort);
    forward.#watching = forward.#watch();
    return forward;
  }

  get localPort(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Resolves once a pod is ready (true), or when `signal` ends the wait (false). */
  async untilReady(signal: AbortSignal): Promise<boolean> {
    for await (const { state } of this.state.watch(signal)) if (state === "ready") return true;
    return false;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([closed, this.#watching]);
    await this.#client.close();
  }

  async #watch(): Promise<void> {
    const { namespace, labelSelector, fieldSelector } = this.#backing;
    try {
      const events = this.#client.watch("v1", "Pod", {
        namespace,
        ...(labelSelector === undefined ? {} : { labelSelector }),
        ...(fieldSelector === undefined ? {} : { fieldSelector }),
        signal: this.#ended.signal,
      });
      for await (const { type, object } of events) {
        if (type === "synced") this.#synced = true;
        if (object !== undefined && type === "deleted") this.#pods.delete(object.metadata.name);
        else if (object !== undefined) this.#pods.set(object.metadata.name, object);
        this.#tell();
      }
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.#pods.clear();
      this.#blind = toAppError(error);
      this.#tell();
    }
  }

  /** The pod that was meant, the one that answered last, else the oldest that is ready. */
  #choose(): KubeObject | undefined {
    const ready = [...this.#pods.values()].filter(isReady);
    const byName = (name: string | undefined) => ready.find(({ metadata }) => metadata.name === name);
    const oldest = ready.toSorted((a, b) => age(a).localeCompare(age(b)))[0];
    return byName(this.#backing.preferred) ?? byName(this.#pod) ?? oldest;
  }

  #tell(): void {
    this.#pod = this.#choose()?.metadata.name;
    this.state.set({
      state: this.#pod === undefined ? "waiting" : "ready",
      connections: this.#sockets.size,
      ...defined({ pod: this.#pod, problem: this.#pod === undefined ? this.#whyWaiting() : this.#problem }),
    });
  }

  /** Undefined until it is known which pods there are. */
  #whyWaiting(): AppError | undefined {
    if (this.#blind !== undefined || !this.#synced) return this.#blind;
    const pods = [...this.#pods.values()];
    // A new pod tells more than those that it replaces.
    const newest = pods.toSorted((a, b) => age(b).localeCompare(age(a)))[0];
    const pod = pods.find(({ metadata }) => metadata.name === this.#backing.preferred) ?? newest;
    if (pod === undefined) return new FlowdeckError("not-found", message("forward.noPod")).toJSON();
    const { reason } = causeOf(pod);
    const said = message("forward.podNotReady", { pod: `${this.#backing.namespace}/${pod.metadata.name}` });
    return new FlowdeckError("not-found", said, reason ? { advice: reason } : {}).toJSON();
  }

  #accept(tcp: Socket): void {
    this.#sockets.add(tcp);
    tcp.pause();
    // Whoever closes first: the tunnel ends with it.
    tcp.on("error", () => tcp.destroy());
    tcp.on("close", () => {
      this.#sockets.delete(tcp);
      if (!this.#ended.signal.aborted) this.#tell();
    });
    this.#tell();
    this.#join(tcp).catch((error: unknown) => {
      tcp.destroy();
      if (!this.#ended.signal.aborted) this.#fail(toAppError(error));
    });
  }

  async #join(tcp: Socket): Promise<void> {
    const wait = AbortSignal.any([AbortSignal.timeout(longestWaitMs), this.#ended.signal]);
    await this.untilReady(wait);
    const pod = this.#choose();
    const { namespace } = this.#backing;
    if (pod === undefined) return void tcp.destroy(); // the state says why it waits
    const port = this.#backing.portIn(pod);
    if (port === undefined) {
      throw new FlowdeckError(
        "not-found",
        message("forward.noNamedPort", { pod: `${namespace}/${pod.metadata.name}` }),
      );
    }
    const { name } = pod.metadata;
    const resource = { group: "", version: "v1", plural: "pods", namespaced: true };
    const socket = await this.#client.socket({
      path: this.#client.pathOf(resource, { namespace, name, subresource: "portforward" }),
      query: [["ports", String(port)]],
      protocols: portForwardProtocols,
      what: message("request.forward", { port: String(port), pod: `${namespace}/${name}` }),
      signal: this.#ended.signal,
    });
    if (tcp.destroyed) return socket.terminate();
    const said = message("forward.noAnswer", { pod: `${namespace}/${name}`, port: String(port) });
    joinTunnel(tcp, socket, (why) => this.#fail(new FlowdeckError("server-error", said, explained(why)).toJSON()));
    this.#problem = undefined;
    this.#tell();
    tcp.resume();
  }

  #fail(problem: AppError): void {
    this.#problem = problem;
    this.#tell();
  }
}

function age(pod: KubeObject): string {
  return pod.metadata.creationTimestamp ?? "";
}

async function listen(server: Server, port: number | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      if (taken) {
        const advice = message("forward.choosePort");
        reject(new FlowdeckError("busy", message("forward.portTaken", { port: String(port) }), { advice }));
        return;
      }
      const said =
        port === undefined ? message("forward.noPortUsable") : message("forward.portUnusable", { port: String(port) });
      reject(new FlowdeckError("not-allowed", said, { detail: error.message }));
    });
    server.listen(port ?? 0, "127.0.0.1", () => resolve());
  });
}
