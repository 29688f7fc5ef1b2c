import type { CloudView, Computer, PlatformsView, PlatformTool, ReadCommand } from "../../common/contract/index.ts";

/** What is known so far, for a stream of it; every change is one of its methods. */
export class View {
  readonly #commands = new Map<string, { running: number; failed: number; count: number }>();
  readonly #listeners = new Set<() => void>();
  #tools: PlatformTool[] | undefined;
  #computer: Computer | undefined;
  #cloud: CloudView | undefined;
  /** Nothing more will be found. */
  isDone = false;

  tools(tools: PlatformTool[]): void {
    this.#tools = tools;
    this.changed();
  }

  computer(change: Partial<Computer>): void {
    const first: Computer = { state: "looking", cpu: 0, memoryBytes: 0, limits: [], clusters: [], problems: [] };
    this.#computer = { ...first, ...this.#computer, ...change };
    this.changed();
  }

  cloud(change: Partial<CloudView> & Pick<CloudView, "platform">): void {
    const first = { state: "looking", accounts: [], regions: [], clusters: [] } as const;
    this.#cloud = { ...first, accounts: [], regions: [], clusters: [], ...this.#cloud, ...change };
    this.changed();
  }

  get current(): { computer: Computer | undefined; cloud: CloudView | undefined } {
    return { computer: this.#computer, cloud: this.#cloud };
  }

  /** Notes a command that is running now; gives what notes how it ended. */
  command(line: string): (failed: boolean) => void {
    const entry = this.#commands.get(line) ?? { running: 0, failed: 0, count: 0 };
    this.#commands.set(line, entry);
    entry.running += 1;
    entry.count += 1;
    this.changed();
    return (failed) => {
      entry.running -= 1;
      if (failed) entry.failed += 1;
      this.changed();
    };
  }

  done(): void {
    this.isDone = true;
    this.changed();
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  read(): PlatformsView {
    const commands: ReadCommand[] = [...this.#commands].map(([line, { running, failed, count }]) => ({
      line,
      count,
      state: running > 0 ? "running" : failed === count ? "failed" : "done",
    }));
    return {
      commands,
      ...(this.#tools === undefined ? {} : { tools: this.#tools }),
      ...(this.#computer === undefined ? {} : { computer: this.#computer }),
      ...(this.#cloud === undefined ? {} : { cloud: this.#cloud }),
    };
  }
}
