/** What one writes and another reads at its own pace, in order. */
export class EventQueue<T> {
  #items: T[] = [];
  #end: { error?: unknown } | undefined;
  #wake: () => void = () => undefined;

  put(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  end(): void {
    this.#end ??= {};
    this.#wake();
  }

  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake();
  }

  /** All items until aborted or ended; throws what it failed with, after what came before. */
  async *items(signal: AbortSignal): AsyncGenerator<T, void, void> {
    const wake = () => this.#wake();
    signal.addEventListener("abort", wake);
    try {
      while (!signal.aborted) {
        const items = this.#items;
        this.#items = [];
        for (const item of items) {
          if (signal.aborted) return;
          yield item;
        }
        if (items.length > 0) continue;
        if (this.#end !== undefined) {
          if ("error" in this.#end) throw this.#end.error;
          return;
        }
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }
}
