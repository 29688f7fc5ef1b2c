import type { Terminal } from "@xterm/xterm";
import { type AppError, type TerminalItem, type TerminalSession, toAppError } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { InputQueue, isAnswer } from "./input.ts";

/** Bytes drawn before the backend is told; less than half of what it lets be undrawn at least. */
const acknowledgeEvery = 48 << 10;

export interface LinkListener {
  onSession(session: TerminalSession): void;
  /** Another window shows it now. */
  onMoved(): void;
  onError(error: AppError): void;
  /** What was written before is on the screen. */
  onReplayed(): void;
}

/** A terminal on screen and the session whose output it shows and that it types to. */
export class SessionLink {
  readonly #terminal: Terminal;
  readonly #session: string;
  readonly #listener: LinkListener;
  readonly #input: InputQueue;
  readonly #writer = crypto.randomUUID();
  #close: (() => void) | undefined;
  /** The byte that comes next; undefined before the first. */
  #next: number | undefined;
  #drawn = 0;
  #told = 0;
  #telling = false;
  /** What was written before is being drawn: what the terminal says by itself then is not typed. */
  #replaying = false;

  constructor(terminal: Terminal, session: string, listener: LinkListener) {
    this.#terminal = terminal;
    this.#session = session;
    this.#listener = listener;
    this.#input = new InputQueue(
      async (piece) => void (await client().call("terminal.write", { session, writer: this.#writer, ...piece })),
      (error) => this.#failed(toAppError(error)),
    );
  }

  open(): void {
    const input = () => ({ session: this.#session, ...(this.#next === undefined ? {} : { from: this.#next }) });
    this.#close = client().subscribe("terminal.attach", input, {
      onItem: (item) => this.#take(item),
      onError: (error) => this.#listener.onError(error),
    });
  }

  close(): void {
    this.#close?.();
    this.#close = undefined;
  }

  /** Takes what comes from the terminal: keys at all times, its own answers only to what is written now. */
  type(data: string, binary = false): void {
    if (!this.#replaying || !isAnswer(data)) this.#input.push(data, binary);
  }

  resize(cols: number, rows: number): void {
    void settle(client().call("terminal.resize", { session: this.#session, cols, rows }));
  }

  #take(item: TerminalItem): void {
    switch (item.type) {
      case "moved":
        this.#listener.onMoved();
        return;
      case "session":
        this.#begin(item);
        this.#listener.onSession(item.session);
        return;
      case "output":
        this.#draw(item.from, fromBase64(item.data));
    }
  }

  /** Unless the output goes on where it broke off, what was written before is drawn as on a screen of that size. */
  #begin({ begin, size }: TerminalItem & { type: "session" }): void {
    if (begin === undefined || (begin.screen === undefined && begin.from === this.#next)) return;
    this.#terminal.reset();
    this.#terminal.resize(size.cols, size.rows);
    this.#next = begin.from;
    this.#replaying = true;
    this.#terminal.write(begin.screen ?? "", () => {
      this.#replaying = false;
      this.#listener.onReplayed();
    });
  }

  #draw(from: number, bytes: Uint8Array): void {
    if (this.#next !== from) this.#terminal.reset();
    const end = from + bytes.length;
    this.#next = end;
    this.#terminal.write(bytes, () => {
      this.#drawn = end;
      this.#acknowledge();
    });
  }

  #acknowledge(): void {
    if (this.#telling || this.#drawn - this.#told < acknowledgeEvery) return;
    this.#telling = true;
    this.#told = this.#drawn;
    settle(client().call("terminal.ack", { session: this.#session, upTo: this.#told })).then(
      () => {
        this.#telling = false;
        this.#acknowledge();
      },
      () => undefined, // settle never rejects
    );
  }

  /** Typing into what has ended is no failure: its end is told by itself. */
  #failed(error: AppError): void {
    if (error.code !== "not-found") this.#listener.onError(error);
  }
}

function fromBase64(text: string): Uint8Array {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
