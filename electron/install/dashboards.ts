import type { ContextId, Dashboard, Forward } from "../../common/contract/index.ts";
import type { Forwards } from "../forwards/index.ts";
import { forwardDashboard, get, type ReachOptions } from "./verify.ts";

/** Start pages that are open now: one port-forward per installation, until it is closed. */
export class Dashboards {
  readonly #forwards: Forwards;
  readonly #open = new Map<string, { context: ContextId; forward: Promise<Forward>; stop: AbortController }>();

  constructor(forwards: Forwards) {
    this.#forwards = forwards;
  }

  async start(
    kfDir: string,
    { secure, ...options }: ReachOptions & { secure: boolean },
    email: string | undefined,
  ): Promise<Dashboard> {
    const before = this.#open.get(kfDir);
    if (before && before.context !== options.context) await this.stop(kfDir);
    let entry = this.#open.get(kfDir);
    if (!entry) {
      const stop = new AbortController();
      entry = {
        context: options.context,
        stop,
        forward: forwardDashboard({
          ...options,
          ...(secure ? { dashboard: { ...options.dashboard, port: 443 } } : {}),
          signal: stop.signal,
        }),
      };
      this.#open.set(kfDir, entry);
    }
    try {
      const { url } = await entry.forward;
      if (secure) return { url: url.replace("http:", "https:"), simulated: false, ...(email ? { email } : {}) };
      const answer = await get(url, options.signal).catch(() => undefined);
      return { url, simulated: answer?.simulated ?? false, ...(email ? { email } : {}) };
    } catch (error) {
      this.#open.delete(kfDir);
      throw error;
    }
  }

  async stop(kfDir: string): Promise<void> {
    const entry = this.#open.get(kfDir);
    this.#open.delete(kfDir);
    if (!entry) return;
    entry.stop.abort();
    const forward = await entry.forward.catch(() => undefined);
    if (forward) await this.#forwards.stop(forward.id);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((kfDir) => this.stop(kfDir)));
  }
}
