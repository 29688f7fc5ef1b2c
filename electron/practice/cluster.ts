import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Latest } from "../../common/async/index.ts";
import {
  FlowdeckError,
  type PracticeFault,
  type PracticeOptions,
  type PracticeStatus,
  toAppError,
} from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { Tools } from "../tools/index.ts";
import { type Control, findSupervisor, type SupervisorStatus } from "./control.ts";
import { ClusterFolder } from "./folder.ts";
import { fromSupervisor, noCluster } from "./status.ts";
import { launchSupervisor } from "./supervisor.ts";

export interface PracticeClusterOptions {
  /** The app's data folder; the cluster lives in its own folder in there. */
  dataDir: string;
  tools: Pick<Tools, "toolbox" | "toolboxState" | "environment">;
  /** Who a cluster belongs to that is started here: the app ends with its own, the command line leaves it running. */
  owner?: "app" | "cli";
}

/** Of a start that has to build the toolbox first, the build's share. */
const buildShare = 0.9;
const stopsWithin = 30_000;
/** How often a watcher looks for a cluster that another process started. */
const lookEvery = 1_000;

/**
 * The practice cluster of one data folder. Its supervisor is a process of its own: it survives this one, and every
 * process with the same data folder finds and shares it.
 */
export class PracticeCluster {
  readonly kubeconfigPath: string;
  readonly #tools: PracticeClusterOptions["tools"];
  readonly #owner: "app" | "cli";
  readonly #folder: ClusterFolder;
  readonly #latest = new Latest<PracticeStatus>(noCluster);
  #control: Control | undefined;
  #ownerOfRunning: "app" | "cli" | undefined;
  /** Ends the reading of the supervisor's events. */
  #following = new AbortController();
  #starting: { done: Promise<PracticeStatus>; abort: AbortController } | undefined;
  /** Share of the present start that was the build. */
  #before = 0;

  constructor(options: PracticeClusterOptions) {
    this.#tools = options.tools;
    this.#owner = options.owner ?? "app";
    this.#folder = new ClusterFolder(join(options.dataDir, "practice"));
    this.kubeconfigPath = this.#folder.file("kubeconfig");
  }

