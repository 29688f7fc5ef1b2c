import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { FlowdeckError, fixOf, type ObjectRef } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { atLease } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { type ClusterClient, type KubeObject, pause } from "../../cluster/index.ts";
import { oneLine } from "../plan/installation-record.ts";

const ref: ObjectRef = {
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  namespace: "kube-system",
  name: "flowdeck-operation",
};

/** A lease that is not renewed for `durationMs` is another's to take; renewed every `renewMs`. */
export interface LeaseTiming {
  durationMs: number;
  renewMs: number;
}
const usual: LeaseTiming = { durationMs: 20_000, renewMs: 5000 };

export interface LeaseInput {
  client: ClusterClient;
  kfDir: string;
  activity: "install" | "uninstall";
  timing?: LeaseTiming;
}

export interface OperationLease {
  /** Aborted with a FlowdeckError when somebody else has the cluster now. */
  lost: AbortSignal;
  /** Lets the cluster go. Never rejects. */
  release(): Promise<void>;
}

/**
 * Takes the cluster for one operation: two at once, from whatever computer, undo each other. The folder's lock is held by
 * the caller, so a lease of the same folder on this computer is one that a killed process left.
 * @throws FlowdeckError `cluster-in-use` with who has it and since when.
 */
export async function takeLease(input: LeaseInput): Promise<OperationLease> {
  const { client, timing = usual } = input;
  for (let attempt = 0; ; attempt += 1) {
    const there = await client.get(ref);
    if (there) await untilFree(input, there, timing);
    // By its uid: what another one took meanwhile stays.
    if (there?.metadata.uid) await client.delete(ref, { uid: there.metadata.uid });
    try {
      return new HeldLease(client, await client.create(leaseOf(input, timing)), timing);
    } catch (error) {
      const taken = error instanceof FlowdeckError && error.code === "conflict";
      if (!taken || attempt >= 2) throw error;
    }
  }
}

/** Resolves when the lease is free to take. Clocks of two computers differ: what looks expired is watched for a while. */
async function untilFree({ client, kfDir }: LeaseInput, lease: KubeObject, timing: LeaseTiming): Promise<void> {
  const { annotations = {}, uid, resourceVersion } = lease.metadata;
  if (annotations["flowdeck.dev/host"] === hostname() && annotations["flowdeck.dev/kf-dir"] === kfDir) return;
  const renewed = Date.parse(text(atLease(lease, "spec", "renewTime")) ?? "");
  if (Math.abs(Date.now() - renewed) < timing.durationMs) throw held(lease);
  await pause(timing.renewMs * 1.5);
  const now = await client.get(ref);
  if (now && (now.metadata.uid !== uid || now.metadata.resourceVersion !== resourceVersion)) throw held(now);
}

function held(lease: KubeObject): FlowdeckError {
  const annotation = (name: string) => oneLine(lease.metadata.annotations?.[`flowdeck.dev/${name}`] ?? "?");
  const since = oneLine(text(atLease(lease, "spec", "acquireTime")) ?? "?").replace(/\.\d+Z$/, "Z");
  return new FlowdeckError(
    "cluster-in-use",
    message(
      annotation("activity") === "uninstall" ? "installation.clusterRemoving" : "installation.clusterInstalling",
      { folder: annotation("kf-dir"), host: annotation("host"), since: { time: since } },
    ),
    {
      advice: message("installation.clusterBusyAdvice", { lease: `${ref.namespace}/${ref.name}` }),
    },
  );
}

function leaseOf({ kfDir, activity }: LeaseInput, { durationMs }: LeaseTiming): KubeObject {
  const { apiVersion, kind, name, namespace = "" } = ref;
  const annotations = {
    "flowdeck.dev/kf-dir": kfDir,
    "flowdeck.dev/host": hostname(),
    "flowdeck.dev/activity": activity,
  };
  return {
    ...{ apiVersion, kind },
    metadata: { name, namespace, annotations },
    spec: {
      holderIdentity: randomUUID(),
      leaseDurationSeconds: Math.max(1, Math.round(durationMs / 1000)),
      acquireTime: microTime(),
      renewTime: microTime(),
    },
  };
}

function microTime(): string {
  return new Date().toISOString().replace("Z", "000Z");
}

class HeldLease implements OperationLease {
  readonly #client: ClusterClient;
  readonly #lease: KubeObject;
  readonly #stop = new AbortController();
  readonly #lost = new AbortController();
  readonly #renewing: Promise<void>;

  constructor(client: ClusterClient, lease: KubeObject, { renewMs }: LeaseTiming) {
    this.#client = client;
    this.#lease = lease;
    this.#renewing = this.#renew(renewMs).catch(() => undefined);
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async release(): Promise<void> {
    this.#stop.abort();
    await this.#renewing;
    const { uid } = this.#lease.metadata;
    // What can't be deleted now expires.
    await this.#client.delete(ref, uid ? { uid } : {}).catch(() => undefined);
  }

  /** Ends when it is let go or lost. A cluster that does not answer takes it from nobody: it is asked again. */
  async #renew(everyMs: number): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      await pause(everyMs, signal);
      try {
        const now = await this.#client.get(ref, signal);
        if (now?.metadata.uid === this.#lease.metadata.uid) {
          const { resourceVersion = "" } = now?.metadata ?? {};
          await this.#client.mergePatch(
            ref,
            { metadata: { resourceVersion }, spec: { renewTime: microTime() } },
            { signal },
          );
          continue;
        }
        this.#lost.abort(now ? held(now) : gone());
        return;
      } catch {
        signal.throwIfAborted();
      }
    }
  }
}

function gone(): FlowdeckError {
  return new FlowdeckError("cluster-in-use", message("installation.leaseLost"), {
    advice: message("installation.leaseLostAdvice", { lease: `${ref.namespace}/${ref.name}` }),
    fix: fixOf("continue", message("fix.continue")),
  });
}
