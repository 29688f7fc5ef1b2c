import type {
  AppError,
  ComponentProgress,
  ContextId,
  InstallState,
  InstallStatus,
  PodView,
  ProgressStep,
  Waiting,
} from "../../../common/contract/index.ts";
import type { Fact } from "./facts.ts";
import { fractionOf, type StepsDone, withStep } from "./progress.ts";

export interface StatusStart {
  kfDir: string;
  activity: "install" | "uninstall";
  release: string;
  /** Until a fact says otherwise. */
  title: string;
  context: ContextId;
  /** Where an earlier run of the same work stood. */
  floor?: number;
}

type ShownProblem = InstallStatus["problems"][number];

/** Everything that is shown of an operation. Times are milliseconds since it began. */
export interface StatusState {
  readonly start: StatusStart;
  readonly title: string;
  readonly state: InstallState;
  readonly step: ProgressStep | undefined;
  readonly stepsDone: StepsDone;
  readonly objects: { readonly total: number; readonly done: number };
  readonly podsTotal: number;
  readonly components: ReadonlyMap<string, ComponentProgress>;
  readonly pods: ReadonlyMap<string, PodView>;
  readonly waits: ReadonlyMap<string, Waiting>;
  readonly problems: ReadonlyMap<string, ShownProblem>;
  readonly endedAt: number | undefined;
  readonly error: AppError | undefined;
}

/** Before anything was told. */
export function firstStatus(start: StatusStart): StatusState {
  return {
    start,
    title: start.title,
    state: start.activity === "uninstall" ? "removing" : "running",
    step: undefined,
    stepsDone: {},
    objects: { total: 0, done: 0 },
    podsTotal: 0,
    ...{ components: new Map(), pods: new Map(), waits: new Map(), problems: new Map() },
    ...{ endedAt: undefined, error: undefined },
  };
}

/** What a fact makes of the status that people watch; `at`: when it was told. Pure. */
export function withFact(state: StatusState, fact: Fact, at: number): StatusState {
  switch (fact.type) {
    case "titled":
      return { ...state, title: fact.title };
    case "step":
      return { ...state, step: fact.step };
    case "progress":
      return withProgress(state, fact.step, fact.fraction);
    case "finished":
      return { ...state, state: fact.state, error: fact.error, endedAt: at, waits: new Map() };
    case "begun": {
      const { components, objects, pods } = fact;
      return { ...begun(state, components, objects), step: "apply", podsTotal: pods };
    }
    case "applied": {
      const { done, total } = fact;
      const counted = withProgress({ ...state, objects: { done, total } }, "apply", done / total);
      return done === total ? { ...counted, step: "ready" } : counted;
    }
    case "refused": {
      const { node, error } = fact;
      return withProblem(state, `refused ${node.id}`, { ...error, component: node.component, object: node.ref });
    }
    case "gateFailed":
      // What failed before it is shown there.
      return fact.error.code === "gate-timeout" ? withProblem(state, `gate ${fact.gate.id}`, fact.error) : state;
    case "outcomes":
      return withProgress(state, "ready", fact.fraction);
    case "component":
      return withComponent(state, fact.id, fact.change, at);
    case "componentFailed":
      return withComponent(state, fact.id, { state: "failed", error: fact.error }, at);
    case "pod":
      return { ...state, pods: withEntry(state.pods, fact.key, fact.view) };
    case "problem":
      return withProblem(state, fact.id, fact.problem);
    case "solved":
      return { ...state, problems: withEntry(state.problems, fact.id, undefined) };
    case "waits":
      return { ...state, waits: sinceWhen(fact.waits, state.waits, at) };
    case "removing":
      return begun(state, fact.components, fact.total, at);
    case "deleting":
      return withComponent(state, fact.component, { state: "removing" }, at);
    case "gone":
      return withGone(state, fact, at);
    default:
      return state;
  }
}

/** What is shown at a time. Pure. `began`: milliseconds since 1970. */
export function shownStatus(status: StatusState, began: number, at: number): InstallStatus {
  const { start, state, title, step, stepsDone, objects, podsTotal, pods, endedAt, error } = status;
  const { kfDir, activity, release, context } = start;
  return {
    ...{ kfDir, state, activity, release, title, context, objects },
    ...(step ? { step } : {}),
    fraction: state === "installed" || state === "removed" ? 1 : fractionOf(activity, stepsDone, start.floor),
    elapsedMs: endedAt ?? at,
    startedAt: new Date(began).toISOString(),
    ...(endedAt === undefined ? {} : { endedAt: new Date(began + endedAt).toISOString() }),
    podsTotal: Math.max(podsTotal, pods.size),
    components: [...status.components.values()],
    pods: [...pods.values()],
    waiting: [...status.waits.values()].sort((a, b) => a.sinceMs - b.sinceMs),
    problems: [...status.problems.values()],
    ...(error ? { error } : {}),
  };
}

type NewComponent = Pick<ComponentProgress, "id" | "title" | "objects" | "workloads">;

/** With `removingAt` all of its objects are there and go. */
function begun(state: StatusState, fresh: readonly NewComponent[], total: number, removingAt?: number): StatusState {
  const components = new Map(state.components);
  for (const one of fresh) {
    const applied = removingAt === undefined ? 0 : one.objects;
    components.set(one.id, { ...one, state: "waiting", applied, ready: 0 });
  }
  return { ...state, components, objects: { done: 0, total } };
}

function withProgress(state: StatusState, step: ProgressStep, fraction: number): StatusState {
  return { ...state, stepsDone: withStep(state.stepsDone, step, fraction) };
}

type ComponentChange = Partial<Omit<ComponentProgress, "id" | "startedMs" | "endedMs">>;

/** The clock of a component's timeline starts when it leaves `waiting` and stops at a state that is final. */
function withComponent(state: StatusState, id: string, change: ComponentChange, at: number): StatusState {
  const before = state.components.get(id);
  if (!before) return state;
  const { endedMs = at, ...after } = { ...before, ...change };
  if (after.state !== "waiting") after.startedMs ??= at;
  const isFinal = ["ready", "failed", "removed"].includes(after.state);
  return { ...state, components: withEntry(state.components, id, isFinal ? { ...after, endedMs } : after) };
}

function withProblem(state: StatusState, id: string, problem: ShownProblem): StatusState {
  return { ...state, problems: withEntry(state.problems, id, problem) };
}

function withGone(state: StatusState, fact: Extract<Fact, { type: "gone" }>, at: number): StatusState {
  const { done, total, component } = fact;
  const objects = { done: Math.min(done, total), total };
  // The rest is what comes after the last object: volumes, and a last look.
  const counted = withProgress({ ...state, objects }, "undo", (0.98 * done) / Math.max(1, total));
  const before = component === undefined ? undefined : state.components.get(component);
  if (!before) return counted;
  const applied = Math.max(0, before.applied - 1);
  return withComponent(counted, before.id, { applied, state: applied === 0 ? "removed" : "removing" }, at);
}

/** All that waits now; what was there before keeps the time since when. */
function sinceWhen(
  waits: ReadonlyMap<string, Omit<Waiting, "sinceMs">>,
  before: ReadonlyMap<string, Waiting>,
  at: number,
): ReadonlyMap<string, Waiting> {
  return new Map([...waits].map(([id, one]) => [id, { ...one, sinceMs: before.get(id)?.sinceMs ?? at }]));
}

/** A copy of the map with one entry set, or taken out. */
function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V | undefined): ReadonlyMap<string, V> {
  if (value === undefined && !map.has(key)) return map;
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}
