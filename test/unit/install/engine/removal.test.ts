import { describe, expect, test } from "vitest";
import { textOf, verbatim } from "../../../../common/words/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import type { Fact } from "../../../../electron/install/engine/facts.ts";
import { firstRemovalState, type RemovalStart } from "../../../../electron/install/engine/removal-state.ts";
import { removalStep } from "../../../../electron/install/engine/removal-step.ts";
import type { RemovalEffect, RemovalEvent, RemovalTimer } from "../../../../electron/install/engine/removal-types.ts";
import { journalOf } from "../../../../electron/install/engine/run-journal.ts";
import { logOf } from "../../../../electron/install/engine/run-log.ts";
import { keyOfObject, refOf } from "../../../../electron/install/objects.ts";
import { type Removal, removalPhaseOf, removalPhases } from "../../../../electron/install/run/removal.ts";
import { definition, object } from "../objects-support.ts";

const inSpace = (apiVersion: string, kind: string, name: string, namespace = "kubeflow"): KubeObject =>
  object(apiVersion, kind, name, {
    metadata: { namespace, uid: `uid of ${name}`, labels: { "app.kubernetes.io/component": "one" } },
  });
const space = object("v1", "Namespace", "kubeflow", { metadata: { uid: "uid of kubeflow" } });
const app = inSpace("apps/v1", "Deployment", "app");
const config = inSpace("v1", "ConfigMap", "config");
const certificate = inSpace("cert-manager.io/v1", "Certificate", "cert");
const elsewhere = inSpace("v1", "ConfigMap", "elsewhere", "default");
const notebooks = definition("kubeflow.org", "Notebook");
const profile = object("kubeflow.org/v1", "Profile", "ann", { metadata: { uid: "uid of ann" } });

function removalOf(objects: readonly KubeObject[], profileNamespaces: string[] = []): Removal {
  const phases = new Map(removalPhases.map((phase) => [phase, objects.filter((one) => removalPhaseOf(one) === phase)]));
  return { phases, profileNamespaces, kept: [], others: [] };
}

/** A removal against a cluster that does at once what it is asked for, but for what a test holds back. */
class Run {
  readonly facts: Fact[] = [];
  readonly deleted: string[] = [];
  readonly asked: RemovalEffect[] = [];
  readonly there: Map<string, KubeObject>;
  end: "running" | "ended" | Extract<RemovalEffect, { type: "fail" }>["error"] = "running";
  at = 0;
  #state;
  readonly #answer: (effect: RemovalEffect, run: Run) => RemovalEvent[] | undefined;

  constructor(
    objects: readonly KubeObject[],
    more: Partial<RemovalStart> & {
      profileNamespaces?: string[];
      answer?: (effect: RemovalEffect, run: Run) => RemovalEvent[] | undefined;
    } = {},
  ) {
    const { profileNamespaces, answer = () => undefined, ...start } = more;
    this.#answer = answer;
    this.there = new Map(objects.map((one) => [keyOfObject(one), one]));
    this.#state = firstRemovalState({
      ...{ removal: removalOf(objects, profileNamespaces), doubtful: [], volumes: [], installation: "i", titles: {} },
      ...{ concurrency: 2, timeoutMs: 60_000, ...start },
    });
    this.put({ type: "begun" });
  }

  put(...events: RemovalEvent[]): this {
    for (let event = events.shift(); event; event = events.shift()) {
      const [state, effects] = removalStep(this.#state, { ...event, at: this.at });
      this.#state = state;
      for (const effect of effects) events.push(...this.#do(effect));
    }
    return this;
  }

  /** The object is gone, as a watch tells. */
  gone(...objects: KubeObject[]): this {
    return this.put(
      ...objects.map((one): RemovalEvent => ({ type: "observed", key: keyOfObject(one), object: undefined })),
    );
  }

  timer(timer: RemovalTimer, at: number): this {
    this.at = at;
    return this.put({ type: "timer", timer });
  }

  get timers(): RemovalTimer[] {
    return this.asked.flatMap((effect) => (effect.type === "timer" ? [effect.timer] : []));
  }

  get log(): string[] {
    return this.facts.flatMap(logOf).map(({ said }) => (typeof said === "string" ? said : textOf(said, "en")));
  }

  #do(effect: RemovalEffect): RemovalEvent[] {
    this.asked.push(effect);
    const given = this.#answer(effect, this);
    if (given) return given;
    switch (effect.type) {
      case "tell":
        this.facts.push(effect.fact);
        return [];
      case "end":
        this.end = "ended";
        return [];
      case "fail":
        this.end = effect.error;
        return [];
      case "watch":
      case "tidy":
        return [{ type: "settled", stage: effect.stage }];
      case "delete":
        this.deleted.push(effect.object.metadata.name);
        return [
          { type: "deleted", key: effect.key, was: true },
          { type: "observed", key: effect.key, object: undefined },
        ];
      case "compare":
        return [{ type: "compared", left: [] }];
      default:
        return [];
    }
  }
}

