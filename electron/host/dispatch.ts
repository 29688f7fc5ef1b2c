import type { z } from "zod";
import { untilAborted } from "../../common/async/index.ts";
import {
  type AppError,
  contract,
  FlowdeckError,
  type Method,
  type Reply,
  type Stream,
  toAppError,
} from "../../common/contract/index.ts";
import { isMethodName, isStreamName } from "../../common/contract/names.ts";
import { message } from "../../common/words/index.ts";
import { type HostLog, logLine } from "./log.ts";
import type { Backend } from "./types.ts";

/**
 * Where a stream's items go. `item` may give a promise: the next item is not asked for before it is kept, which is how
 * a slow reader holds back a fast room.
 */
export interface StreamSink {
  item(item: unknown): void | Promise<void>;
  end(): void;
  error(error: AppError): void;
}

/** Serves a backend by the contract; both hosts go through it, so that both parse, refuse and fail alike. */
export interface Dispatch {
  /** Never throws: every failure is in the reply. */
  call(name: string, input: unknown, signal: AbortSignal): Promise<Reply>;
  /** Resolves when the stream is over. After `signal` aborts, the sink hears nothing more. */
  stream(name: string, input: unknown, sink: StreamSink, signal: AbortSignal): Promise<void>;
}

export interface DispatchOptions {
  log?: HostLog;
  /** Also parse what the backend gives. Tests do; in production the types are trusted. */
  checkOutput?: boolean;
}

// The values behind a name have many input types; `never` is the one argument type that all of them can be called
// through, and only ever with what the schema beside them has just parsed.
type AnyCall = (input: never, signal: AbortSignal) => Promise<unknown>;
type AnyStream = (input: never, signal: AbortSignal) => AsyncIterable<unknown>;

export function createDispatch(backend: Backend, options: DispatchOptions = {}): Dispatch {
  const log: HostLog = (line) => options.log?.(logLine(line));

  /** Turns what was thrown into what may cross; what nobody foresaw is kept in the log with its stack. */
  function failure(name: string, thrown: unknown): AppError {
    const error = toAppError(thrown);
    if (error.code === "internal") log(`${name} failed: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
    return error;
  }

  function refusal(name: string, error: FlowdeckError): FlowdeckError {
    log(`refused ${name.slice(0, 100)}: ${error.code}: ${error.message}`);
    return error;
  }

  function parseInput(name: string, schema: z.ZodType, input: unknown): never {
    const parsed = schema.safeParse(input);
    if (!parsed.success) throw refusal(name, invalidInput(name, parsed.error.issues));
    return parsed.data as never;
  }

  function checked(name: string, schema: z.ZodType, value: unknown): unknown {
    if (!options.checkOutput) return value;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new Error(`${name} gave what its contract does not allow at ${problems(parsed.error.issues)}`);
  }

  async function run(name: string, input: unknown, signal: AbortSignal): Promise<unknown> {
    if (!isMethodName(name)) throw refusal(name, unknown(name, "method"));
    const entry: Method = contract[name];
    const call: AnyCall = backend[name];
    const parsed = parseInput(name, entry.input, input);
    return checked(name, entry.output, await untilAborted(call(parsed, signal), signal));
  }

  async function pump(name: string, input: unknown, sink: StreamSink, signal: AbortSignal): Promise<void> {
    if (!isStreamName(name)) throw refusal(name, unknown(name, "stream"));
    const entry: Stream = contract[name];
    const open: AnyStream = backend[name];
    const items = open(parseInput(name, entry.input, input), signal)[Symbol.asyncIterator]();
    try {
      while (!signal.aborted) {
        const next = await untilAborted(items.next(), signal);
        if (next.done || signal.aborted) return;
        await sink.item(checked(name, entry.item, next.value));
      }
    } finally {
      // Ends the room's generator (its own finally blocks run); waiting for it here could wait for an item that never
      // comes, so only its failure is looked after.
      items.return?.().catch((thrown: unknown) => failure(name, thrown));
    }
  }

  return {
    async call(name, input, signal) {
      try {
        return { ok: true, output: await run(name, input, signal) };
      } catch (thrown) {
        return { ok: false, error: failure(name, thrown) };
      }
    },
    async stream(name, input, sink, signal) {
      try {
        await pump(name, input, sink, signal);
        if (!signal.aborted) sink.end();
      } catch (thrown) {
        if (!signal.aborted) sink.error(failure(name, thrown));
      }
    },
  };
}

function unknown(name: string, kind: "method" | "stream"): FlowdeckError {
  return new FlowdeckError(
    "unknown-method",
    message(kind === "method" ? "call.noMethod" : "call.noStream", { name: name.slice(0, 100) }),
  );
}

type Issues = readonly { path: readonly PropertyKey[]; message: string }[];

function problems(issues: Issues): string {
  return issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).join(".") || "input"}: ${issue.message}`)
    .join("; ");
}

function invalidInput(name: string, issues: Issues): FlowdeckError {
  return new FlowdeckError("invalid-input", message("call.invalidInput", { name, problems: problems(issues) }));
}
