import { randomUUID } from "node:crypto";
import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Latest } from "../../common/async/index.ts";
import {
  type ContextEntry,
  FlowdeckError,
  type PlatformAction,
  type PlatformJob,
  type TerminalSize,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ProgramTerminal, TerminalSessions } from "../terminal/index.ts";
import { commandLine } from "./asker.ts";
import { explain } from "./explain.ts";
import type { MadeCluster, MadeClusters } from "./made.ts";
import type { Recipe, Step } from "./recipe.ts";
import type { Toolbelt } from "./toolbelt.ts";

/** Of commands that need a terminal, though no page has said how large it is. */
const usualSize: TerminalSize = { cols: 100, rows: 30 };
/** A cluster in a cloud takes up to half an hour. */
const stepMs = 60 * 60_000;
const shownLines = 40;
const keptJobs = 6;

export interface JobsOptions {
  belt: Toolbelt;
  made: MadeClusters;
  /** Adds a kubeconfig to the list; gives its contexts. */
  addKubeconfig: (file: string) => Promise<ContextEntry[]>;
  /** Takes it off the list; the file itself stays. */
  forgetKubeconfig: (file: string) => Promise<unknown>;
  /** Opens terminals; absent where there is no page to show them. */
  terminals?: Pick<TerminalSessions, "openProgram"> | undefined;
}

export interface Started {
  id: string;
  /** The session of its terminal. */
  terminal?: string;
}

/** What a job works with. */
interface Work {
  id: string;
  recipe: Recipe;
  terminal: ProgramTerminal | undefined;
  /** Of the last command that failed. */
  exit: number;
}

interface Running {
  abort: AbortController;
  done: Promise<void>;
}