/** Deletions are taken, and nothing goes by itself. */
const slow = (effect: RemovalEffect, run: Run): RemovalEvent[] | undefined => {
  if (effect.type !== "delete") return undefined;
  run.deleted.push(effect.object.metadata.name);
  return [{ type: "deleted", key: effect.key, was: true }];
};

describe("the order of a removal", () => {
  test("is that of the phases, watched before deleted, and what is in a namespace that goes is not deleted by itself", () => {
    const run = new Run([space, config, elsewhere, app, notebooks, certificate]);
    expect(run.deleted).toEqual(["cert", "app", "notebooks.kubeflow.org", "elsewhere", "kubeflow"]);
    expect(run.end).toBe("ended");
    const order = run.asked.flatMap((effect) =>
      effect.type === "watch" || effect.type === "delete" || effect.type === "tidy" ? [effect.type] : [],
    );
    expect(order.slice(0, 2)).toEqual(["watch", "delete"]);
    expect(order.slice(-3)).toEqual(["tidy", "watch", "delete"]);
    // config goes with its namespace and is counted
    expect(run.facts.filter(({ type }) => type === "gone")).toHaveLength(6);
    expect(run.facts).toContainEqual(expect.objectContaining({ type: "gone", done: 6, total: 6 }));
    expect(run.facts.flatMap((fact) => journalOf(fact) ?? [])).toContainEqual({
      note: { t: "step", step: "removed namespaces" },
    });
    expect(run.log).toContain("1 object deleted (namespaces)");
  });

  test("custom resources are gone before anything that clears their finalizers is deleted", () => {
    const run = new Run([certificate, app], { answer: slow });
    expect(run.deleted).toEqual(["cert"]);
    run.gone(certificate);
    expect(run.deleted).toEqual(["cert", "app"]);
    expect(run.end).toBe("running");
    expect(run.gone(app).end).toBe("ended");
  });

  test("a Profile's namespace is deleted once the Profile is gone", () => {
    const ann = object("v1", "Namespace", "ann");
    const run = new Run([profile, app], { profileNamespaces: ["ann"], answer: slow });
    expect(run.deleted).toEqual(["ann"]);
    expect(run.asked).toContainEqual(expect.objectContaining({ type: "watch", byName: true }));
    run.gone(profile);
    expect(run.deleted).toEqual(["ann", "ann"]);
    run.gone(ann).gone(app);
    expect(run.end).toBe("ended");
  });

  test("volumes are waited for that go some time after their claims", () => {
    const volume = object("v1", "PersistentVolume", "pv");
    const seen: RemovalEvent = { type: "observed", key: keyOfObject(volume), object: volume };
    const run = new Run([elsewhere], {
      volumes: ["pv"],
      answer: (effect) =>
        effect.type === "watch" && effect.byName ? [seen, { type: "settled", stage: effect.stage }] : undefined,
    });
    expect(run.end).toBe("running");
    expect(run.gone(volume).end).toBe("ended");
  });

  test("no more are deleted at once than may be", () => {
    const many = ["a", "b", "c"].map((name) => inSpace("apps/v1", "Deployment", name));
    const run = new Run(many, {
      answer: (effect, own) => {
        if (effect.type !== "delete") return undefined;
        own.deleted.push(effect.object.metadata.name);
        return [];
      },
    });
    expect(run.deleted).toEqual(["a", "b"]);
    run.put({ type: "deleted", key: keyOfObject(many[0] as KubeObject), was: true });
    expect(run.deleted).toEqual(["a", "b", "c"]);
  });
});

describe("a deletion", () => {
  test("asks for the very object that was found, by its uid", () => {
    const run = new Run([app]);
    expect(run.asked).toContainEqual({ type: "delete", key: keyOfObject(app), object: app });
  });

  test("of what is not there any more is done", () => {
    const run = new Run([app], {
      answer: (effect) => (effect.type === "delete" ? [{ type: "deleted", key: effect.key, was: false }] : undefined),
    });
    expect(run.end).toBe("ended");
    expect(run.facts).toContainEqual(expect.objectContaining({ type: "gone", key: keyOfObject(app) }));
  });

  test("that is refused for a reason that passes is tried again after ever longer pauses, but not for ever", () => {
    const error = { code: "rate-limited", message: "busy" } as const;
    const run = new Run([app], {
      answer: (effect) => (effect.type === "delete" ? [{ type: "notYet", key: effect.key, error }] : undefined),
    });
    const retry = { of: "retry", key: keyOfObject(app) } as const;
    for (let attempt = 0; attempt < 9; attempt += 1) {
      expect(run.end).toBe("running");
      expect(run.asked.at(-1)).toEqual({ type: "timer", timer: retry, pause: { attempt, ms: 200, maxMs: 5000 } });
      run.timer(retry, 1000 * attempt);
    }
    expect(run.end).toMatchObject(error);
  });

  test("that is refused for good ends the removal with the server's words, and nothing more is asked", () => {
    const error = { code: "forbidden", message: "no" } as const;
    const run = new Run([app, elsewhere], {
      answer: (effect) => (effect.type === "delete" ? [{ type: "failed", error }] : undefined),
    });
    expect(run.end).toMatchObject(error);
    const asked = run.asked.length;
    run.gone(app);
    expect(run.asked).toHaveLength(asked);
  });
});

