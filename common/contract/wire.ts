import { z } from "zod";
import type { MethodName, StreamName } from "./contract.ts";
import { largestText } from "./edit.ts";
import { appError } from "./errors.ts";

/** How calls and streams travel between the renderer and a host, whichever host it is. */

/** What every call is answered with; errors travel as values because thrown ones lose their fields on the way. */
export const reply = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), output: z.unknown() }),
  z.object({ ok: z.literal(false), error: appError }),
]);
export type Reply = z.infer<typeof reply>;

/** What a stream sends: items in order, then exactly one `end` or `error` (nothing more once the reader closed it). */
export const streamEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("item"), item: z.unknown() }),
  z.object({ type: z.literal("end") }),
  z.object({ type: z.literal("error"), error: appError }),
]);
export type StreamEvent = z.infer<typeof streamEvent>;

/** Over a WebSocket many streams share one connection; the renderer numbers them. */
export const streamRequest = z.discriminatedUnion("type", [
  z.object({ type: z.literal("open"), id: z.number().int(), name: z.string().max(100), input: z.unknown() }),
  z.object({ type: z.literal("close"), id: z.number().int() }),
]);
export type StreamRequest = z.infer<typeof streamRequest>;

export const numberedEvent = z.object({ id: z.number().int(), event: streamEvent });
export type NumberedEvent = z.infer<typeof numberedEvent>;

/**
 * What a page offers when it opens its WebSocket: this protocol, and another that is the session's secret behind a
 * prefix, as a browser lets a page add no header there.
 */
export const streamProtocol = "flowdeck";
export const streamSecretPrefix = "flowdeck-session.";

/**
 * No input that the contract admits is larger as JSON: the largest have two texts (what an edit began with, and what
 * became of it), of whose characters each takes six bytes at most, as \u0000 does; the rest is small beside them.
 */
export const mostInputBytes = 2 * 6 * largestText + (1 << 20);

/** In Electron, what the preload script leaves on the window: one function for each name of the contract. */
export interface WindowBridge {
  readonly calls: { readonly [K in MethodName]: (input: unknown, callId: number) => Promise<Reply> };
  readonly cancelCall: (callId: number) => void;
  /** Opens a stream; the function it gives closes it. */
  readonly streams: {
    readonly [K in StreamName]: (input: unknown, listener: (event: StreamEvent) => void) => () => void;
  };
}
