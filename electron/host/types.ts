import type { CallOutput, MethodName, ParsedInput, StreamItem, StreamName } from "../../common/contract/index.ts";

/** What backend.ts builds and both hosts serve. */
export type Backend = {
  readonly [K in MethodName]: (input: ParsedInput<K>, signal: AbortSignal) => Promise<CallOutput<K>>;
} & {
  readonly [K in StreamName]: (input: ParsedInput<K>, signal: AbortSignal) => AsyncIterable<StreamItem<K>>;
};
