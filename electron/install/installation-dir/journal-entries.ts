import { z } from "zod";
import { appError, contextId, installSettings, objectRef } from "../../../common/contract/index.ts";
import { message } from "../../../common/contract/message.ts";
import { upgradeOrder } from "../upgrade/upgrade-order.ts";

/** Lines of .flowdeck/journal.jsonl. No secret is in any of them. */
const runStarted = z.object({
  t: z.literal("run"),
  v: z.literal(1),
  at: z.string(),
  run: z.string(),
  activity: z.enum(["install", "uninstall"]),
  /** Uninstalling: user data too. */
  data: z.boolean().optional(),
  /** Uninstalling: also what others made in the installation's namespaces. */
  others: z.boolean().optional(),
  installation: z.string(),
  release: z.string(),
  title: z.string(),
  /** The kubeconfig context by id and by name. */
  context: contextId,
  contextName: z.string(),
  server: z.string(),
  /** uid of the namespace kube-system: the same cluster under whatever address. */
  cluster: z.string(),
  /** SHA-256 of the settings, so that a change between runs is seen. */
  settings: z.string(),
  chosen: installSettings.optional(),
  /** Of a change of what is installed: what it may delete. */
  upgrade: upgradeOrder.optional(),
  pid: z.number(),
});

const metadataChange = z.object({ set: z.string(), was: z.string().optional() });
/** Labels and annotations that an installation puts on an object of somebody else, and what they were before. */
const metadataChanges = z.object({
  labels: z.record(z.string(), metadataChange).optional(),
  annotations: z.record(z.string(), metadataChange).optional(),
});
export type MetadataChanges = z.infer<typeof metadataChanges>;

const intent = z.object({
  t: z.literal("intent"),
  at: z.string(),
  /**
   * What will be applied, before it is: `foreign` was there before and is not ours to remove, `absent` was not there,
   * `adopted` was another installation's and is taken over. Entries of earlier versions have only `foreign`.
   */
  objects: z.array(
    z.object({
      ref: objectRef,
      component: z.string(),
      foreign: z.boolean().optional(),
      absent: z.boolean().optional(),
      adopted: z.boolean().optional(),
      metadata: metadataChanges.optional(),
    }),
  ),
  /**
   * Of what the plan's controllers are known to make by themselves: what was there before they were. Left out where
   * that can't be known any more, since an earlier version installed them without looking.
   */
  before: z.array(objectRef).optional(),
  titles: z.record(z.string(), z.string()).optional(),
  /** The installation's own title, which counts from here on. */
  title: z.string().optional(),
});

export const journalEntry = z.discriminatedUnion("t", [
  runStarted,
  intent,
  z.object({ t: z.literal("step"), at: z.string(), step: z.string() }),
  /** `uids`: by key, of what is ours. Entries of earlier versions have none. */
  z.object({
    t: z.literal("applied"),
    at: z.string(),
    keys: z.array(z.string()),
    uids: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ t: z.literal("gate"), at: z.string(), gate: z.string() }),
  z.object({
    t: z.literal("failed"),
    at: z.string(),
    component: z.string().optional(),
    object: objectRef.optional(),
    error: appError,
  }),
  z.object({ t: z.literal("removed"), at: z.string(), keys: z.array(z.string()) }),
  /** `because`: in English where an earlier version wrote it. */
  z.object({ t: z.literal("kept"), at: z.string(), object: objectRef, because: z.union([message, z.string()]) }),
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
  /** Of the very object that was created; undefined where an earlier version did not note it, or a crash came between. */
  uid?: string;
  /** Of a foreign object: what was changed on it. */
  metadata?: MetadataChanges;
}

/** What a journal's entries add up to. */
export interface JournalState {
  run: RunStarted | undefined;
  /** The run that installed last (or tried to), which a removal undoes. */
  install: RunStarted | undefined;
  objects: Map<string, JournalObject>;
  titles: Record<string, string>;
  applied: Set<string>;
  /** What a removal that left something has taken already: its controllers' objects may still be there. */
  removed: Map<string, JournalObject["ref"]>;
  /** Keys of what was there before the controllers that make such objects; undefined where that is not known. */
  before: Set<string> | undefined;
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
    removed: new Map(),
    before: undefined,
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
          state.removed.clear();
          state.before = undefined;
        }
        state.run = entry;
        state.finished = undefined;
        state.failures = [];
        state.step = undefined;
        if (entry.activity === "install") state.install = entry;
        break;
      case "intent":
        for (const object of entry.objects) {
          const key = keyOf(object.ref);
          state.objects.set(key, intended(object, state.objects.get(key)));
        }
        if (entry.before) state.before = new Set([...(state.before ?? []), ...entry.before.map(keyOf)]);
        Object.assign(state.titles, entry.titles);
        if (state.run && entry.title !== undefined) state.run = { ...state.run, title: entry.title };
        break;
      case "applied":
        for (const key of entry.keys) {
          state.applied.add(key);
          const object = state.objects.get(key);
          const uid = entry.uids?.[key];
          if (object && uid !== undefined) state.objects.set(key, { ...object, uid });
        }
        break;
      case "removed":
        for (const key of entry.keys) {
          state.applied.delete(key);
          const object = state.objects.get(key);
          if (object && !object.foreign) state.removed.set(key, object.ref);
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
        if (entry.state === "removed") state.before = undefined;
        break;
      case "gate":
      case "kept":
        break;
    }
  }
  return state;
}

/** What an object of an intent is from then on, given what the journal said of it before. */
function intended(
  { ref, component, foreign = false, absent, adopted, metadata }: z.infer<typeof intent>["objects"][number],
  before: JournalObject | undefined,
): JournalObject {
  // Made anew: what was there under this name is gone, whosever it was.
  if (absent) return { ref, component, foreign: false };
  if (adopted) return { ref, component, foreign: false, ...(before?.uid ? { uid: before.uid } : {}) };
  // What was not ours the first time does not become ours because we have applied it since.
  const isForeign = before?.foreign === true || foreign;
  const changes = isForeign ? mergeChanges(before?.metadata, metadata) : undefined;
  return {
    ...{ ref, component, foreign: isForeign },
    ...(before?.uid && !isForeign ? { uid: before.uid } : {}),
    ...(changes ? { metadata: changes } : {}),
  };
}

/** What it was before the first change counts: a later run finds what the first one set. */
function mergeChanges(first: MetadataChanges | undefined, later: MetadataChanges | undefined) {
  if (!first || !later) return first ?? later;
  const merged: MetadataChanges = {};
  for (const field of ["labels", "annotations"] as const) {
    const entries = { ...later[field], ...first[field] };
    for (const [name, { set }] of Object.entries(later[field] ?? {})) {
      const was = first[field]?.[name]?.was;
      if (first[field]?.[name]) entries[name] = { set, ...(was === undefined ? {} : { was }) };
    }
    if (Object.keys(entries).length > 0) merged[field] = entries;
  }
  return merged;
}
