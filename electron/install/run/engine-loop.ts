export interface EngineLoopOptions<State, Event, Effect> {
  first: State;
  /** Pure: what an event makes of a state, and what is to be done then. */
  step: (state: State, event: Event & { at: number }) => readonly [State, readonly Effect[]];
  /** Milliseconds since it began. */
  now: () => number;
  /** No event is taken any more once it is aborted. */
  signal: AbortSignal;
  /** Does what has to be done; what comes of it are further events. */
  run: (effect: Effect, state: State) => void;
  /** Hears what a step or an effect threw. */
  onError: (error: unknown) => void;
}

/** Feeds a step with events, one after another: one that comes while another is taken comes after it. */
export class EngineLoop<State, Event extends object, Effect> {
  readonly #options: EngineLoopOptions<State, Event, Effect>;
  readonly #events: Event[] = [];
  #state: State;
  #busy = false;

  constructor(options: EngineLoopOptions<State, Event, Effect>) {
    this.#options = options;
    this.#state = options.first;
  }

  put(event: Event): void {
    this.#events.push(event);
    if (this.#busy) return;
    this.#busy = true;
    const { step, now, signal, run, onError } = this.#options;
    try {
      for (let next = this.#events.shift(); next && !signal.aborted; next = this.#events.shift()) {
        const [state, effects] = step(this.#state, { ...next, at: now() });
        this.#state = state;
        for (const effect of effects) run(effect, state);
      }
    } catch (error) {
      onError(error);
    } finally {
      this.#busy = false;
    }
  }
}
