import type { CallOutput, MethodName, ParsedInput, StreamItem, StreamName } from "../../common/contract/index.ts";

/** What backend.ts builds and both hosts serve. */
export type Backend = {
  readonly [K in MethodName]: (input: ParsedInput<K>, signal: AbortSignal) => Promise<CallOutput<K>>;
} & {
  readonly [K in StreamName]: (input: ParsedInput<K>, signal: AbortSignal) => AsyncIterable<StreamItem<K>>;
};

/** A room behind its part of the contract, and what ends everything it runs. */
export interface Served<Names> {
  readonly methods: Pick<Backend, Extract<keyof Names, keyof Backend>>;
  /** Resolves when nothing of the room runs any more. */
  close?(): Promise<unknown>;
}
