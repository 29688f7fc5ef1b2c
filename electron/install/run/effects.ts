import { saidOf, toAppError } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { type PlanView, subjectId } from "../engine/plan-view.ts";
import type { Answer, Ask, Effect, RunEvent } from "../engine/run-types.ts";
import type { PlanNode } from "../plan/plan-types.ts";
import { LiveObjects } from "./object-cache.ts";
import { ObjectSender, type Outcome } from "./object-sender.ts";
import { watchConditions, watchKindOf } from "./plan-watches.ts";
import { PodWatch } from "./pod-watch.ts";
import { askForDryRun, askForKind } from "./questions.ts";
import { UnderWay } from "./under-way.ts";

export interface EffectsOptions {
  view: PlanView;
  client: ClusterClient;
  /** Ends all that is under way. */
  signal: AbortSignal;
  /** Hears what comes of it. */
  emit: (event: RunEvent) => void;
}

/** Does in the world what the engine says: sends objects, asks, watches, sets timers. What comes of it are events. */
export class Effects {
  readonly #options: EffectsOptions;
  readonly #live: LiveObjects;
  readonly #pods: PodWatch;
  readonly #sender: ObjectSender;
  readonly #underWay: UnderWay;

  constructor(options: EffectsOptions) {
    this.#options = options;
    const { view, client, signal, emit } = options;
    // What fails here has told its failure by itself.
    this.#underWay = new UnderWay(signal, () => undefined);
    this.#sender = new ObjectSender(client, signal);
    this.#live = new LiveObjects({
      ...{ client, signal },
      onChange: (key, object) => this.#changed(key, object),
      onError: (what, error) => emit({ type: "watchFailed", what, why: saidOf(toAppError(error)) }),
      onTrouble: () => emit({ type: "watchTroubles", troubles: this.#troubles() }),
    });
    this.#pods = new PodWatch({ plan: view.plan, live: this.#live, emit });
  }

  run(effect: Exclude<Effect, { type: "tell" | "end" }>): void {
    const { view } = this.#options;
    switch (effect.type) {
      case "send":
        this.#outcome(effect.node, this.#sender.send(effect.node, effect.going));
        break;
      case "renew":
        this.#outcome(effect.node, this.#sender.renew(effect.node));
        break;
      case "ask":
        this.#underWay.task(this.#ask(effect.ask));
        break;
      case "readDefinition":
        this.#underWay.task(this.#read(effect.node));
        break;
      case "watchAll":
        this.#underWay.task(this.#pods.start());
        for (const watched of watchConditions(view.plan, view.nodes, this.#live)) this.#underWay.task(watched);
        break;
      case "watchKind":
        this.#underWay.task(watchKindOf(view.plan, effect.node, this.#live));
        break;
      case "timer":
        this.#underWay.wake(effect.pause, () => this.#options.emit({ type: "timer", timer: effect.timer }));
        break;
    }
  }

  /** After the signal is aborted: waits until all that was under way has ended. */
  async ended(): Promise<void> {
    this.#pods.close();
    await Promise.allSettled([this.#underWay.ended(), this.#live.ended()]);
  }

  #changed(key: string, object: KubeObject | undefined): void {
    this.#pods.changed(key, object);
    this.#options.emit({ type: "observed", key, object });
  }

  #outcome(node: PlanNode, sent: Promise<Outcome>): void {
    const { emit, signal } = this.#options;
    this.#underWay.task(
      sent.then(({ event, stored }) => {
        if (signal.aborted) return;
        emit(event);
        // So that nobody has to wait for the watch to tell the same.
        if (stored) this.#live.put({ ...stored, apiVersion: node.ref.apiVersion, kind: node.ref.kind });
      }),
    );
  }

  async #ask(ask: Ask): Promise<void> {
    const { emit, signal } = this.#options;
    const answer = await this.#answer(ask);
    if (answer && !signal.aborted) emit({ type: "answered", ask, answer });
  }

  async #answer(ask: Ask): Promise<Answer | undefined> {
    const { view, client, signal } = this.#options;
    if (ask.of === "kind") return askForKind(client, ask, signal);
    const condition = view.gates.get(ask.gate)?.condition;
    return condition?.type === "accepts" ? askForDryRun(client, condition.object, signal) : undefined;
  }

  async #read({ ref }: PlanNode): Promise<void> {
    const now = await this.#options.client.get(ref, this.#options.signal);
    if (now) this.#live.put({ ...now, apiVersion: ref.apiVersion, kind: ref.kind });
  }

  #troubles(): Map<string, Message> {
    const troubles = new Map<string, Message>();
    for (const subject of this.#options.view.subjects) {
      const because = this.#live.troubleOf(subject);
      if (because) troubles.set(subjectId(subject), because);
    }
    return troubles;
  }
}
