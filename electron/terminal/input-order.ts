/** Pieces that wait for an earlier one; a page that leaves more gaps than this has lost one for good. */
const mostWaiting = 256;

/**
 * Puts a writer's pieces of input back into the order they were typed in, each once. A new writer (the page was loaded
 * anew) begins at 0 again.
 */
export class InputOrder<T> {
  readonly #deliver: (piece: T) => void;
  readonly #waiting = new Map<number, T>();
  #writer: string | undefined;
  #next = 0;

  constructor(deliver: (piece: T) => void) {
    this.#deliver = deliver;
  }

  /** False when it had to be refused because too many wait. */
  take(writer: string, order: number, piece: T): boolean {
    if (writer !== this.#writer) {
      this.#writer = writer;
      this.#next = 0;
      this.#waiting.clear();
    }
    if (order < this.#next) return true;
    if (this.#waiting.size >= mostWaiting && order !== this.#next) return false;
    this.#waiting.set(order, piece);
    for (;;) {
      const ready = this.#waiting.get(this.#next);
      if (ready === undefined) return true;
      this.#waiting.delete(this.#next);
      this.#next += 1;
      this.#deliver(ready);
    }
  }
}
