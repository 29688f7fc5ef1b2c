import type { Dispatcher } from "undici";
import type { WebSocket } from "ws";
import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { AnswerReader, readRefusal, textOf, withinLines } from "./answers.ts";
import type { ResolvedContext } from "./context.ts";
import type { Credentials } from "./credentials.ts";
import { refusalError, type Subject } from "./errors.ts";
import { type ApiRequest, type ApiResponse, queryString, refusedByBudget, retryAfterMs } from "./http.ts";
import { identityHeaders } from "./identity-headers.ts";
import { Limiter } from "./limiter.ts";
import { Liveness } from "./liveness.ts";
import { isLoopback } from "./loopback.ts";
import { connectionBroke, networkError, noAnswer, noHandshake } from "./network-errors.ts";
import { backoffMs, pause } from "./pause.ts";
import { refuseWhereReadOnly } from "./read-only.ts";
import { openSocket, RefusedHandshake, SilentHandshake } from "./socket.ts";
import { Sockets } from "./sockets.ts";
import type { RequestPurpose, RequestShare, SocketRequest } from "./types.ts";

const maxConnections = 32;
const attemptsAfterBreak = 3;
const attemptsWhenLimited = 6;
/** An answer that stands still for so long will not go on: its connection is dead. */
const answerSilenceMs = 70_000;
const questionTimeoutMs = 15_000;

/** Requests to one API server: sockets, credentials, limits, retries and errors; knows nothing of kinds. */
export class Transport {
  readonly context: ResolvedContext;
  readonly isReadOnly: () => boolean;
  readonly #credentials: Credentials;
  readonly #limiter = new Limiter({ max: maxConnections });
  readonly #answers = new AnswerReader();
  readonly #liveness = new Liveness(() => this.#askIfThere());
  readonly #sockets: Sockets;
  readonly #closed = new AbortController();

  /** `isReadOnly` is asked before each request: switching it on holds for clients that are there already. */
  constructor(
    context: ResolvedContext,
    credentials: Credentials,
    environment: NodeJS.ProcessEnv,
    isReadOnly: () => boolean = () => false,
  ) {
    this.context = context;
    this.isReadOnly = isReadOnly;
    this.#credentials = credentials;
    this.#sockets = new Sockets({ context, credentials, environment, most: maxConnections });
  }

