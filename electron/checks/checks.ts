import { Latest, untilAborted } from "../../common/async/index.ts";
import {
  type AppError,
  type CheckId,
  type CheckRow,
  type ChecksView,
  type ContextId,
  checkLimitMs,
  FlowdeckError,
  type InstallSettings,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, ClusterConnections } from "../cluster/index.ts";
import type { PlannedInstallation } from "../install/index.ts";
import { type Check, type Finding, type Fix, failed } from "./check.ts";
import { openWorld, type World } from "./world.ts";

export interface ChecksRequest {
  context: ContextId;
  settings: InstallSettings;
  adopt: boolean;
  images: boolean;
}

export interface ChecksOptions {
  connections: ClusterConnections;
  planned: (request: Omit<ChecksRequest, "images">, signal: AbortSignal) => Promise<PlannedInstallation>;
  /** All there are, or all but that of the images. */
  checks: (request: ChecksRequest) => readonly Check[];
}

interface Run {
  request: ChecksRequest;
  checks: readonly Check[];
  /** Taken at the start; rows tell times from it. */
  since: number;
  abort: AbortController;
  client: Promise<ClusterClient>;
  planned: () => Promise<PlannedInstallation>;
  fixes: Map<CheckId, Fix>;
  done: Promise<void>;
}

/** The checks of one installation on one cluster, side by side. One run at a time: the newest wins. */
export class Checks {
  readonly #options: ChecksOptions;
  readonly #view = new Latest<ChecksView>({ state: "idle", rows: [] });
  #run: Run | undefined;
  readonly #ending = new Set<Promise<void>>();

  constructor(options: ChecksOptions) {
    this.#options = options;
  }

  watch(signal: AbortSignal): AsyncGenerator<ChecksView> {
    return this.#view.watch(signal);
  }

