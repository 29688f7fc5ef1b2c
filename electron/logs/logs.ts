import { FlowdeckError, type LogQuery, type LogSource, type LogView } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import { Matcher } from "./matcher.ts";
import { LogSession } from "./session.ts";

/** How long a log goes on without a viewer: a page that is loaded anew finds it as it was. */
const lingerMs = 30_000;

interface Entry {
  session: LogSession;
  viewers: number;
  linger: NodeJS.Timeout | undefined;
}

/** Every log that is open, by the name its page gave it. */
export class Logs {
  readonly #connections: ClusterConnections;
  readonly #matcher = new Matcher();
  readonly #sessions = new Map<string, Entry>();

  constructor(connections: ClusterConnections) {
    this.#connections = connections;
  }

  /** Views of a log until the signal; see the contract's logs.open. */
  async *open(
    { view, source, query }: { view: string; source: LogSource; query: LogQuery },
    signal: AbortSignal,
  ): AsyncGenerator<LogView, void, void> {
    let entry = this.#sessions.get(view);
    if (entry !== undefined && JSON.stringify(entry.session.source) !== JSON.stringify(source)) {
      this.#end(view, entry);
      entry = undefined;
    }
    if (entry === undefined) {
      const session = new LogSession({ connections: this.#connections, matcher: this.#matcher, source, query });
      entry = { session, viewers: 0, linger: undefined };
      this.#sessions.set(view, entry);
    } else entry.session.query = query;
    clearTimeout(entry.linger);
    entry.viewers++;
    try {
      yield* entry.session.views(signal);
    } finally {
      this.#leave(view, entry);
    }
  }

  /** The session of a view. Throws `not-found` when it is not open. */
  session(view: string): LogSession {
    const entry = this.#sessions.get(view);
    if (entry === undefined) throw new FlowdeckError("not-found", message("log.notOpen"));
    return entry.session;
  }

  close(): void {
    for (const [view, entry] of this.#sessions) this.#end(view, entry);
    this.#matcher.close();
  }

  #leave(view: string, entry: Entry): void {
    entry.viewers--;
    if (entry.viewers > 0 || this.#sessions.get(view) !== entry) return;
    entry.linger = setTimeout(() => this.#end(view, entry), lingerMs);
    entry.linger.unref();
  }

  #end(view: string, entry: Entry): void {
    clearTimeout(entry.linger);
    entry.session.close();
    if (this.#sessions.get(view) === entry) this.#sessions.delete(view);
  }
}
