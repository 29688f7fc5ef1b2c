import { z } from "zod";
import { appError, installSettings, objectRef } from "../../../common/contract/index.ts";

/** Lines of .flowdeck/journal.jsonl. No secret is in any of them. */
const runStarted = z.object({
  t: z.literal("run"),
  v: z.literal(1),
  at: z.string(),
  run: z.string(),
  activity: z.enum(["install", "uninstall"]),
  /** Uninstalling: user data too. */
  data: z.boolean().optional(),
  installation: z.string(),
  release: z.string(),
  title: z.string(),
  /** The kubeconfig context by id and by name. */
  context: z.string(),
  contextName: z.string(),
  server: z.string(),
  /** uid of the namespace kube-system: the same cluster under whatever address. */
  cluster: z.string(),
  /** SHA-256 of the settings, so that a change between runs is seen. */
  settings: z.string(),
  chosen: installSettings.optional(),
  pid: z.number(),
});

const intent = z.object({
  t: z.literal("intent"),
  at: z.string(),
  /** What will be applied, before it is: `foreign` was there before and is not ours to remove. */
  objects: z.array(z.object({ ref: objectRef, component: z.string(), foreign: z.boolean().optional() })),
  titles: z.record(z.string(), z.string()).optional(),
  /** The installation's own title, which counts from here on. */
  title: z.string().optional(),
});

export const journalEntry = z.discriminatedUnion("t", [
  runStarted,
  intent,
  z.object({ t: z.literal("step"), at: z.string(), step: z.string() }),
  z.object({ t: z.literal("applied"), at: z.string(), keys: z.array(z.string()) }),
  z.object({ t: z.literal("gate"), at: z.string(), gate: z.string() }),
  z.object({
    t: z.literal("failed"),
    at: z.string(),
    component: z.string().optional(),
    object: objectRef.optional(),
    error: appError,
  }),
  z.object({ t: z.literal("removed"), at: z.string(), keys: z.array(z.string()) }),
  z.object({ t: z.literal("kept"), at: z.string(), object: objectRef, because: z.string() }),
  z.object({
    t: z.literal("finished"),
    at: z.string(),
    state: z.enum(["installed", "removed", "failed", "cancelled"]),
    elapsedMs: z.number(),
    error: appError.optional(),
  }),
]);
export type JournalEntry = z.infer<typeof journalEntry>;
export type RunStarted = z.infer<typeof runStarted>;
type Stamped<T> = T extends { at: string } ? Omit<T, "at"> : never;
/** An entry before it gets its time. */
export type JournalNote = Stamped<JournalEntry>;

export interface JournalObject {
  ref: z.infer<typeof objectRef>;
  component: string;
  foreign: boolean;
}

/** What a journal's entries add up to. */
export interface JournalState {
  run: RunStarted | undefined;
  /** The run that installed last (or tried to), which a removal undoes. */
  install: RunStarted | undefined;
  objects: Map<string, JournalObject>;
  titles: Record<string, string>;
  applied: Set<string>;
  step: string | undefined;
  finished: Extract<JournalEntry, { t: "finished" }> | undefined;
  failures: Extract<JournalEntry, { t: "failed" }>[];
  updatedAt: string | undefined;
}

/** Adds up entries, oldest first. Pure. */
export function reduceJournal(
  entries: readonly JournalEntry[],
  keyOf: (ref: JournalObject["ref"]) => string,
): JournalState {
  const state: JournalState = {
    run: undefined,
    install: undefined,
    objects: new Map(),
    titles: {},
    applied: new Set(),
    step: undefined,
    finished: undefined,
    failures: [],
    updatedAt: undefined,
  };
  for (const entry of entries) {
    state.updatedAt = entry.at;
    switch (entry.t) {
      case "run":
        // Another cluster (a practice cluster that was reset): nothing of what was applied before is in it.
        if (state.run && state.run.cluster !== entry.cluster) {
          state.objects.clear();
          state.applied.clear();
        }
        state.run = entry;
        state.finished = undefined;
        state.failures = [];
        state.step = undefined;
        if (entry.activity === "install") state.install = entry;
        break;
      case "intent":
        for (const { ref, component, foreign } of entry.objects) {
          const key = keyOf(ref);
          // What was not ours the first time does not become ours because we have applied it since.
          const before = state.objects.get(key);
          state.objects.set(key, { ref, component, foreign: before?.foreign ?? foreign ?? false });
        }
        Object.assign(state.titles, entry.titles);
        if (state.run && entry.title !== undefined) state.run = { ...state.run, title: entry.title };
        break;
      case "applied":
        for (const key of entry.keys) state.applied.add(key);
        break;
      case "removed":
        for (const key of entry.keys) {
          state.applied.delete(key);
          state.objects.delete(key);
        }
        break;
      case "step":
        state.step = entry.step;
        break;
      case "failed":
        state.failures.push(entry);
        break;
      case "finished":
        state.finished = entry;
        break;
      case "gate":
      case "kept":
        break;
    }
  }
  return state;
}
