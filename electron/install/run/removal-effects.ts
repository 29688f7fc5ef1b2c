import { FlowdeckError, saidOf, toAppError } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { subjectId } from "../engine/plan-view.ts";
import type { RemovalEffect, RemovalEvent } from "../engine/removal-types.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { refOf } from "../objects.ts";
import { installationLabel } from "../plan/plan-types.ts";
import { isCurable } from "./apply-errors.ts";
import { giveBackMetadata, removeOrphans } from "./give-back.ts";
import { LiveObjects } from "./object-cache.ts";
import { stillThere } from "./removal-scan.ts";
import { UnderWay } from "./under-way.ts";

export interface RemovalEffectsOptions {
  client: ClusterClient;
  installation: string;
  state: JournalState | undefined;
  /** Names of namespaces that go as a whole. */
  going: ReadonlySet<string>;
  /** Ends all that is under way. */
  signal: AbortSignal;
  /** Hears what comes of it. */
  emit: (event: RemovalEvent) => void;
}

/** Does in the world what the engine of a removal says: deletes, watches, sets timers. What comes of it are events. */
export class RemovalEffects {
  readonly #options: RemovalEffectsOptions;
  readonly #live: LiveObjects;
  readonly #kinds = new Map<string, { apiVersion: string; kind: string }>();
  readonly #underWay: UnderWay;

  constructor(options: RemovalEffectsOptions) {
    this.#options = options;
    const { client, signal, emit } = options;
    // What fails here ends the removal.
    this.#underWay = new UnderWay(signal, (error) => emit({ type: "failed", error: toAppError(error) }));
    this.#live = new LiveObjects({
      ...{ client, signal },
      onChange: (key, object) => emit({ type: "observed", key, object }),
      onError: (what, error) => this.#watchFailed(what, error),
      onTrouble: () => emit({ type: "troubles", troubles: this.#troubles() }),
    });
  }

  run(effect: Exclude<RemovalEffect, { type: "tell" | "end" | "fail" }>): void {
    switch (effect.type) {
      case "tidy":
        this.#underWay.task(this.#tidy(effect.stage));
        break;
      case "watch":
        this.#underWay.task(this.#watch(effect));
        break;
      case "delete":
        this.#underWay.task(this.#delete(effect.key, effect.object));
        break;
      case "nudge":
        this.#underWay.task(this.#nudge(effect.key, effect.object));
        break;
      case "compare":
        this.#underWay.task(this.#compare(effect.objects));
        break;
      case "timer":
        this.#underWay.wake(effect.pause, () => this.#options.emit({ type: "timer", timer: effect.timer }));
        break;
    }
  }

  /** After the signal is aborted: waits until all that was under way has ended. */
  async ended(): Promise<void> {
    await Promise.allSettled([this.#underWay.ended(), this.#live.ended()]);
  }

  async #tidy(stage: number): Promise<void> {
    const { going, emit } = this.#options;
    for await (const fact of removeOrphans(this.#options, going)) emit({ type: "tidied", fact });
    for await (const fact of giveBackMetadata(this.#options)) emit({ type: "tidied", fact });
    emit({ type: "settled", stage });
  }

  /** Resolves with the first lists. */
  async #watch({ objects, byName, stage }: Extract<RemovalEffect, { type: "watch" }>): Promise<void> {
    for (const { apiVersion, kind } of objects) this.#kinds.set(subjectId({ apiVersion, kind }), { apiVersion, kind });
    await Promise.all(byName ? objects.map((object) => this.#watchOne(object)) : this.#watchKinds(objects));
    this.#options.emit({ type: "settled", stage });
  }

  #watchOne({ apiVersion, kind, metadata }: KubeObject): Promise<void> {
    return this.#live.watch(apiVersion, kind, { fieldSelector: `metadata.name=${metadata.name}` });
  }

  #watchKinds(objects: readonly KubeObject[]): Promise<void>[] {
    const { installation } = this.#options;
    const kinds = Map.groupBy(objects, ({ apiVersion, kind }) => subjectId({ apiVersion, kind }));
    return [...kinds].map(async ([id, own]) => {
      const kind = this.#kinds.get(id);
      if (!kind) return;
      const labelled = own.every(({ metadata }) => metadata.labels?.[installationLabel] === installation);
      const selection = labelled ? { labelSelector: `${installationLabel}=${installation}` } : {};
      await this.#live.watch(kind.apiVersion, kind.kind, selection);
    });
  }

  /** By its uid: what somebody else made under its name stays. */
  async #delete(key: string, object: KubeObject): Promise<void> {
    const { client, signal, emit } = this.#options;
    const { uid } = object.metadata;
    try {
      const options = {
        propagation: "background" as const,
        share: "changes" as const,
        signal,
        ...(uid ? { uid } : {}),
      };
      emit({ type: "deleted", key, was: await client.delete(refOf(object), options) });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FlowdeckError && (error.code === "kind-unknown" || error.code === "object-not-found"))
        emit({ type: "deleted", key, was: false });
      else if (isCurable(error)) emit({ type: "notYet", key, error: toAppError(error) });
      else throw error;
    }
  }

  async #nudge(key: string, object: KubeObject): Promise<void> {
    const { client, signal, emit } = this.#options;
    const annotations = { "flowdeck.dev/removal-retried": new Date().toISOString() };
    try {
      await client.mergePatch(refOf(object), { metadata: { annotations } }, { signal });
      emit({ type: "nudged", key });
    } catch (error) {
      signal.throwIfAborted();
      emit({ type: "nudged", key, why: saidOf(toAppError(error)) });
    }
  }

  async #compare(objects: readonly KubeObject[]): Promise<void> {
    const { client, signal, emit } = this.#options;
    const left = await stillThere(client, objects, signal);
    emit({ type: "compared", left: left.map(refOf) });
  }

  #troubles(): Map<string, Message> {
    const troubles = new Map<string, Message>();
    for (const [id, kind] of this.#kinds) {
      const because = this.#live.troubleOf(kind);
      if (because) troubles.set(id, because);
    }
    return troubles;
  }

  #watchFailed(what: string, error: unknown): void {
    // With its definition a kind and its watch end; its objects are gone then, and the watch has said so.
    if (error instanceof FlowdeckError && error.code === "kind-unknown") return;
    this.#options.emit({ type: "watchFailed", what, why: saidOf(toAppError(error)) });
  }
}
