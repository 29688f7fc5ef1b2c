import type { AppError, ErrorCode, Fix } from "./errors.ts";

// Apart from the schemas, so that a worker thread can have it without them.

/** What rooms throw; hosts turn it into an {@link AppError}, anything else into `internal`. */
export class FlowdeckError extends Error {
  override readonly name = "FlowdeckError";
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly fix: Fix | undefined;

  constructor(code: ErrorCode, message: string, more: { detail?: string; fix?: Fix; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.detail = more.detail;
    this.fix = more.fix;
  }

  toJSON(): AppError {
    return {
      code: this.code,
      message: this.message,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.fix === undefined ? {} : { fix: this.fix }),
    };
  }
}

/** Takes anything thrown and gives what may cross to the renderer: no stack, no path of our own code. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof FlowdeckError) return thrown.toJSON();
  if (thrown instanceof Error && thrown.name === "AbortError") return { code: "cancelled", message: "Cancelled." };
  return { code: "internal", message: thrown instanceof Error ? thrown.message : String(thrown) };
}
