import { type PracticeStatus, toAppError } from "./contract/index.ts";
import type { Backend, HostLog } from "./host/index.ts";
import type { PracticeCluster } from "./practice/index.ts";

type PracticeMethods = Pick<Backend, Extract<keyof Backend, `practice.${string}`>>;

export interface PracticePart {
  methods: PracticeMethods;
  /**
   * Cancels a start that is under way. A cluster that this app started is stopped unless `keep`; one that was there
   * before is left alone. Gives lines on what became of it.
   */
  close(keep: boolean): Promise<string[]>;
}

/**
 * The practice cluster behind the contract: its start runs on in the background, owned by this app, while pages come
 * and go.
 */
export function practicePart(practice: PracticeCluster, log: HostLog): PracticePart {
  let start: { abort: AbortController; done: Promise<unknown> } | undefined;
  let startedHere = false;

  async function begin(options: Parameters<PracticeCluster["start"]>[0]): Promise<PracticeStatus> {
    const before = await practice.status();
    if (before.state !== "running") startedHere = true;
    const abort = new AbortController();
    const done = practice
      .start(options, abort.signal)
      .catch((thrown: unknown) => log(`the practice cluster did not start: ${toAppError(thrown).message}`))
      .finally(() => {
        if (start?.abort === abort) start = undefined;
      });
    start = { abort, done };
    await Promise.race([done, untilStarting()]);
    return practice.status();
  }

  /** Starting shows in the status a moment after it was asked for; whoever asked should not see the state before. */
  async function untilStarting(): Promise<void> {
    const seen = new AbortController();
    for await (const status of practice.watch(seen.signal)) {
      if (status.state === "starting" || status.state === "running") seen.abort();
    }
  }

  return {
    methods: {
      "practice.status": () => practice.status(),
      "practice.watch": (_input, signal) => practice.watch(signal),
      "practice.start": async (options) => begin(defined(options)),
      "practice.cancelStart": async () => {
        start?.abort.abort();
        await start?.done;
        return practice.status();
      },
      "practice.stop": () => practice.stop(),
      "practice.reset": () => practice.reset(),
      "practice.setFaults": ({ faults }) => practice.setFaults(faults),
    },
    async close(keep) {
      start?.abort.abort();
      await start?.done;
      const { state } = await practice.status();
      const lines: string[] = [];
      if (state === "running" && startedHere && !keep) {
        await practice.stop();
        lines.push("The practice cluster is stopped; what is in it is there again after the next start.");
      } else if (state === "running" && !keep) {
        lines.push("The practice cluster runs on, as it ran before. Stop it with: npx flowdeck practice stop");
      }
      practice.close();
      return lines;
    },
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that are there but undefined: JSON has none, but the schema allows them. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
