import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import type { Cause, ObjectTarget } from "../../common/contract/index.ts";
import type { serveObjects } from "../../electron/objects/index.ts";
import { createTools } from "../../electron/tools/index.ts";
import { actionsOn } from "../cluster/actions-support.ts";
import { type ClusterRoom, clusterRoom } from "../cluster/cluster-room.ts";
import type { ClusterOfTest } from "../cluster/support.ts";

/** The image of most test pods: busybox has sh and no bash, as many images in the field. */
export const busybox = "localhost/realnode/busybox:1.35";
/** bash and GNU tar. */
export const debian = "localhost/realnode/debian:12";
/** A web server and no shell. */
export const web = "localhost/realnode/web:1";

/** A namespace of its own on real nodes, with the app's rooms opened on it. */
export interface RealNodes extends ClusterOfTest {
  readonly room: ClusterRoom;
  readonly on: ReturnType<typeof actionsOn>;
  readonly namespace: string;
  target(kind: string, name: string): ObjectTarget;
  /** A pod of one container `c`, in the namespace. */
  pod(name: string, container?: object, spec?: object): ManifestOf;
  manifest(apiVersion: string, kind: string, name: string, rest: object): ManifestOf;
}

interface ManifestOf {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string; labels?: Record<string, string> };
}

/** Kinds that are in no namespace. */
const clusterWide = ["Namespace", "Node"];

const groups: Record<string, [group: string, plural: string]> = {
  Pod: ["", "pods"],
  Service: ["", "services"],
  PersistentVolumeClaim: ["", "persistentvolumeclaims"],
  Namespace: ["", "namespaces"],
  Deployment: ["apps", "deployments"],
  StatefulSet: ["apps", "statefulsets"],
  Job: ["batch", "jobs"],
};

/**
 * `describe` on the cluster of real kubelets that `npm test -- realnode` starts. Skipped, with how to get one, where
 * a file is run without it. What it gives may be read inside tests and hooks only, but for `target` and `pod`.
 */
export function describeOnRealNodes(name: string, body: (nodes: RealNodes) => void): void {
  const kubeconfig = process.env.FLOWDECK_REALNODE;
  if (kubeconfig === undefined || kubeconfig === "") {
    describe.skip(`${name} (FLOWDECK_REALNODE names no kubeconfig: npm test -- realnode starts the cluster)`, () => {
      body(realNodes("", false));
    });
    return;
  }
  describe(name, () => body(realNodes(kubeconfig, true)));
}

/**
 * Follows the causes that are shown for an object until they are as `wanted`; fails after `within` ms, with those that were
 * shown last.
 */
export async function causesOf(
  objects: ReturnType<typeof serveObjects>,
  target: ObjectTarget,
  wanted: (causes: readonly Cause[]) => boolean,
  within = 60_000,
): Promise<readonly Cause[]> {
  let last: readonly Cause[] = [];
  for await (const { causes } of objects.methods["object.insight"](target, AbortSignal.timeout(within))) {
    last = causes;
    if (wanted(causes)) return causes;
  }
  throw new Error(`The causes shown last: ${JSON.stringify(last)}`);
}

function realNodes(kubeconfig: string, register: boolean): RealNodes {
  const namespace = `t-${randomBytes(4).toString("hex")}`;
  const tools = createTools();
  let dataDir = "";
  if (register) {
    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "flowdeck-realnode-test-"));
    });
  }
  const test: ClusterOfTest = {
    tools,
    kubeconfig,
    get dataDir() {
      return dataDir;
    },
  };
  const room = clusterRoom(test);
  const on = actionsOn(test);
  if (register) {
    beforeAll(async () => {
      await room.kubectl.text("create", "namespace", namespace);
      const account = ["get", "serviceaccount", "default", "-n", namespace];
      while ((await room.kubectl.run(account)).code !== 0) await new Promise((resolve) => setTimeout(resolve, 100));
    });
    afterAll(async () => {
      await room.kubectl.run([
        "delete",
        "pods",
        "--all",
        "-n",
        namespace,
        "--grace-period=0",
        "--force",
        "--wait=false",
      ]);
      await room.kubectl.run(["delete", "namespace", namespace, "--wait=false"]);
      await rm(dataDir, { recursive: true, force: true });
    });
  }
  const manifest = (apiVersion: string, kind: string, name: string, rest: object): ManifestOf => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
    ...rest,
  });
  return {
    tools,
    kubeconfig,
    room,
    on,
    namespace,
    get dataDir() {
      return dataDir;
    },
    target(kind, name) {
      const [group, plural] = groups[kind] ?? ["", `${kind.toLowerCase()}s`];
      return on.target(group, "v1", plural, kind, name, clusterWide.includes(kind) ? undefined : namespace);
    },
    manifest,
    pod: (name, container = {}, spec = {}) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace, labels: { app: name } },
      ...{
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name: "c", image: busybox, command: ["sleep", "100000"], ...container }],
          ...spec,
        },
      },
    }),
  };
}