  /** Begins, and ends a run that is under way. */
  start(request: ChecksRequest): ChecksView {
    this.#end();
    const abort = new AbortController();
    const checks = this.#options.checks(request);
    const { images: _, ...asked } = request;
    let planned: Promise<PlannedInstallation> | undefined;
    const client = this.#options.connections.client(request.context);
    client.catch(() => undefined); // each check says so
    const run: Run = {
      ...{ request, checks, abort, client, since: performance.now() },
      planned: () => {
        planned ??= this.#options.planned(asked, abort.signal);
        return planned;
      },
      fixes: new Map(),
      done: Promise.resolve(),
    };
    this.#run = run;
    this.#view.set({
      state: "running",
      context: request.context,
      rows: checks.map(({ id, level, name }) => ({ id, level, name, state: "waiting", evidence: [], objects: [] })),
    });
    run.done = this.#all(run);
    return this.#view.value;
  }

  /** Throws `not-found` where nothing was checked yet. */
  async again(ids: readonly CheckId[]): Promise<ChecksView> {
    const run = this.#current();
    const world = await this.#world(run);
    await Promise.all(run.checks.filter(({ id }) => ids.includes(id)).map((check) => this.#one(run, check, world)));
    return this.#view.value;
  }

  /** Throws `not-found` where the check has no fix that can be carried out. What the cluster refuses stands in its row. */
  async fix(id: CheckId): Promise<ChecksView> {
    const run = this.#current();
    const fix = run.fixes.get(id);
    if (fix?.run === undefined) throw new FlowdeckError("not-found", message("checks.noFix"));
    this.#row(run, id, { state: "fixing", problem: undefined });
    try {
      await fix.run(await this.#world(run));
    } catch (error) {
      this.#row(run, id, { state: "failed", problem: toAppError(error) });
      return this.#view.value;
    }
    return this.again([id]);
  }

  async cancel(): Promise<ChecksView> {
    const run = this.#run;
    run?.abort.abort();
    await run?.done;
    return this.#view.value;
  }

  async close(): Promise<void> {
    this.#end();
    await Promise.all(this.#ending);
  }

  /** Ends the last run, and lets go of its connection once nothing uses it any more. */
  #end(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#run = undefined;
    run.abort.abort();
    const ended = run.done
      .then(() => run.client)
      .then((client) => client.close())
      .catch(() => undefined) // there was no connection
      .finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  #current(): Run {
    if (this.#run === undefined || this.#run.abort.signal.aborted)
      throw new FlowdeckError("not-found", message("checks.noRun"));
    return this.#run;
  }

  async #world(run: Run): Promise<World> {
    return openWorld(await run.client, run.abort.signal);
  }

  async #all(run: Run): Promise<void> {
    const { signal } = run.abort;
    let problem: AppError | undefined;
    try {
      const world = await untilAborted(this.#world(run), signal);
      const noPlan = run.planned().then(
        () => undefined,
        (error: unknown) => toAppError(error),
      );
      await Promise.all(run.checks.map((check) => this.#one(run, check, world)));
      problem = await noPlan;
    } catch (error) {
      problem = toAppError(error);
    }
    if (this.#run !== run) return;
    const view = this.#view.value;
    const rows = view.rows.filter(({ state }) => state !== "waiting" && state !== "running");
    if (signal.aborted) this.#view.set({ ...view, rows, state: "cancelled" });
    else this.#view.set({ ...view, rows, state: problem ? "failed" : "done", ...(problem ? { problem } : {}) });
  }

  /** A check of the plan waits for it; its time runs from then on. */
  async #one(run: Run, check: Check, world: World): Promise<void> {
    run.fixes.delete(check.id);
    try {
      const look =
        check.of === "cluster"
          ? check.run
          : await run.planned().then((planned) => (seen: World) => check.run(seen, planned));
      const startedMs = Math.round(performance.now() - run.since);
      this.#row(run, check.id, { state: "running", startedMs, tookMs: undefined, problem: undefined });
      const finding = await this.#look(look, world, run.abort.signal);
      if (finding === undefined) this.#drop(run, check.id);
      else this.#found(run, check, finding, Math.round(performance.now() - run.since) - startedMs);
    } catch {
      this.#drop(run, check.id); // it was cancelled, or there is no plan: that is said once, and not by each check
    }
  }

  async #look(
    look: (world: World) => Promise<Finding | undefined>,
    world: World,
    run: AbortSignal,
  ): Promise<Finding | undefined> {
    const signal = AbortSignal.any([run, AbortSignal.timeout(checkLimitMs)]);
    try {
      return await untilAborted(look({ ...world, signal }), signal);
    } catch (error) {
      run.throwIfAborted();
      const level = "should";
      if (signal.aborted) return failed(message("checks.slow", { count: checkLimitMs / 1000 }), { level });
      const { said, message: words, detail = words } = toAppError(error);
      return failed(message("checks.unknown"), { level, detail, evidence: said === undefined ? [] : [said] });
    }
  }

  #found(run: Run, check: Check, finding: Finding, tookMs: number): void {
    const found = { finding: finding.said, tookMs, fix: undefined };
    if (finding.state === "passed") {
      this.#row(run, check.id, { ...found, state: "passed", level: check.level, evidence: [], objects: [] });
      return;
    }
    const { fix, evidence = [], detail, objects = [], level = check.level } = finding;
    if (fix) run.fixes.set(check.id, fix);
    const shown = fix && { title: fix.title, about: fix.about, lines: fix.lines, run: fix.run !== undefined };
    this.#row(run, check.id, {
      ...{ ...found, state: "failed", level, fix: shown, detail },
      ...{ evidence: [...evidence], objects: [...objects] },
    });
  }

  #drop(run: Run, id: CheckId): void {
    if (this.#run !== run) return;
    const view = this.#view.value;
    this.#view.set({ ...view, rows: view.rows.filter((row) => row.id !== id) });
  }

  #row(run: Run, id: CheckId, change: Partial<CheckRow>): void {
    if (this.#run !== run) return;
    const view = this.#view.value;
    const rows = view.rows.map((row) => (row.id === id ? { ...row, ...change } : row));
    this.#view.set({ ...view, rows });
  }
}
