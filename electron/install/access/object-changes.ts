import { type AccessChange, FlowdeckError, saidOf, toAppError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { changesBetween, comparable } from "../../edit/index.ts";
import { isSecret } from "../../redaction/index.ts";
import { appliedForm } from "../drift/applied-form.ts";
import { describe, keyOf } from "../objects.ts";
import { refuseUnusablePorts } from "../plan/node-ports.ts";
import { fieldManager, sharedFieldManager } from "../plan/plan-types.ts";
import { type ChangedObject, refOfChange } from "./changed-objects.ts";
import type { WantedAccess } from "./wanted-access.ts";

/** A change that the cluster has taken. */
export interface AppliedChange {
  change: ChangedObject;
  /** Of what is there now; absent where it was deleted. */
  uid?: string;
}

interface Undoable extends AppliedChange {
  /** As it was in the cluster. */
  live: KubeObject | undefined;
}

/** Makes the changes of a way in one after the other, and takes them back. */
export class ObjectChanges {
  readonly #client: ClusterClient;
  readonly #wanted: WantedAccess;
  readonly #signal: AbortSignal;
  readonly #made: Undoable[] = [];

  constructor(client: ClusterClient, wanted: WantedAccess, signal: AbortSignal) {
    this.#client = client;
    this.#wanted = wanted;
    this.#signal = signal;
  }

  /** What the API server says would change. Throws the first reason why it would not take one of them. */
  async tryAll(): Promise<AccessChange[]> {
    const { objects, access } = this.#wanted;
    const services = objects.flatMap(({ after }) => after ?? []);
    await refuseUnusablePorts(this.#client, services, { chosen: access.nodePort, signal: this.#signal });
    const tried = await Promise.all(objects.map((change) => this.#try(change)));
    return tried.filter(({ what, fields }) => what !== "change" || fields.length > 0);
  }

  /** Applies and deletes them all. Throws the first failure; what was made until then is still there. */
  async applyAll(onDone: (done: number) => void): Promise<AppliedChange[]> {
    for (const change of this.#wanted.objects) {
      this.#signal.throwIfAborted();
      const ref = refOfChange(change);
      const live = await this.#client.get(ref, this.#signal);
      const form = this.#formOf(change, change.after);
      try {
        // Not cut off in the middle: whether it was done would not be known.
        if (form === undefined) {
          if (live) await this.#client.delete(ref, live.metadata.uid ? { uid: live.metadata.uid } : {});
          this.#made.push({ change, live });
        } else {
          const { uid } = (await this.#send(change, form)).metadata;
          this.#made.push({ change, live, ...(uid ? { uid } : {}) });
        }
      } catch (error) {
        throw this.#explained(error, change);
      }
      onDone(this.#made.length);
    }
    return this.#made;
  }

  /** Sets everything back that was made, the last first; gives what is to be told of the failure. */
  async undo(error: unknown): Promise<unknown> {
    const left: string[] = [];
    let why: unknown;
    for (const { change, live, uid } of this.#made.toReversed()) {
      const ref = refOfChange(change);
      try {
        const before = this.#formOf(change, change.before);
        if (before) await this.#send(change, before);
        else if (!live) await this.#client.delete(ref, uid ? { uid } : {});
      } catch (failure) {
        left.push(describe(ref));
        why ??= failure;
      }
    }
    const problem = toAppError(error);
    const said =
      left.length === 0
        ? message("wayIn.undone")
        : message("wayIn.notUndone", { objects: left.join(", "), why: saidOf(toAppError(why)) });
    return FlowdeckError.from({ ...problem, advice: [...(problem.advice ?? []), said] });
  }

  async #try(change: ChangedObject): Promise<AccessChange> {
    const object = refOfChange(change);
    const { because } = change;
    const live = await this.#client.get(object, this.#signal);
    const form = this.#formOf(change, change.after);
    if (form === undefined) return { object, what: "delete", because, fields: [] };
    let stored: KubeObject;
    try {
      stored = await this.#send(change, form, true);
    } catch (error) {
      this.#signal.throwIfAborted();
      throw this.#explained(error, change);
    }
    if (live === undefined) return { object, what: "create", because, fields: [] };
    const fields = changesBetween(comparable(live), comparable(stored));
    return {
      object,
      what: "change",
      because,
      fields: isSecret(stored) ? fields.map(({ path }) => ({ path })) : fields,
    };
  }

  #send(change: ChangedObject, form: KubeObject, dryRun = false): Promise<KubeObject> {
    const isForeign = this.#known(change)?.foreign === true;
    return this.#client.apply(form, {
      fieldManager: isForeign ? sharedFieldManager : fieldManager,
      forceOver: ["*"],
      dryRun,
    });
  }

  #known(change: ChangedObject) {
    return this.#wanted.journal.objects.get(keyOf(refOfChange(change)));
  }

  /** An object as it is applied: labelled, with its secret values. */
  #formOf(change: ChangedObject, object: KubeObject | undefined): KubeObject | undefined {
    if (object === undefined) return undefined;
    const { installation, scaled, values } = this.#wanted;
    const place = { installation, scaled, component: change.component, foreign: this.#known(change)?.foreign === true };
    const form = values.restored(appliedForm(object, { ...place, ref: refOfChange(change) }), undefined);
    // What is new has its values in it.
    return form ?? appliedForm(object, { ...place, ref: refOfChange(change) });
  }

  #explained(error: unknown, change: ChangedObject): FlowdeckError {
    const problem = toAppError(error);
    const said = message("wayIn.refused", { object: describe(refOfChange(change)), why: saidOf(problem) });
    return new FlowdeckError(problem.code, said, {
      ...(problem.advice ? { advice: problem.advice } : {}),
      ...(problem.detail ? { detail: problem.detail } : {}),
      cause: error,
    });
  }
}
