/** Of one call; what is pasted may be much longer. */
const mostInACall = 64 << 10;

/**
 * True for what a terminal says by itself: its answers to a program's questions (device attributes, cursor position, mode
 * and window reports, colours) and that it gained or lost the focus; see xterm's "Control Sequences". No person types these.
 */
export function isAnswer(data: string): boolean {
  return answers.test(data);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with Escape
const answers = /^(?:\x1b(?:\[[?>=]?[\d;]*(?:\$y|[cRnt])|\[[IO]|[P\]][^\x07\x1b]*(?:\x07|\x1b\\)))+$/;

export interface Piece {
  order: number;
  data: string;
  binary: boolean;
}

/**
 * What is typed, on its way: one call at a time, and what comes meanwhile goes together in the next. Pieces are counted,
 * so that the backend can tell their order.
 */
export class InputQueue {
  readonly #send: (piece: Piece) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #waiting: { data: string; binary: boolean }[] = [];
  #order = 0;
  #sending = false;

  constructor(send: (piece: Piece) => Promise<void>, onError: (error: unknown) => void) {
    this.#send = send;
    this.#onError = onError;
  }

  push(data: string, binary = false): void {
    const last = this.#waiting.at(-1);
    if (last?.binary === binary) last.data += data;
    else this.#waiting.push({ data, binary });
    if (!this.#sending) void this.#run();
  }

  async #run(): Promise<void> {
    this.#sending = true;
    try {
      for (let piece = this.#next(); piece !== undefined; piece = this.#next()) await this.#send(piece);
    } catch (error) {
      this.#waiting = [];
      this.#onError(error);
    } finally {
      this.#sending = false;
    }
  }

  #next(): Piece | undefined {
    const first = this.#waiting[0];
    if (first === undefined) return undefined;
    const end = cut(first.data, mostInACall);
    const data = first.data.slice(0, end);
    first.data = first.data.slice(end);
    if (first.data === "") this.#waiting.shift();
    const order = this.#order;
    this.#order += 1;
    return { order, data, binary: first.binary };
  }
}

/** At most `limit`, but not between the halves of a character outside the first plane. */
function cut(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}
