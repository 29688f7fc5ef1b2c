/** Ctrl-D; the main process makes the end of the input of it (electron/terminal). */
const endOfInput = "\x04";
const erase = "\b \b";
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Characters that take two cells. */
const wide =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/u;

export interface LineEditorOptions {
  /** Draws on the terminal. */
  echo: (text: string) => void;
  /** Sends to the program. */
  send: (text: string) => void;
}

/**
 * What a terminal's line discipline does where the program has no terminal of its own, as with `kubectl attach -i`:
 * shows what is typed, lets it be corrected, and sends it line by line, each ended by LF.
 */
export class LineEditor {
  readonly #options: LineEditorOptions;
  #line = "";

  constructor(options: LineEditorOptions) {
    this.#options = options;
  }

  /** @param data as a terminal gives it: characters, Enter as CR, keys as control characters and sequences */
  type(data: string): void {
    if (data.startsWith("\x1b")) return; // arrows and the like: there is no history, nor a cursor within the line
    for (const { segment } of segmenter.segment(data.replaceAll("\r\n", "\r"))) this.#key(segment);
  }

  #key(key: string): void {
    switch (key) {
      case "\r":
      case "\n":
        this.#options.echo("\r\n");
        this.#send(`${this.#line}\n`);
        return;
      case "\x7f":
      case "\b":
        this.#erase(1);
        return;
      case "\x15": // Ctrl-U
        this.#erase(Number.POSITIVE_INFINITY);
        return;
      case "\x17": // Ctrl-W
        this.#erase(graphemes(/\S*\s*$/.exec(this.#line)?.[0] ?? "").length);
        return;
      case "\x03": // Ctrl-C: nothing carries a signal there; the line is given up
        this.#options.echo("^C\r\n");
        this.#line = "";
        return;
      case endOfInput: // Ctrl-D: what is there goes without a line's end; on an empty line the input ends
        if (this.#line !== "") this.#send(this.#line);
        else {
          this.#options.echo("^D\r\n");
          this.#send(endOfInput);
        }
        return;
      default:
        if (/\p{Cc}/u.test(key) && key !== "\t") return;
        this.#line += key;
        this.#options.echo(key);
    }
  }

  #send(text: string): void {
    this.#line = "";
    this.#options.send(text);
  }

  #erase(count: number): void {
    const parts = graphemes(this.#line);
    for (let left = count; left > 0; left -= 1) {
      const last = parts.pop();
      if (last === undefined) break;
      this.#options.echo(wide.test(last) ? erase.repeat(2) : erase);
    }
    this.#line = parts.join("");
  }
}

function graphemes(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}