describe("what does not go", () => {
  const held = { ...certificate, metadata: { ...certificate.metadata, finalizers: ["example.com/wait"] } };
  const seen: RemovalEvent = { type: "observed", key: keyOfObject(held), object: held };

  test("is shown with what holds it, and ends the removal when its time is over", () => {
    const run = new Run([certificate], { answer: slow }).put(seen).timer({ of: "waits" }, 200);
    const waits = run.facts.findLast((fact) => fact.type === "waits");
    const [wait] = [...(waits?.waits.values() ?? [])];
    expect(wait && textOf(wait.because, "en")).toContain("example.com/wait");
    const deadline = run.timers.find(({ of }) => of === "deadline");
    if (!deadline) throw new Error("It waits for ever.");
    run.timer(deadline, 60_000);
    expect(run.end).toMatchObject({ code: "gate-timeout", fix: { id: "continue" } });
  });

  test("is told with its namespace alone where that goes, too", () => {
    const run = new Run([space, config], { answer: slow }).timer({ of: "waits" }, 200);
    const waits = run.facts.findLast((fact) => fact.type === "waits");
    expect([...(waits?.waits.keys() ?? [])]).toEqual([keyOfObject(space)]);
    expect(run.gone(space).end).toBe("ended");
    expect(run.facts.filter(({ type }) => type === "gone")).toHaveLength(2);
  });

  test("can't be seen to go while it can't be watched", () => {
    const troubles = new Map([["cert-manager.io/v1/Certificate/", verbatim("the API server does not answer")]]);
    const run = new Run([certificate], { answer: slow })
      .put({ type: "troubles", troubles })
      .timer({ of: "waits" }, 200);
    const waits = run.facts.findLast((fact) => fact.type === "waits");
    const [wait] = [...(waits?.waits.values() ?? [])];
    expect(wait && textOf(wait.because, "en")).toContain("the API server does not answer");
  });

  test("a definition whose clean-up failed is asked for again, later where asking fails, which is told once", () => {
    const conditions = [{ type: "Terminating", status: "True", reason: "InstanceDeletionFailed", message: "x" }];
    const failed = {
      ...notebooks,
      metadata: { ...notebooks.metadata, deletionTimestamp: "now" },
      status: { conditions },
    };
    const key = keyOfObject(notebooks);
    const run = new Run([notebooks], { answer: slow }).put({ type: "observed", key, object: failed });
    const nudges = () => run.asked.filter(({ type }) => type === "nudge").length;
    const timer = run.timers.find(({ of }) => of === "nudge");
    if (!timer) throw new Error("It never looks again.");
    expect(nudges()).toBe(0);
    run.timer(timer, 3_000);
    expect(nudges()).toBe(1);
    run.put({ type: "nudged", key, why: verbatim("not now") }).timer(timer, 6_000);
    expect(nudges()).toBe(1);
    run.timer(timer, 9_000).put({ type: "nudged", key, why: verbatim("not now") });
    expect(nudges()).toBe(2);
    expect(run.facts.filter(({ type }) => type === "notNudged")).toHaveLength(1);
  });
});

describe("in the end", () => {
  test("what is in the cluster all the same is named", () => {
    const run = new Run([app], {
      answer: (effect) => (effect.type === "compare" ? [{ type: "compared", left: [refOf(app)] }] : undefined),
    });
    expect(run.end).toMatchObject({ code: "conflict", fix: { id: "continue" } });
  });

  test("what Flowdeck created and may not delete is named, too", () => {
    const doubtful = [{ object: config, because: verbatim("its label is gone"), created: true }];
    expect(new Run([app], { doubtful }).end).toMatchObject({ code: "conflict" });
    expect(new Run([app], { doubtful: doubtful.map((one) => ({ ...one, created: false })) }).end).toBe("ended");
  });

  test("with nothing left to remove there is nothing to do but to look", () => {
    const run = new Run([]);
    expect(run.deleted).toEqual([]);
    expect(run.end).toBe("ended");
  });

  test("the state before a step stays as it was", () => {
    const first = firstRemovalState({
      ...{ removal: removalOf([app]), doubtful: [], volumes: [], installation: "i", titles: {} },
      ...{ concurrency: 2, timeoutMs: 1 },
    });
    const [begun] = removalStep(first, { type: "begun", at: 1 });
    const [watched] = removalStep(begun, { type: "settled", stage: begun.current, at: 2 });
    expect(first.pending.size).toBe(0);
    expect(begun.queue.size + begun.pending.size).toBe(0);
    expect(watched.pending.size).toBe(1);
  });
});
