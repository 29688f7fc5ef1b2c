import {
  type AppError,
  type CallInput,
  type CallOutput,
  FlowdeckError,
  type MethodName,
  type StreamInput,
  type StreamItem,
  type StreamName,
} from "../../common/contract/index.ts";
import { type Backend, createDispatch } from "../host/index.ts";

/** The backend in this process, asked through the same contract as the page asks it. */
export interface LocalClient {
  call<K extends MethodName>(name: K, input: CallInput<K>, signal?: AbortSignal): Promise<CallOutput<K>>;
  /** Reads a stream until `onItem` gives true, `signal` aborts, or it ends. Throws when it fails. */
  follow<K extends StreamName>(
    name: K,
    input: StreamInput<K>,
    onItem: (item: StreamItem<K>) => boolean | undefined,
    signal?: AbortSignal,
  ): Promise<void>;
}

export function localClient(backend: Backend, log: (line: string) => void): LocalClient {
  const dispatch = createDispatch(backend, { log });
  return {
    async call<K extends MethodName>(name: K, input: CallInput<K>, signal = new AbortController().signal) {
      const reply = await dispatch.call(name, input, signal);
      if (!reply.ok) throw FlowdeckError.from(reply.error);
      return reply.output as CallOutput<K>;
    },
    async follow<K extends StreamName>(
      name: K,
      input: StreamInput<K>,
      onItem: (item: StreamItem<K>) => boolean | undefined,
      signal?: AbortSignal,
    ) {
      const enough = new AbortController();
      const until = signal === undefined ? enough.signal : AbortSignal.any([enough.signal, signal]);
      let failure: AppError | undefined;
      await dispatch.stream(
        name,
        input,
        {
          item(item) {
            if (onItem(item as StreamItem<K>) === true) enough.abort();
          },
          end: () => undefined,
          error(error) {
            failure = error;
          },
        },
        until,
      );
      if (failure !== undefined) throw FlowdeckError.from(failure);
    },
  };
}
