import { SerializeAddon } from "@xterm/addon-serialize";
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import headless from "@xterm/headless";
import type { TerminalSize } from "../../common/contract/index.ts";
import { PendingOutput } from "./pending-output.ts";

/** Lines above the screen that a page gets after it was loaded anew, and how much memory they may take: 12 bytes a cell. */
const mostLines = 3000;
const mostCells = 250_000;
/** Output is read once so long nothing more came, or there is so much of it: a page that floods are shown on goes first. */
const quietMs = 30;
const mostPending = 512 << 10;
/** Of one snapshot: where each cell has colours of its own, there are fewer lines in it. */
const longestSnapshot = 2 << 20;

/** Modes that the serializer leaves out: the cursor is hidden, and how the mouse's reports are written. */
const otherModes = new Set([25, 1005, 1006, 1015, 1016]);
const onAtFirst = new Set([25]);

export interface Snapshot {
  size: TerminalSize;
  /** What draws the same on a new terminal of that size. */
  text: string;
  /** A full-screen program is running. */
  alternate: boolean;
}

/** A terminal without a display: what a page that comes later would show if it had been there from the start. */
export class Screen {
  readonly #terminal: headless.Terminal;
  readonly #serializer = new SerializeAddon();
  readonly #modes = new Map<number, boolean>();
  #cursorStyle = "";
  #size: TerminalSize;
  readonly #pending = new PendingOutput();
  readonly #onRead: () => void;
  #quiet: NodeJS.Timeout | undefined;
  #reading = 0;

  /**
   * @param tty false where lines end without a carriage return
   * @param onRead when less is waiting than before
   */
  constructor(size: TerminalSize, tty: boolean, onRead: () => void) {
    this.#size = size;
    this.#onRead = onRead;
    this.#terminal = new headless.Terminal({
      ...{ ...size, scrollback: linesFor(size), convertEol: !tty, allowProposedApi: true, logLevel: "off" },
    });
    this.#terminal.loadAddon(this.#serializer);
    this.#terminal.loadAddon(new UnicodeGraphemesAddon());
    this.#terminal.unicode.activeVersion = "15-graphemes"; // as the page's
    this.#watchModes();
  }

  /** Bytes that were written and are not on the screen yet. */
  get waiting(): number {
    return this.#reading + this.#pending.bytes;
  }

  write(bytes: Buffer): void {
    this.#pending.push(bytes, this.#size.rows + linesFor(this.#size));
    if (this.#pending.bytes > mostPending) this.#read();
    else if (this.#quiet === undefined) this.#quiet = setTimeout(() => this.#read(), quietMs).unref();
    else this.#quiet.refresh();
  }

  /** After what was written before. */
  resize(size: TerminalSize): void {
    this.#read();
    this.#size = size;
    this.#terminal.write("", () => {
      this.#terminal.options.scrollback = linesFor(size);
      this.#terminal.resize(size.cols, size.rows);
    });
  }

  /** What stands there with all that was written before this call, and nothing that is written later. */
  snapshot(): Promise<Snapshot> {
    this.#read();
    return new Promise((resolve) => this.#terminal.write("", () => resolve(this.#take())));
  }

  #read(): void {
    for (const bytes of this.#pending.take()) {
      this.#reading += bytes.length;
      this.#terminal.write(bytes, () => {
        this.#reading -= bytes.length;
        this.#onRead();
      });
    }
  }

  #take(): Snapshot {
    const { cols, rows } = this.#terminal;
    let scrollback = linesFor({ cols, rows });
    let text = this.#serializer.serialize({ scrollback });
    while (text.length > longestSnapshot && scrollback > 0) {
      scrollback = Math.floor(scrollback / 4);
      text = this.#serializer.serialize({ scrollback });
    }
    const modes = [...this.#modes].map(([mode, on]) => `\x1b[?${mode}${on ? "h" : "l"}`);
    return {
      size: { cols, rows },
      text: text + modes.join("") + this.#cursorStyle,
      alternate: this.#terminal.buffer.active.type === "alternate",
    };
  }

  /** https://invisible-island.net/xterm/ctlseqs/ctlseqs.html; each goes on to the terminal itself (`false`). */
  #watchModes(): void {
    const { parser } = this.#terminal;
    for (const final of ["h", "l"]) {
      parser.registerCsiHandler({ prefix: "?", final }, (params) => {
        for (const mode of params) if (typeof mode === "number") this.#set(mode, final === "h");
        return false;
      });
    }
    parser.registerCsiHandler({ intermediates: " ", final: "q" }, ([style]) => {
      this.#cursorStyle = typeof style === "number" && style > 0 ? `\x1b[${style} q` : "";
      return false;
    });
    const reset = () => {
      this.#modes.clear();
      this.#cursorStyle = "";
      return false;
    };
    parser.registerEscHandler({ final: "c" }, reset);
    parser.registerCsiHandler({ intermediates: "!", final: "p" }, reset);
  }

  #set(mode: number, on: boolean): void {
    if (!otherModes.has(mode)) return;
    if (on === onAtFirst.has(mode)) this.#modes.delete(mode);
    else this.#modes.set(mode, on);
  }
}

function linesFor({ cols, rows }: TerminalSize): number {
  return Math.max(0, Math.min(mostLines, Math.floor(mostCells / cols) - rows));
}
