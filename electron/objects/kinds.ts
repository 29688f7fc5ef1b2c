import type { ContextId } from "../../common/contract/index.ts";
import type { ApiResource, ClusterConnections } from "../cluster/index.ts";

/** A kind that was not there may have come meanwhile; not to be asked for all the time. */
const askAgainMs = 15_000;

/** The kinds of one cluster, asked for when first needed. */
export class Kinds {
  readonly #connections: ClusterConnections;
  readonly #context: ContextId;
  readonly #known = new Map<string, ApiResource>();
  #askedAt = 0;
  #asking: Promise<void> | undefined;

  constructor(connections: ClusterConnections, context: ContextId) {
    this.#connections = connections;
    this.#context = context;
  }

  find(group: string, kind: string, whenKnown: () => void): ApiResource | undefined {
    const found = this.#known.get(`${group}/${kind}`);
    if (found === undefined && (this.#asking !== undefined || Date.now() - this.#askedAt > askAgainMs)) {
      this.#asking ??= this.#ask();
      // #ask never rejects
      this.#asking.then(whenKnown, whenKnown);
    }
    return found;
  }

  /** Links work without discovery too (their plural is guessed), so failing to ask is no error. */
  async #ask(): Promise<void> {
    try {
      await this.#connections.use(this.#context, async (client) => {
        for (const resource of await client.resources()) {
          if (!resource.plural.includes("/")) this.#known.set(`${resource.group}/${resource.kind}`, resource);
        }
      });
    } catch {
      // asked again later
    } finally {
      this.#askedAt = Date.now();
      this.#asking = undefined;
    }
  }
}