/** Actions under way. They belong to the app and not to a page; ending the app stops them and deletes what is half made. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #all = new Latest<PlatformJob[]>([]);
  readonly #running = new Map<string, Running>();

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  watch(signal: AbortSignal): AsyncGenerator<PlatformJob[]> {
    return this.#all.watch(signal);
  }

  /**
   * Throws `busy` when the cluster is being worked on. `target` is what is recorded as made, or was. With `size`, and where
   * commands ask, they run in a terminal.
   */
  start(request: PlatformAction, recipe: Recipe, target: Omit<MadeCluster, "at">, size?: TerminalSize): Started {
    const same = (job: PlatformJob) => job.request.platform === request.platform && job.request.name === request.name;
    if (this.#all.value.some((job) => this.#running.has(job.id) && same(job)))
      throw new FlowdeckError("busy", message("platform.busy", { name: request.name }));
    const id = randomUUID();
    const shown = size ?? (recipe.asks ? usualSize : undefined);
    const opened =
      shown && this.#options.terminals?.openProgram(`${recipe.steps[0]?.tool ?? ""} ${request.name}`, shown);
    const job: PlatformJob = {
      ...{ id, request, state: "running", startedAt: new Date().toISOString(), output: [] },
      ...(opened === undefined ? {} : { terminal: opened.id }),
    };
    const ended = this.#all.value.filter((one) => !same(one)).slice(-keptJobs);
    this.#all.set([...ended, job]);
    const abort = new AbortController();
    const terminal = opened?.terminal;
    terminal?.ended.then(
      ({ reason }) => reason === "closed" && this.#forgetTerminal(id),
      () => undefined, // it never rejects
    );
    const running: Work = { id, terminal, recipe, exit: 0 };
    const done = this.#work(running, request, target, abort.signal).finally(() => {
      this.#running.delete(id);
      terminal?.finish({ reason: "exited", code: running.exit });
    });
    this.#running.set(id, { abort, done });
    return { id, ...(opened === undefined ? {} : { terminal: opened.id }) };
  }

  cancel(id: string): void {
    this.#running.get(id)?.abort.abort();
  }

  /** Stops everything; resolves when what was half made is deleted. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ done }) => done));
  }

  async #work(
    work: Work,
    request: PlatformAction,
    target: Omit<MadeCluster, "at">,
    signal: AbortSignal,
  ): Promise<void> {
    const { id, recipe } = work;
    const { made } = this.#options;
    const isCreation = request.action === "create";
    let isRecorded = false;
    try {
      await this.#prepare(recipe);
      if (isCreation) {
        await made.add(target);
        isRecorded = true;
      }
      for (const step of recipe.steps) await this.#run(work, step, signal);
      const { kubeconfig } = recipe;
      if (request.action === "delete") {
        await made.remove(target);
        if (kubeconfig !== undefined) await this.#forget(kubeconfig);
      }
      const leaves = request.action === "delete" ? undefined : kubeconfig;
      const context = leaves === undefined ? undefined : await this.#context(leaves);
      this.#change(id, {
        state: "done",
        ...(context === undefined ? {} : { context: context.id, contextName: context.name }),
      });
    } catch (error) {
      work.exit ||= 1;
      const outcome = signal.aborted
        ? { state: "cancelled" as const }
        : { state: "failed" as const, problem: toAppError(error) };
      if (!isRecorded) return this.#change(id, outcome);
      this.#change(id, { state: "cleaning" });
      const left = await this.#undo(work, target);
      this.#change(id, left === undefined ? outcome : { state: "failed", problem: left.toJSON() });
    }
  }

  /** Deletes what is half made. Gives what is wrong when it could not: the cluster then stays on record, and can be deleted later. */
  async #undo(work: Work, target: Omit<MadeCluster, "at">): Promise<FlowdeckError | undefined> {
    const { recipe } = work;
    try {
      for (const step of recipe.undo) await this.#run(work, step, new AbortController().signal);
      if (recipe.kubeconfig !== undefined) await this.#forget(recipe.kubeconfig);
      await this.#options.made.remove(target);
      return undefined;
    } catch (error) {
      const said = toAppError(error);
      // Nothing was made yet.
      if (said.code === "not-found") {
        await this.#options.made.remove(target);
        return undefined;
      }
      const [step] = recipe.undo;
      const command = step === undefined ? "" : commandLine(step.tool, step.args, step.env);
      return new FlowdeckError("tool-failed", message("platform.leftBehind", { name: target.name }), {
        advice: message("platform.runThis", { command }),
        detail: said.detail ?? said.message,
      });
    }
  }

  async #forget(kubeconfig: string): Promise<void> {
    await this.#options.forgetKubeconfig(kubeconfig);
    await rm(kubeconfig, { force: true });
  }

  async #prepare({ files, kubeconfig }: Recipe): Promise<void> {
    for (const path of [...files.map((file) => file.path), ...(kubeconfig === undefined ? [] : [kubeconfig])])
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    for (const { path, text } of files) await writeFile(path, text, { mode: 0o600 });
  }

  async #run(work: Work, { tool, args, env }: Step, signal: AbortSignal): Promise<void> {
    const { id, terminal, recipe } = work;
    const line = commandLine(tool, args, env);
    this.#say(id, `$ ${line}`);
    terminal?.say(`$ ${line}`);
    const end = await this.#options.belt.run(tool, args, {
      signal,
      timeoutMs: stepMs,
      onLine: (text) => this.#say(id, text),
      ...{ terminal, asks: recipe.asks },
      ...(env === undefined ? {} : { env }),
    });
    if (end.code !== 0) work.exit = end.code ?? 1;
    if (end.code !== 0 || end.timedOut) throw explain({ tool, line }, end, stepMs);
  }

  async #context(kubeconfig: string): Promise<ContextEntry> {
    const exists = await access(kubeconfig).then(
      () => true,
      () => false,
    );
    const contexts = exists ? await this.#options.addKubeconfig(kubeconfig) : [];
    const own = contexts.filter((context) => context.file === kubeconfig);
    const context = own.find((one) => one.current) ?? own[0];
    if (context === undefined)
      throw new FlowdeckError("kubeconfig-invalid", message("platform.noContext", { file: kubeconfig }));
    return context;
  }

  /** Its tab was closed: there is nothing more to show. */
  #forgetTerminal(id: string): void {
    this.#all.set(
      this.#all.value.map((job) => {
        if (job.id !== id) return job;
        const { terminal: _closed, ...rest } = job;
        return rest;
      }),
    );
  }

  #say(id: string, line: string): void {
    const job = this.#all.value.find((one) => one.id === id);
    if (job !== undefined) this.#change(id, { output: [...job.output, line].slice(-shownLines) });
  }

  #change(id: string, change: Partial<PlatformJob>): void {
    this.#all.set(this.#all.value.map((job) => (job.id === id ? { ...job, ...change } : job)));
  }
}
