import { latest } from "../../common/async/index.ts";
import { type ContextId, type InstallSettings, type PlanProgress, toAppError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import { clusterUid } from "./installation-dir/cluster-guard.ts";
import type { FolderSettings } from "./installation-dir/flowdeck-file.ts";
import { InstallationFolder, kfDirOf } from "./installation-dir/installation-dir.ts";
import { readJournal } from "./installation-dir/journal.ts";
import { planningSecrets } from "./installation-dir/secrets.ts";
import type { PlanStore } from "./plan/plan-store.ts";
import { type PipelineParts, renderPlan } from "./plan/render-plan.ts";

const shares = { sources: [0, 0.4], build: [0.4, 0.5], plan: [0.9, 0.1] } as const;

/** What the folder keeps; one that an installation could not use is refused before it is planned for. */
async function settingsIn(kfDir: string): Promise<FolderSettings | undefined> {
  const folder = new InstallationFolder(kfDir);
  await folder.refuseLinks();
  return folder.readSettings();
}

export interface PlanRequest {
  context: ContextId;
  settings: InstallSettings;
  /** Objects of another installation are taken over. */
  adopt: boolean;
}

/** The plan that is being looked at: one at a time, the newest wish wins. */
export class Planner {
  readonly #parts: PipelineParts;
  readonly #connections: ClusterConnections;
  readonly #plans: PlanStore;
  #progress: PlanProgress = { state: "idle", fraction: 0 };
  #running: { stop: AbortController } | undefined;
  /** All that have not ended, also those that are no longer wanted. */
  readonly #runs = new Set<Promise<void>>();
  readonly #listeners = new Set<() => void>();

  constructor(parts: PipelineParts, connections: ClusterConnections, plans: PlanStore) {
    this.#plans = plans;
    this.#parts = parts;
    this.#connections = connections;
  }

  /** Nobody waits for a plan that is no longer wanted: it ends by itself and says nothing any more. */
  async begin(request: PlanRequest): Promise<PlanProgress> {
    this.#running?.stop.abort();
    const stop = new AbortController();
    this.#running = { stop };
    this.#set({ state: "running", step: "sources", fraction: 0, said: message("progress.lookingForSources") });
    const done = this.#run(request, stop).finally(() => this.#runs.delete(done));
    this.#runs.add(done);
    return this.#progress;
  }

  async cancel(): Promise<PlanProgress> {
    this.#running?.stop.abort();
    await Promise.all(this.#runs);
    return this.#progress;
  }

  watch(signal: AbortSignal): AsyncIterable<PlanProgress> {
    return latest({
      read: () => this.#progress,
      onChange: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      everyMs: 100,
      signal,
    });
  }

  async #run({ context, settings, adopt }: PlanRequest, stop: AbortController): Promise<void> {
    const { signal } = stop;
    const isCurrent = () => this.#running?.stop === stop;
    const tell = (progress: PlanProgress) => {
      if (isCurrent()) this.#set(progress);
    };
    try {
      const kfDir = kfDirOf(settings);
      const [client, known, secrets, state] = await Promise.all([
        this.#connections.client(context),
        settingsIn(kfDir),
        planningSecrets(),
        readJournal(kfDir),
      ]);
      try {
        const cluster = await clusterUid(client);
        const { summary, fingerprint } = await renderPlan(this.#parts, {
          settings,
          secrets,
          installation: known?.id ?? "planned",
          kfDir,
          context,
          client,
          cluster,
          signal,
          planning: true,
          adopt,
          // What an earlier run did counts only where it did it.
          known: state?.run?.cluster === cluster ? state.objects : undefined,
          onProgress: (step, fraction, said) => {
            const [from, share] = shares[step];
            const whole = Math.max(this.#progress.fraction, from + share * fraction);
            tell({ state: "running", step, fraction: Math.min(1, whole), said });
          },
        });
        signal.throwIfAborted();
        const id = await this.#plans.keep({ context, settings, adopt, fingerprint });
        tell({ state: "done", fraction: 1, summary: { ...summary, id } });
      } finally {
        await client.close();
      }
    } catch (error) {
      if (signal.aborted) tell({ state: "cancelled", fraction: this.#progress.fraction });
      else tell({ state: "failed", fraction: this.#progress.fraction, error: toAppError(error) });
    } finally {
      if (isCurrent()) this.#running = undefined;
    }
  }

  #set(progress: PlanProgress): void {
    this.#progress = progress;
    for (const listener of this.#listeners) listener();
  }
}
