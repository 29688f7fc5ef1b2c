import { FlowdeckError } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { atClaim, atVolume } from "../../../common/kube/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { firstRemovalState } from "../engine/removal-state.ts";
import { removalStep } from "../engine/removal-step.ts";
import type { RemovalEffect, RemovalEvent, RemovalState } from "../engine/removal-types.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { EngineLoop } from "./engine-loop.ts";
import { planRemoval, type Removal } from "./removal.ts";
import { RemovalEffects } from "./removal-effects.ts";
import { scanForRemoval } from "./removal-scan.ts";
import { type Told, tell } from "./tell.ts";

/** Deletions under way, at most; how many of them are sent at once says the connection's limiter. */
const atOnce = 64;

export interface RemoveOptions extends Told {
  client: ClusterClient;
  installation: string;
  /** Also user data: profiles with their namespaces, volume claims, users' custom resources. */
  data: boolean;
  /** Also what others made in the installation's namespaces. */
  others: boolean;
  /** What the folder's journal tells; undefined when there is none. */
  state: JournalState | undefined;
  signal: AbortSignal;
  /** How long objects may take to go before what holds them is told, in milliseconds. */
  timeoutMs?: number;
}

/**
 * Removes an installation in the reverse order of its making: looks what is there, then a loop around {@link removalStep}.
 * Nothing is deleted but what the journal says was created (see {@link whyNotOurs}) and what its own controllers made.
 * Gives what was kept, with the reasons; rejects when aborted.
 * @throws FlowdeckError `gate-timeout` naming what holds an object that does not go; `conflict` naming what is there
 * all the same in the end.
 */
export async function removeInstallation(options: RemoveOptions): Promise<Removal["kept"]> {
  const { client, data, installation, state, timeoutMs = 300_000 } = options;
  tell(options, { type: "step", step: "undo" });
  const input = await scanForRemoval(options);
  const removal = planRemoval(input);
  for (const { object, because } of removal.kept) tell(options, { type: "kept", object, because });
  const volumes = data ? await volumesOf(client, input.claims, options.signal) : [];
  const { doubtful } = input;
  const titles = state?.titles ?? {};
  const first = firstRemovalState({ removal, doubtful, volumes, installation, titles, concurrency: atOnce, timeoutMs });
  const namespaces = removal.phases.get("namespaces") ?? [];
  await runRemoval(options, first, new Set(namespaces.map(({ metadata }) => metadata.name)));
  return removal.kept;
}

async function runRemoval(options: RemoveOptions, first: RemovalState, going: ReadonlySet<string>): Promise<void> {
  const { client, installation, state, statusStore } = options;
  options.signal.throwIfAborted();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const loop = new EngineLoop<RemovalState, RemovalEvent, RemovalEffect>({
    ...{ first, step: removalStep, now: () => statusStore.now, signal, onError: reject },
    run: (effect) => {
      if (effect.type === "tell") tell(options, effect.fact);
      else if (effect.type === "end") resolve();
      else if (effect.type === "fail") reject(FlowdeckError.from(effect.error));
      else effects.run(effect);
    },
  });
  const emit = (event: RemovalEvent) => loop.put(event);
  const effects: RemovalEffects = new RemovalEffects({ client, installation, state, going, signal, emit });
  const abort = () => reject(options.signal.reason);
  options.signal.addEventListener("abort", abort, { once: true });
  try {
    emit({ type: "begun" });
    await promise;
  } finally {
    options.signal.removeEventListener("abort", abort);
    stop.abort();
    await effects.ended();
  }
}

/** Volumes with reclaim policy Delete go some time after their claims. */
async function volumesOf(client: ClusterClient, claims: readonly KubeObject[], signal: AbortSignal): Promise<string[]> {
  if (claims.length === 0) return [];
  const names = new Set(claims.map((claim) => text(atClaim(claim, "spec", "volumeName"))));
  const volumes = await client.list("v1", "PersistentVolume", { signal });
  return volumes
    .filter(
      (volume) =>
        names.has(volume.metadata.name) && atVolume(volume, "spec", "persistentVolumeReclaimPolicy") === "Delete",
    )
    .map(({ metadata }) => metadata.name);
}
