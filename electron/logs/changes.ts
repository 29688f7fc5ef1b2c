/** Tells whoever waits that there is something new to show; what the user asked for is urgent and cuts pauses short. */
export class Changes {
  #next: PromiseWithResolvers<void> = Promise.withResolvers();
  #urgent = false;

  tell(urgent = false): void {
    this.#urgent ||= urgent;
    this.#next.resolve();
  }

  /** All that was told is dealt with: `next` waits for what comes from now on. */
  reset(): void {
    this.#urgent = false;
    this.#next = Promise.withResolvers();
  }

  get next(): Promise<void> {
    return this.#next.promise;
  }

  /** Waits, but for an urgent change not at all. */
  async pause(ms: number): Promise<void> {
    const until = Date.now() + ms;
    while (!this.#urgent && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(8, until - Date.now())));
    }
  }
}
