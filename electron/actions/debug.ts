import { randomBytes } from "node:crypto";
import { type ContextId, type DebugProfile, FlowdeckError, type ObjectTarget } from "../../common/contract/index.ts";
import { text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, ClusterConnections, KubeObject } from "../cluster/index.ts";
import { inner, records } from "./fields.ts";
import { named, read, refOf } from "./targets.ts";
import { strategicPatch } from "./write.ts";

/** Containers to look around with, made as kubectl debug makes them: k8s.io/kubectl/pkg/cmd/debug. */

const nodeContainer = "debugger";
/** If this program dies, its pod does not stay for ever. */
const longestLifeSeconds = 24 * 3600;
const managedBy = { "app.kubernetes.io/managed-by": "flowdeck" };

/** A container stays in these by itself. */
const hopeless = [
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "CreateContainerConfigError",
  "CreateContainerError",
];

export interface NodeDebugRequest {
  context: ContextId;
  node: string;
  namespace: string;
  image: string;
  profile: DebugProfile;
}

const suffix = (): string => randomBytes(3).toString("hex").slice(0, 5);

const restrictedContext = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

/** What a container of a profile may do. */
export function securityContext(profile: DebugProfile, on: "node" | "pod"): object | undefined {
  switch (profile) {
    case "general":
      return on === "pod" ? { capabilities: { add: ["SYS_PTRACE"] } } : undefined;
    case "baseline":
      return undefined;
    case "restricted":
      return restrictedContext;
    case "netadmin":
      return { capabilities: { add: ["NET_ADMIN", "NET_RAW"] } };
    case "sysadmin":
      return { privileged: true };
  }
}

/** A pod on a node, sharing as much of the node as its profile says. */
export function nodeDebugPod({ node, namespace, image, profile }: NodeDebugRequest, name: string): KubeObject {
  const host = profile === "general" || profile === "netadmin" || profile === "sysadmin";
  const mounts = profile === "general" || profile === "sysadmin";
  const security = securityContext(profile, "node");
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: managedBy },
    spec: {
      nodeName: node,
      restartPolicy: "Never",
      activeDeadlineSeconds: longestLifeSeconds,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: "Exists" }],
      ...(host ? { hostPID: true, hostNetwork: true, hostIPC: true } : {}),
      ...(mounts ? { volumes: [{ name: "host-root", hostPath: { path: "/" } }] } : {}),
      containers: [
        {
          name: nodeContainer,
          image,
          stdin: true,
          tty: true,
          terminationMessagePolicy: "FallbackToLogsOnError",
          ...(mounts ? { volumeMounts: [{ name: "host-root", mountPath: "/host" }] } : {}),
          ...(security === undefined ? {} : { securityContext: security }),
        },
      ],
    },
  };
}

/** Debug pods of this app: each is removed when it ends, when asked, and with the app. */
export class DebugPods {
  readonly #connections: ClusterConnections;
  readonly #pods = new Map<string, { target: ObjectTarget; stop: AbortController; watched: Promise<void> }>();

  constructor(connections: ClusterConnections) {
    this.#connections = connections;
  }

