/** A value that changes, for any number of readers: each gets the latest one, and every one it is quick enough for. */
export class Latest<T> {
  #current: T;
  #next = Promise.withResolvers<void>();

  constructor(first: T) {
    this.#current = first;
  }

  get value(): T {
    return this.#current;
  }

  set(value: T): void {
    if (JSON.stringify(value) === JSON.stringify(this.#current)) return;
    this.#current = value;
    const told = this.#next;
    this.#next = Promise.withResolvers<void>();
    told.resolve();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<T> {
    const aborted = Promise.withResolvers<void>();
    const onAbort = () => aborted.resolve();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      while (!signal.aborted) {
        const change = this.#next.promise;
        yield this.#current;
        await Promise.race([change, aborted.promise]);
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }
}
