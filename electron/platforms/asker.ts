import type { z } from "zod";
import type { ToolName } from "../../common/contract/index.ts";
import { shellWord } from "../../common/text/index.ts";
import { explain, unreadable } from "./explain.ts";
import type { Toolbelt } from "./toolbelt.ts";

export interface Question {
  tool: ToolName;
  args: readonly string[];
  /** What its place in the list of commands is; calls that differ in one value only share it. Else the command itself. */
  as?: string;
  timeoutMs?: number;
  account?: string | undefined;
  /** Failing is an answer, too: what is asked for is not set. */
  mayFail?: boolean;
  signal?: AbortSignal;
}

const usualMs = 30_000;

/** Runs commands that only read, and lists them for the person. */
export class Asker {
  readonly #belt: Toolbelt;
  readonly #onCommand: (line: string) => (failed: boolean) => void;
  readonly signal: AbortSignal;

  constructor(belt: Toolbelt, onCommand: (line: string) => (failed: boolean) => void, signal: AbortSignal) {
    this.#belt = belt;
    this.#onCommand = onCommand;
    this.signal = signal;
  }

  get environment(): NodeJS.ProcessEnv {
    return this.#belt.environment;
  }

  /** What a command prints. Throws an explained error. */
  async text(question: Question): Promise<string> {
    const { tool, args, timeoutMs = usualMs, account, signal = this.signal } = question;
    const line = commandLine(tool, args);
    const ended = this.#onCommand(question.as ?? line);
    try {
      const end = await this.#belt.run(tool, args, { signal, timeoutMs });
      if (end.code !== 0 || end.timedOut || end.tooMuch) throw explain({ tool, line, account }, end, timeoutMs);
      ended(false);
      return end.stdout;
    } catch (error) {
      ended(question.mayFail !== true);
      throw error;
    }
  }

  /** What a command prints as JSON. Throws an explained error, `answer-unreadable` where it is something else. */
  async json<T>(schema: z.ZodType<T>, question: Question): Promise<T> {
    const text = await this.text(question);
    const failed = { tool: question.tool, line: commandLine(question.tool, question.args) };
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw unreadable(failed, text.trim());
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw unreadable(failed, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
}

/** A command as a shell takes it. */
export function commandLine(tool: string, args: readonly string[], env: Record<string, string> = {}): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`);
  return [...variables, tool, ...args.map(shellWord)].join(" ");
}