  /** Answers when the container runs; a pod that can't start is removed again. */
  async openNode(request: NodeDebugRequest, signal: AbortSignal): Promise<{ target: ObjectTarget; container: string }> {
    return await this.#connections.use(request.context, async (client) => {
      const name = `node-debugger-${request.node}-${suffix()}`.slice(-253);
      const pod = await client.create(nodeDebugPod(request, name), { signal });
      const target: ObjectTarget = {
        context: request.context,
        group: "",
        version: "v1",
        plural: "pods",
        kind: "Pod",
        namespace: request.namespace,
        name,
        ...(pod.metadata.uid === undefined ? {} : { uid: pod.metadata.uid }),
      };
      try {
        await untilRunning(client, target, nodeContainer, signal);
      } catch (error) {
        await remove(client, target);
        throw error;
      }
      this.#keep(target);
      return { target, container: nodeContainer };
    });
  }

  async end(target: ObjectTarget): Promise<void> {
    const key = keyOf(target);
    const kept = this.#pods.get(key);
    if (kept === undefined) return;
    this.#pods.delete(key);
    kept.stop.abort();
    await kept.watched;
    await this.#connections.use(target.context, async (client) => {
      await remove(client, kept.target);
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#pods.values()].map(({ target }) => this.end(target)));
  }

  #keep(target: ObjectTarget): void {
    const stop = new AbortController();
    const watched = this.#watch(target, stop.signal).catch(() => undefined); // it is removed with the app at the latest
    this.#pods.set(keyOf(target), { target, stop, watched });
  }

  async #watch(target: ObjectTarget, signal: AbortSignal): Promise<void> {
    await this.#connections.use(target.context, async (client) => {
      for await (const { type, object } of watchPod(client, target, signal)) {
        const phase = text(inner(object, "status").phase);
        if (type !== "deleted" && phase !== "Succeeded" && phase !== "Failed") continue;
        if (type !== "deleted") await remove(client, target);
        this.#pods.delete(keyOf(target));
        return;
      }
    });
  }
}

function keyOf({ context, namespace, name }: ObjectTarget): string {
  return `${context} ${namespace}/${name}`;
}

async function remove(client: ClusterClient, target: ObjectTarget): Promise<void> {
  await client.delete(refOf(target), {
    gracePeriodSeconds: 0,
    ...(target.uid === undefined ? {} : { uid: target.uid }),
  });
}

export interface EphemeralRequest {
  target: ObjectTarget;
  beside?: string | undefined;
  image: string;
  profile: DebugProfile;
}

/** Adds an ephemeral container and waits until it runs; gives its name. */
export async function addEphemeral(
  client: ClusterClient,
  { target, beside, image, profile }: EphemeralRequest,
  signal: AbortSignal,
): Promise<string> {
  await read(client, target, signal);
  const name = `debugger-${suffix()}`;
  const security = securityContext(profile, "pod");
  const container = {
    name,
    image,
    stdin: true,
    tty: true,
    terminationMessagePolicy: "File",
    ...(beside === undefined ? {} : { targetContainerName: beside }),
    ...(security === undefined ? {} : { securityContext: security }),
  };
  const context = { client, dryRun: false, signal };
  await strategicPatch(context, target, { spec: { ephemeralContainers: [container] } }, "ephemeralcontainers");
  await untilRunning(client, target, name, signal);
  return name;
}

/** Throws why the container will not run. */
async function untilRunning(
  client: ClusterClient,
  target: ObjectTarget,
  container: string,
  signal: AbortSignal,
): Promise<void> {
  for await (const { type, object } of watchPod(client, target, signal)) {
    if (type === "deleted")
      throw new FlowdeckError("object-not-found", message("action.deleted", { object: named(target) }));
    const status = inner(object, "status");
    const containers = [...records(status.containerStatuses), ...records(status.ephemeralContainerStatuses)];
    const state = inner(
      containers.find(({ name }) => name === container),
      "state",
    );
    if (state.running !== undefined) return;
    const reason = text(inner(state, "waiting").reason) ?? "";
    if (hopeless.includes(reason) || state.terminated !== undefined) {
      const { reason: ended, message: words } = inner(state, state.terminated === undefined ? "waiting" : "terminated");
      throw new FlowdeckError(
        "workload-failed",
        message("action.containerNotRunning", { container, why: text(ended) ?? message("action.ended") }),
        {
          detail: text(words) ?? "",
        },
      );
    }
    if (text(status.phase) === "Failed") {
      throw new FlowdeckError(
        "workload-failed",
        message("action.failed", { object: named(target), why: text(status.reason) ?? message("action.ended") }),
        {
          detail: text(status.message) ?? "",
        },
      );
    }
  }
  throw new FlowdeckError("cancelled", message("call.cancelled"));
}

function watchPod(client: ClusterClient, { namespace, name }: ObjectTarget, signal: AbortSignal) {
  return client.watch("v1", "Pod", {
    ...(namespace === undefined ? {} : { namespace }),
    fieldSelector: `metadata.name=${name}`,
    signal,
  });
}
