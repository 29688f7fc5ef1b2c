import type {
  AppError,
  CallInput,
  CallOutput,
  MethodName,
  StreamInput,
  StreamItem,
  StreamName,
} from "../../../common/contract/index.ts";

/** How the page stands with the program behind it. */
export type Connection = "connecting" | "open" | "lost";

export interface StreamListener<K extends StreamName> {
  onItem(item: StreamItem<K>): void;
  /** The stream failed for good; a lost connection is not a failure, it is opened again. */
  onError?(error: AppError): void;
  onEnd?(): void;
}

/** The backend, as the renderer sees it. */
export interface Client {
  readonly host: "electron" | "web";
  /** Rejects with a {@link FlowdeckError} whatever goes wrong; aborting cancels the work in the backend. */
  call<K extends MethodName>(name: K, input: CallInput<K>, options?: { signal?: AbortSignal }): Promise<CallOutput<K>>;
  /**
   * Opens a stream and keeps it open until the function it gives is called, the stream ends, or it fails. After a lost
   * connection it is opened again; a function as input is asked again then, to go on where it stood.
   */
  subscribe<K extends StreamName>(
    name: K,
    input: StreamInput<K> | (() => StreamInput<K>),
    listener: StreamListener<K>,
  ): () => void;
  readonly connection: Connection;
  /** Calls `changed` after each change of `connection` (in the form useSyncExternalStore asks for). */
  onConnection(changed: () => void): () => void;
}

/** What a client needs of the way to its host; one for the browser, one for Electron. */
export interface Transport {
  readonly host: "electron" | "web";
  call(name: MethodName, input: unknown, signal: AbortSignal | undefined): Promise<unknown>;
  open(name: StreamName, input: () => unknown, listener: TransportListener): () => void;
  readonly connection: Connection;
  onConnection(changed: () => void): () => void;
}

export interface TransportListener {
  onItem(item: unknown): void;
  onError(error: AppError): void;
  onEnd(): void;
}
