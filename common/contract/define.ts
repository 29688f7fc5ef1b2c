import type { z } from "zod";

/** One call: its input is parsed before it runs, its output is what the renderer gets. */
export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: "method";
  readonly input: I;
  readonly output: O;
}

/** One stream: items until it ends, fails, or the renderer closes it. */
export interface Stream<I extends z.ZodType = z.ZodType, T extends z.ZodType = z.ZodType> {
  readonly kind: "stream";
  readonly input: I;
  readonly item: T;
}

export function method<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Method<I, O> {
  return { kind: "method", input, output };
}

export function stream<I extends z.ZodType, T extends z.ZodType>(input: I, item: T): Stream<I, T> {
  return { kind: "stream", input, item };
}
