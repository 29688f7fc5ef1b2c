import type { InstallState, InstallStatus } from "../../../common/contract/index.ts";
import { isWorkload } from "../plan/workloads.ts";
import type { JournalState } from "./journal-entries.ts";

/** How an installation that nobody in this process works on stands, as its journal tells it. */
export function stateOf(journal: JournalState | undefined): InstallState {
  if (!journal?.run) return journal ? "planned" : "none";
  return journal.finished?.state ?? "interrupted";
}

/** The status to show for a folder without running work. Pure. */
export function storedStatus(kfDir: string, journal: JournalState | undefined): InstallStatus {
  const run = journal?.run;
  const state = stateOf(journal);
  const total = journal?.objects.size ?? 0;
  const applied = [...(journal?.applied ?? [])].length;
  const activity = run?.activity ?? "install";
  const titles = journal?.titles ?? {};
  const complete = state === "installed";
  // The titles are in the plan's order, the objects in the order in which they were sent.
  const none = () => ({ objects: 0, applied: 0, workloads: 0 });
  const byComponent = new Map(Object.keys(titles).map((id) => [id, none()]));
  for (const [key, { component, ref }] of journal?.objects ?? []) {
    const count = byComponent.get(component) ?? none();
    count.objects += 1;
    if (isWorkload(ref)) count.workloads += 1;
    if (journal?.applied.has(key)) count.applied += 1;
    byComponent.set(component, count);
  }
  return {
    kfDir,
    state,
    activity,
    release: run?.release ?? "",
    title: run?.title ?? "",
    ...(run ? { context: run.context } : {}),
    fraction: complete || state === "removed" ? 1 : activity === "install" && total > 0 ? (0.5 * applied) / total : 0,
    elapsedMs: journal?.finished?.elapsedMs ?? 0,
    ...(run ? { startedAt: run.at } : {}),
    ...(journal?.finished ? { endedAt: journal.finished.at } : {}),
    objects: { total, done: applied },
    podsTotal: 0,
    components: [...byComponent]
      .filter(([, count]) => count.objects > 0)
      .map(([id, count]) => ({
        id,
        title: titles[id] ?? id,
        state: complete ? "ready" : "waiting",
        ...count,
        // That they were ready is what made it complete; of anything else the journal says nothing.
        ready: complete ? count.workloads : 0,
      })),
    pods: [],
    waiting: [],
    problems: (journal?.failures ?? []).map(({ error, component, object }) => ({
      ...error,
      ...(component ? { component } : {}),
      ...(object ? { object } : {}),
    })),
    ...(journal?.finished?.error ? { error: journal.finished.error } : {}),
  };
}
