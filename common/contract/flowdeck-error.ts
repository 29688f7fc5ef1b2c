import { type Language, type Message, message, textOf, verbatim } from "../words/index.ts";
import type { AppError, ErrorCode, Fix } from "./errors.ts";

// Apart from the schemas, so that a worker thread can have it without them.

/** What belongs to an error beside what went wrong. */
export interface ErrorContext {
  /** What to look at or do. */
  advice?: Message | readonly Message[];
  /** Somebody else's words as they are: an API server's, a program's. */
  detail?: string;
  fix?: Fix;
  cause?: unknown;
}

/** What rooms throw; hosts turn it into an {@link AppError}, anything else into `internal`. */
export class FlowdeckError extends Error {
  override readonly name = "FlowdeckError";
  readonly code: ErrorCode;
  readonly said: Message;
  readonly advice: readonly Message[];
  readonly detail: string | undefined;
  readonly fix: Fix | undefined;

  constructor(code: ErrorCode, said: Message, context: ErrorContext = {}) {
    super(textOf(said, "en"), context.cause === undefined ? undefined : { cause: context.cause });
    const { advice = [] } = context;
    this.code = code;
    this.said = said;
    this.advice = "id" in advice ? [advice] : advice;
    this.detail = context.detail;
    this.fix = context.fix;
  }

  /** What came from elsewhere as data, to be thrown again with all it says. */
  static from({ code, message: words, said, advice, detail, fix }: AppError): FlowdeckError {
    return new FlowdeckError(code, said ?? verbatim(words), {
      ...(advice === undefined ? {} : { advice }),
      ...(detail === undefined ? {} : { detail }),
      ...(fix === undefined ? {} : { fix }),
    });
  }

  toJSON(): AppError {
    return {
      code: this.code,
      message: this.message,
      said: this.said,
      ...(this.advice.length === 0 ? {} : { advice: this.advice }),
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.fix === undefined ? {} : { fix: this.fix }),
    };
  }
}

/** Takes anything thrown and gives what may cross to the renderer: no stack, no path of our own code. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof FlowdeckError) return thrown.toJSON();
  if (thrown instanceof Error && thrown.name === "AbortError")
    return { code: "cancelled", message: "Cancelled.", said: message("call.cancelled") };
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message: words, said: message("call.internal", { words }) };
}

/** What an error says, to stand in another text. */
export function saidOf({ said, message: english }: AppError): Message | string {
  return said ?? english;
}

/** Why something happened, as a part of its error: in our own words, or in somebody else's. */
export function explained(why: Message | string): Pick<ErrorContext, "advice" | "detail"> {
  return typeof why === "string" ? { detail: why } : { advice: why };
}

/** What stands below an error's sentence: what to do, then others' own words; lines. Undefined where there is neither. */
export function errorDetail(
  { advice = [], detail }: Pick<AppError, "advice" | "detail">,
  language: Language,
): string | undefined {
  const lines = [
    ...advice.map((one) => textOf(one, language)),
    ...(detail === undefined ? [] : [textOf(message("others.quote", { text: detail }), language)]),
  ];
  return lines.length === 0 ? undefined : lines.join("\n");
}

/** A fix by the id under which the interface looks it up, and what it is called. */
export function fixOf(id: string, said: Message, params?: Fix["params"]): Fix {
  return { id, title: textOf(said, "en"), said, ...(params === undefined ? {} : { params }) };
}