  /** Answers of 400 and above are thrown as FlowdeckErrors, but for those in `accept`. */
  async request(request: ApiRequest, accept: readonly number[] = []): Promise<ApiResponse> {
    const idempotent = request.idempotent ?? request.method === "GET";
    let broken = 0;
    let limited = 0;
    let renewed = false;
    for (;;) {
      let response: ApiResponse;
      try {
        response = await this.#inTurn(request);
      } catch (error) {
        this.#throwIfEnded(request.signal);
        if (!idempotent || !connectionBroke(error) || ++broken >= attemptsAfterBreak) throw error;
        await pause(backoffMs(broken, 50, 1000), this.#signal(request.signal));
        continue;
      }
      response.repeated = broken > 0;
      if (response.status === 429 && !refusedByBudget(response.body)) {
        this.#limiter.refused(retryAfterMs(response.headers));
        if (++limited < attemptsWhenLimited) continue;
      } else this.#limiter.succeeded();
      if (response.status === 401 && !renewed && this.#credentials.forget()) {
        renewed = true;
        continue;
      }
      if (response.status >= 400 && !accept.includes(response.status)) {
        throw refusalError(response.status, response.body, this.#subject(request.what));
      }
      return response;
    }
  }

  /**
   * Opens a stream (a watch); the chunks end or fail with the connection, and when `signal` is aborted. A line that does
   * not end fails with `answer-too-large`, unless lines may be of any length, as their reader cuts them (logs).
   */
  async stream(
    request: ApiRequest & { signal: AbortSignal },
    { anyLength = false }: { anyLength?: boolean } = {},
  ): Promise<AsyncIterable<Buffer>> {
    await this.#limiter.untilOpen(this.#signal(request.signal));
    const chunks = this.#chunks(await this.#open(request), request.signal);
    return anyLength ? chunks : withinLines(chunks, this.#subject(request.what));
  }

  /**
   * One answer as bytes that nobody else holds, so that they can be handed to another thread; over a socket of its own,
   * as it may be large; gives what `read` makes of them, until when the request has its place in its share. Throws as
   * {@link stream}, what `read` throws, and where the server stands still in the middle of it.
   */
  async bytes<T>(
    request: ApiRequest & { signal: AbortSignal },
    read: (bytes: Uint8Array<ArrayBuffer>, askedAt: number) => Promise<T>,
  ): Promise<T> {
    const { share } = request;
    const task = async () => {
      const askedAt = Date.now();
      return await read(await this.#bytes(request), askedAt);
    };
    return await this.#limiter.run(task, { share, signal: this.#signal(request.signal) });
  }

  async #bytes(request: ApiRequest & { signal: AbortSignal }): Promise<Uint8Array<ArrayBuffer>> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), answerSilenceMs);
    try {
      const response = await this.#open({ ...request, signal: AbortSignal.any([request.signal, silence.signal]) });
      return await this.#answers.read(response, this.#subject(request.what), () => {
        this.#heard();
        timer.refresh();
      });
    } catch (error) {
      this.#throwIfEnded(request.signal);
      if (silence.signal.aborted) {
        throw new FlowdeckError("server-error", message("server.stopped", { what: request.what }));
      }
      throw this.#asFailure(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends a request that is answered by a stream of bytes; throws what the server refuses it with. */
  async #open(request: ApiRequest & { signal: AbortSignal }): Promise<Dispatcher.ResponseData> {
    for (let renewed = false; ; renewed = true) {
      const response = await this.#send(request, "streams");
      if (response.statusCode < 400) return response;
      const body = await readRefusal(response);
      if (response.statusCode === 401 && !renewed && this.#credentials.forget()) {
        continue;
      }
      if (response.statusCode === 429) this.#limiter.refused(retryAfterMs(response.headers));
      throw refusalError(response.statusCode, body, this.#subject(request.what));
    }
  }

  /** A WebSocket, open already; it ends with `signal` and with this transport. */
  async socket(request: SocketRequest): Promise<WebSocket> {
    const { server } = this.context.cluster;
    const signal = this.#signal(request.signal);
    await this.#limiter.untilOpen(signal);
    for (let renewed = false; ; renewed = true) {
      this.#throwIfEnded(request.signal);
      if (this.isReadOnly()) refuseWhereReadOnly({ ...request, method: "SOCKET" }, this.context.name);
      const headers = await identityHeaders(this.#credentials, this.context);
      const { webSockets: agent } = await this.#sockets.current();
      try {
        const url = `${server.replace(/^http/, "ws")}${request.path}${queryString(request.path, request.query)}`;
        return await openSocket({ url, protocols: request.protocols, headers, agent, signal });
      } catch (error) {
        this.#throwIfEnded(request.signal);
        if (error instanceof SilentHandshake) throw noHandshake(request.what, server, error.seconds);
        if (!(error instanceof RefusedHandshake)) throw this.#asFailure(error);
        if (error.status === 401 && !renewed && this.#credentials.forget()) continue;
        throw refusalError(error.status, error.body, this.#subject(request.what));
      }
    }
  }

  /** Tells `listener` of a silence of the server, until the function it gives is called. */
  onSilence(listener: (silence: FlowdeckError | undefined) => void): () => void {
    const { name, cluster } = this.context;
    return this.#liveness.watch((seconds) =>
      listener(seconds === undefined ? undefined : noAnswer(cluster.server, name, seconds)),
    );
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort(
      new FlowdeckError("cancelled", message("server.connectionClosed", { context: this.context.name })),
    );
    this.#liveness.close();
    this.#limiter.close();
    await this.#sockets.close();
  }

  /** How many requests of a share there is room for now. */
  atOnce(share: RequestShare): number {
    return this.#limiter.atOnce(share);
  }

  async #inTurn(request: ApiRequest): Promise<ApiResponse> {
    const { share } = request;
    const task = async () => {
      const began = performance.now();
      const response = await this.#once(request);
      if (share !== undefined && response.status < 400) this.#limiter.answered(share, performance.now() - began);
      return response;
    };
    return await this.#limiter.run(task, { share, signal: this.#signal(request.signal) });
  }

  async #once(request: ApiRequest): Promise<ApiResponse> {
    const response = await this.#send(request, "requests");
    try {
      const body =
        response.statusCode >= 400
          ? await readRefusal(response)
          : textOf(await this.#answers.read(response, this.#subject(request.what)));
      return { status: response.statusCode, headers: response.headers, body, repeated: false };
    } catch (error) {
      this.#throwIfEnded(request.signal);
      throw this.#asFailure(error);
    }
  }

  async #send(request: ApiRequest, use: "requests" | "streams"): Promise<Dispatcher.ResponseData> {
    this.#throwIfEnded(request.signal);
    if (this.isReadOnly()) refuseWhereReadOnly(request, this.context.name);
    const credentials = await identityHeaders(this.#credentials, this.context);
    const sockets = await this.#sockets.current();
    this.#throwIfEnded(request.signal);
    const headers: Record<string, string | string[]> = {
      accept: "application/json",
      ...credentials,
      ...request.headers,
    };
    // Compressing costs more than it saves where nothing travels.
    const { server: address, disableCompression } = this.context.cluster;
    if (use === "requests" && !disableCompression && !isLoopback(address)) headers["accept-encoding"] = "gzip";
    if (request.body !== undefined) headers["content-type"] = request.contentType ?? "application/json";
    const server = new URL(this.context.cluster.server);
    try {
      const response = await sockets[use].request({
        origin: server.origin,
        path: `${server.pathname.replace(/\/$/, "")}${request.path}${queryString(request.path, request.query)}`,
        method: request.method,
        headers,
        body: request.body ?? null,
        signal: this.#signal(request.signal),
        ...(use === "streams" ? { bodyTimeout: 0 } : {}),
      });
      this.#heard();
      return response;
    } catch (error) {
      this.#throwIfEnded(request.signal);
      throw this.#asFailure(error);
    }
  }

  #heard(): void {
    this.#liveness.heard();
  }

  /** Any answer will do, also a refusal. A dead connection is given up, so that the next question goes over another. */
  async #askIfThere(): Promise<void> {
    const signal = AbortSignal.timeout(questionTimeoutMs);
    await this.#once({ method: "GET", path: "/version", what: message("request.reach"), signal });
  }

  /** What a connection failed with, in words; what is an error with words already stays. */
  #asFailure(error: unknown): FlowdeckError {
    return error instanceof FlowdeckError ? error : networkError(error, this.context.cluster.server, this.context.name);
  }

  async *#chunks(response: Dispatcher.ResponseData, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
    try {
      for await (const chunk of response.body) {
        this.#heard();
        yield chunk;
      }
    } catch (error) {
      this.#throwIfEnded(signal);
      throw this.#asFailure(error);
    } finally {
      // Leaves no socket behind when the reader stops early.
      response.body.destroy();
    }
  }

  /** Ends with the caller's signal and with the client. */
  #signal(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? this.#closed.signal : AbortSignal.any([signal, this.#closed.signal]);
  }

  #throwIfEnded(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    this.#closed.signal.throwIfAborted();
  }

  #subject(what: RequestPurpose): Subject {
    return { what, contextName: this.context.name, server: this.context.cluster.server };
  }
}
