/** Holds the newest item for a reader that may be slower than the writer: what it did not take is replaced. */
export class LatestValueChannel<T> {
  #item: { value: T } | undefined;
  #failure: { error: unknown } | undefined;
  #wake: (() => void) | undefined;

  put(value: T): void {
    this.#item = { value };
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake?.();
  }

  /** Items until aborted; throws what the channel failed with. */
  async *items(signal: AbortSignal): AsyncGenerator<T, void, void> {
    const wake = () => this.#wake?.();
    signal.addEventListener("abort", wake);
    try {
      while (!signal.aborted) {
        if (this.#failure !== undefined) throw this.#failure.error;
        const item = this.#item;
        this.#item = undefined;
        if (item !== undefined) yield item.value;
        else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }
}
