import { type Message, message } from "../../../common/words/index.ts";
import type { InstallLog, LogLine } from "../installation-dir/install-log.ts";
import type { Plan, PlanNode } from "../plan/plan-types.ts";

/** kfctl's well-known words, told at the moments they are true. */
export class ApplicationWords {
  readonly #log: InstallLog;
  readonly #titles: ReadonlyMap<string, string>;
  readonly #left = new Map<string, number>();
  readonly #begun = new Set<string>();
  readonly #ended = new Set<string>();
  #failed = false;

  constructor(plan: Plan, log: InstallLog) {
    this.#log = log;
    this.#titles = new Map(plan.components.map(({ id, title }) => [id, title]));
    for (const { id } of plan.components) this.#left.set(id, 0);
    for (const { component } of plan.nodes) this.#left.set(component, (this.#left.get(component) ?? 0) + 1);
  }

  /** An object of it is being sent. */
  started({ component }: PlanNode): void {
    if (this.#begun.has(component)) return;
    this.#begun.add(component);
    this.#say("info", component, message("installLog.deploying", { title: this.#title(component) }));
  }

  applied({ component }: PlanNode): void {
    const left = (this.#left.get(component) ?? 1) - 1;
    this.#left.set(component, left);
    if (left === 0) this.#complete(component);
    if (!this.#failed && [...this.#left.values()].every((count) => count === 0)) {
      for (const id of this.#titles.keys()) this.#complete(id);
      this.#log.add({ level: "ok", event: "application", said: message("installLog.allDeployed") });
    }
  }

  /** The server did not take an object yet; the next try comes after `delayMs`. */
  retrying({ component }: PlanNode, because: Message | string, delayMs: number): void {
    const seconds = Math.max(1, Math.round(delayMs / 1000));
    this.#say("warn", component, message("installLog.applyError", { title: this.#title(component), because }));
    this.#say("warn", component, message("installLog.willRetry", { seconds }));
  }

  /** What is left of an application stays behind; of one that is applied there is nothing to say. */
  gaveUp(component: string, because: Message | string): void {
    if ((this.#left.get(component) ?? 0) === 0) return;
    this.#failed = true;
    this.#say("error", component, message("installLog.gaveUp", { title: this.#title(component), because }));
  }

  /** Also of an application that has no object of its own. */
  #complete(component: string): void {
    if (this.#ended.has(component)) return;
    this.#ended.add(component);
    if (!this.#begun.has(component))
      this.#say("info", component, message("installLog.deploying", { title: this.#title(component) }));
    this.#say("ok", component, message("installLog.deployed", { title: this.#title(component) }));
  }

  #title(component: string): string {
    return this.#titles.get(component) ?? component;
  }

  #say(level: LogLine["level"], component: string, said: Message): void {
    this.#log.add({ level, event: "application", component, said });
  }
}