  /** What is true now. A supervisor left by an earlier run of the app is taken over. */
  async status(): Promise<PracticeStatus> {
    if (this.#starting === undefined) await this.#look();
    return this.#latest.value;
  }

  /** The status now and on every change, until `signal` ends it. */
  async *watch(signal: AbortSignal): AsyncGenerator<PracticeStatus> {
    await this.status();
    const looking = this.#keepLooking(signal);
    try {
      yield* this.#latest.watch(signal);
    } finally {
      await looking;
    }
  }

  /**
   * Gives the status once pods can be created. Settings left out stay as they were. Throws `go-missing`,
   * `tool-failed`, `practice-failed`, `folder-unusable`; AbortError after `signal`, and then stops what was started.
   */
  start(options: Partial<PracticeOptions> = {}, signal?: AbortSignal): Promise<PracticeStatus> {
    if (this.#starting === undefined) {
      const abort = new AbortController();
      const job = { abort, done: this.#begin(options, abort.signal) };
      this.#starting = job;
      const end = () => {
        if (this.#starting === job) this.#starting = undefined;
      };
      job.done.then(end, end); // the caller below hears of a failure
    }
    const { done, abort } = this.#starting;
    const onAbort = () => abort.abort(signal?.reason);
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    return done.finally(() => signal?.removeEventListener("abort", onAbort));
  }

  /** Stops the cluster and keeps its data. A start that is under way is cancelled. */
  async stop(): Promise<PracticeStatus> {
    const starting = this.#starting;
    if (starting !== undefined) {
      starting.abort.abort(new DOMException("The practice cluster is being stopped.", "AbortError"));
      await starting.done.catch(() => undefined); // its own caller hears of it
    }
    await this.#look();
    const control = this.#control;
    if (control === undefined) return this.#latest.value;
    await control.stop();
    for (const until = Date.now() + stopsWithin; Date.now() < until; await sleep(50)) {
      if ((await findSupervisor(this.#folder.file("control.json")))?.control.pid !== control.pid) {
        await this.#detach();
        return this.#latest.value;
      }
    }
    throw new FlowdeckError("practice-failed", message("practice.didNotStop", { pid: String(control.pid) }), {
      advice: message("practice.logsIn", { folder: this.#folder.file("logs") }),
    });
  }

  /** Stops the cluster if it belongs to the app, also when an earlier run of it that crashed has left it running. */
  async stopOwn(): Promise<PracticeStatus> {
    const status = await this.status();
    return this.#control !== undefined && this.#ownerOfRunning === "app" ? this.stop() : status;
  }

  /** Stops the cluster and deletes everything in it. */
  async reset(): Promise<PracticeStatus> {
    await this.stop();
    await this.#folder.clear();
    this.#latest.set(noCluster);
    return this.#latest.value;
  }

  /** Replaces the faults; gives the status once new pods follow them. Throws `practice-failed` when it is not running. */
  async setFaults(faults: PracticeFault[]): Promise<PracticeStatus> {
    await this.#look();
    if (this.#control === undefined) throw failed(message("practice.notRunning"));
    this.#publish(await this.#control.change("/faults", { faults }));
    return this.#latest.value;
  }

  /** Lets go of the supervisor without stopping it. */
  close(): void {
    this.#following.abort();
    this.#control = undefined;
  }

  async #begin(options: Partial<PracticeOptions>, signal: AbortSignal): Promise<PracticeStatus> {
    let launched = false;
    try {
      await this.#look();
      if (this.#control === undefined || this.#latest.value.state === "failed") {
        launched = true;
        await this.#launch(options, signal);
      } else if (this.#latest.value.state === "running" && Object.keys(options).length > 0) {
        this.#publish(await this.#control.change("/settings", options));
      }
      return await this.#untilRunning(signal);
    } catch (error) {
      if (signal.aborted) {
        // One that ran before stays: only what was started here is given up.
        if (launched) await this.#control?.stop().catch(() => undefined); // it has ended already
        await this.#look();
      } else if (this.#control === undefined) {
        this.#latest.set({ ...this.#latest.value, state: "failed", fraction: 0, error: toAppError(error) });
      }
      throw error;
    }
  }

  async #launch(options: Partial<PracticeOptions>, signal: AbortSignal): Promise<void> {
    // A failed supervisor only waits for somebody to read why.
    if (this.#control !== undefined) {
      await this.#control.stop().catch(() => undefined); // it has ended already
      await this.#waitGone(this.#control.pid);
      await this.#detach();
    }
    await this.#folder.ensure();
    this.#before = (await this.#tools.toolboxState()) === "ready" ? 0 : buildShare;
    const { error: _, step: __, ...rest } = this.#latest.value;
    const starting: PracticeStatus = { ...rest, ...options, state: "starting", step: "toolbox", fraction: 0 };
    this.#latest.set(starting);
    const command = await this.#tools.toolbox("practice", {
      signal,
      onProgress: ({ said, fraction }) =>
        this.#latest.set({
          ...starting,
          said,
          fraction: Math.max(this.#latest.value.fraction, fraction * buildShare),
        }),
    });
    signal.throwIfAborted();
    const found = await launchSupervisor(this.#folder, command, this.#tools.environment(), options, this.#owner);
    this.#attach(found.control, found.status);
  }

  async #untilRunning(signal: AbortSignal): Promise<PracticeStatus> {
    for await (const status of this.#latest.watch(signal)) {
      if (status.state === "running") return status;
      if (status.state === "failed") {
        throw status.error === undefined ? failed(message("practice.failed")) : FlowdeckError.from(status.error);
      }
      if (status.state !== "starting") throw failed(message("practice.stoppedWhileStarting"));
    }
    signal.throwIfAborted();
    throw failed(message("practice.stoppedWhileStarting"));
  }

  /** Finds the folder's supervisor, unless it is known, and publishes what is true. */
  async #look(): Promise<void> {
    const found = await findSupervisor(this.#folder.file("control.json"));
    if (found === undefined) await this.#detach();
    else if (found.control.pid !== this.#control?.pid) this.#attach(found.control, found.status);
    else this.#publish(found.status);
  }

  async #keepLooking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(lookEvery, undefined, { signal }).catch(() => undefined); // ended by the watcher
      if (!signal.aborted && this.#control === undefined && this.#starting === undefined) await this.#look();
    }
  }

  #attach(control: Control, status: SupervisorStatus): void {
    this.#following.abort();
    const following = new AbortController();
    this.#following = following;
    this.#control = control;
    this.#publish(status);
    void this.#follow(control, following.signal);
  }

  async #follow(control: Control, signal: AbortSignal): Promise<void> {
    try {
      for await (const status of control.events(signal)) this.#publish(status);
    } catch {
      // The connection ended with the supervisor; what is true now is looked up below.
    }
    if (signal.aborted) return;
    await sleep(50);
    const found = await findSupervisor(this.#folder.file("control.json"));
    if (signal.aborted) return;
    if (found !== undefined) this.#attach(found.control, found.status);
    else await this.#detach();
  }

  async #waitGone(pid: number): Promise<void> {
    for (const until = Date.now() + stopsWithin; Date.now() < until; await sleep(50)) {
      if ((await findSupervisor(this.#folder.file("control.json")))?.control.pid !== pid) return;
    }
  }

  /** There is no supervisor: the cluster is stopped, or was never made. An earlier failure to start stays readable. */
  async #detach(): Promise<void> {
    const had = this.#control !== undefined;
    this.#following.abort();
    this.#control = undefined;
    this.#before = 0;
    if (!had && this.#latest.value.state === "failed") return;
    const settings = await this.#folder.settings();
    if (this.#control !== undefined) return; // found one meanwhile
    const state = (await this.#folder.hasData()) ? "stopped" : "absent";
    this.#latest.set({ ...noCluster, ...settings, state });
  }

  #publish(status: SupervisorStatus): void {
    this.#ownerOfRunning = status.owner;
    this.#latest.set(fromSupervisor(status, this.#before));
  }
}

function failed(said: Message): FlowdeckError {
  return new FlowdeckError("practice-failed", said);
}
