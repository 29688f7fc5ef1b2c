const esc = "\u001b";
/** Modes that change how the rest of the output is shown, or what keys and the mouse send. */
const kept = new Set([1, 7, 25, 47, 66, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1047, 1048, 1049, 2004]);
const onAtFirst = new Set([7, 25]);
const sequences = new RegExp(`${esc}(?:\\[\\?([0-9;]{1,60})([hl])|([c=>]))`, "g");
/** A sequence of ours is never longer: what is left at the end of a piece may be its beginning. */
const longest = 64;

/**
 * Which of a terminal's modes are on after some output, so that output from there on can be shown alone.
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export class TerminalModes {
  readonly #changed = new Map<number, boolean>();
  #keypad = false;
  #rest = "";

  read(piece: Buffer): void {
    if (this.#rest === "" && !piece.includes(0x1b)) return;
    const text = this.#rest + piece.toString("latin1");
    let end = 0;
    for (const match of text.matchAll(sequences)) {
      const [whole, modes, set, single] = match;
      end = match.index + whole.length;
      if (modes !== undefined) for (const mode of modes.split(";")) this.#set(Number(mode), set === "h");
      else if (single === "c") this.#reset();
      else this.#keypad = single === "=";
    }
    const last = text.lastIndexOf(esc);
    this.#rest = last >= end && text.length - last < longest ? text.slice(last) : "";
  }

  /** The alternate screen, as full-screen programs use it. */
  get alternate(): boolean {
    return [47, 1047, 1049].some((mode) => this.#changed.get(mode) === true);
  }

  copy(): TerminalModes {
    const other = new TerminalModes();
    for (const [mode, on] of this.#changed) other.#changed.set(mode, on);
    other.#keypad = this.#keypad;
    other.#rest = this.#rest;
    return other;
  }

  /** What puts a new terminal into these modes. */
  sequence(): string {
    const changes = [...this.#changed].map(([mode, on]) => `${esc}[?${mode}${on ? "h" : "l"}`);
    return changes.join("") + (this.#keypad ? `${esc}=` : "");
  }

  #set(mode: number, on: boolean): void {
    if (!kept.has(mode)) return;
    if (on === onAtFirst.has(mode)) this.#changed.delete(mode);
    else this.#changed.set(mode, on);
  }

  #reset(): void {
    this.#changed.clear();
    this.#keypad = false;
  }
}
