import type {
  AppError,
  ComponentProgress,
  ContextId,
  InstallState,
  InstallStatus,
  ObjectRef,
  PodView,
  ProgressStep,
  Waiting,
} from "../../../common/contract/index.ts";
import { Progress } from "./progress.ts";

export interface TrackerStart {
  kfDir: string;
  activity: "install" | "uninstall";
  release: string;
  /** Until something else is known to be right: see {@link Tracker.setTitle}. */
  title: string;
  context: ContextId;
  /** Where an earlier run of the same work stood. */
  floor?: number;
}

type Problem = InstallStatus["problems"][number];

/** Everything that is shown about a running installation; the engine tells it, watchers read snapshots of it. */
export class Tracker {
  readonly start: TrackerStart;
  readonly #began = Date.now();
  readonly #progress: Progress;
  readonly #components = new Map<string, ComponentProgress>();
  readonly #pods = new Map<string, PodView>();
  readonly #waits = new Map<string, Waiting>();
  readonly #problems = new Map<string, Problem>();
  readonly #listeners = new Set<() => void>();
  #title: string;
  #state: InstallState = "running";
  #step: ProgressStep | undefined;
  #ended: number | undefined;
  #error: AppError | undefined;
  #objects = { total: 0, done: 0 };
  #podsTotal = 0;

  constructor(start: TrackerStart) {
    this.start = start;
    this.#title = start.title;
    this.#progress = new Progress(start.activity, start.floor);
    if (start.activity === "uninstall") this.#state = "removing";
  }

  /** Milliseconds since it began. */
  get now(): number {
    return (this.#ended ?? Date.now()) - this.#began;
  }

  get isRunning(): boolean {
    return this.#ended === undefined;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Which Kubeflow a KfDef is for is known once it has been read. */
  setTitle(title: string): void {
    this.#title = title;
    this.#changed();
  }

  setStep(step: ProgressStep): void {
    this.#step = step;
    this.#changed();
  }

  setFraction(step: ProgressStep, fraction: number): void {
    this.#progress.set(step, fraction);
    this.#changed();
  }

  setObjects(done: number, total: number): void {
    this.#objects = { total, done };
    this.#changed();
  }

  setPodsTotal(pods: number): void {
    this.#podsTotal = pods;
  }

  addComponent(component: { id: string; title: string; objects: number; workloads: number }): void {
    this.#components.set(component.id, { ...component, state: "waiting", applied: 0, ready: 0 });
    this.#changed();
  }

  component(id: string): ComponentProgress | undefined {
    return this.#components.get(id);
  }

  /** Changes a component; the clock of its timeline starts when it leaves `waiting` and stops at a state that is final. */
  setComponent(id: string, change: Partial<Omit<ComponentProgress, "id" | "startedMs" | "endedMs">>): void {
    const before = this.#components.get(id);
    if (!before) return;
    const after = { ...before, ...change };
    if (after.state !== "waiting") after.startedMs ??= this.now;
    if (["ready", "failed", "removed"].includes(after.state)) after.endedMs ??= this.now;
    else delete after.endedMs;
    this.#components.set(id, after);
    this.#changed();
  }

  setPod(key: string, pod: PodView | undefined): void {
    if (pod) this.#pods.set(key, pod);
    else this.#pods.delete(key);
    this.#changed();
  }

  /** All that waits now; what was there before keeps the time since when (milliseconds from the beginning). */
  setWaits(waits: ReadonlyMap<string, Omit<Waiting, "sinceMs">>): void {
    const before = new Map(this.#waits);
    this.#waits.clear();
    for (const [id, waiting] of waits)
      this.#waits.set(id, { ...waiting, sinceMs: before.get(id)?.sinceMs ?? this.now });
    this.#changed();
  }

  problem(id: string, problem: AppError & { component?: string | undefined; object?: ObjectRef | undefined }): void {
    const { component, object, ...error } = problem;
    this.#problems.set(id, { ...error, ...(component ? { component } : {}), ...(object ? { object } : {}) });
    this.#changed();
  }

  solved(id: string): boolean {
    const was = this.#problems.delete(id);
    if (was) this.#changed();
    return was;
  }

  hasProblem(id: string): boolean {
    return this.#problems.has(id);
  }

  finish(state: InstallState, error?: AppError): void {
    this.#ended = Date.now();
    this.#state = state;
    this.#error = error;
    this.#waits.clear();
    this.#changed();
  }

  snapshot(): InstallStatus {
    const { kfDir, activity, release, context } = this.start;
    return {
      kfDir,
      state: this.#state,
      activity,
      release,
      title: this.#title,
      context,
      ...(this.#step ? { step: this.#step } : {}),
      fraction: this.#state === "installed" || this.#state === "removed" ? 1 : this.#progress.fraction,
      elapsedMs: this.now,
      startedAt: new Date(this.#began).toISOString(),
      ...(this.#ended === undefined ? {} : { endedAt: new Date(this.#ended).toISOString() }),
      objects: this.#objects,
      podsTotal: Math.max(this.#podsTotal, this.#pods.size),
      components: [...this.#components.values()],
      pods: [...this.#pods.values()],
      waiting: [...this.#waits.values()].sort((a, b) => a.sinceMs - b.sinceMs),
      problems: [...this.#problems.values()],
      ...(this.#error ? { error: this.#error } : {}),
    };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
