import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { actionsPart } from "../../electron/backend-actions.ts";
import { ClusterConnections, Kubeconfigs } from "../../electron/cluster/index.ts";
import {
  actionsContract,
  type ChangeResult,
  type ObjectChange,
  type ObjectTarget,
} from "../../electron/contract/index.ts";
import { Kubectl } from "./kubectl.ts";
import type { TestCluster } from "./support.ts";

type Part = ReturnType<typeof actionsPart>;

const never = new AbortController().signal;

/** The actions of the backend, as the page would call them, on a practice cluster; and kubectl beside them. */
export function actionsOn(test: TestCluster) {
  const kubectl = new Kubectl(test.tools, () => test.kubeconfig);
  let part: Part | undefined;
  let connections: ClusterConnections | undefined;
  let context = "";
  beforeAll(async () => {
    const kubeconfigs = new Kubeconfigs({
      dataDir: test.dataDir,
      environment: { KUBECONFIG: join(test.dataDir, "none") },
      home: test.dataDir,
      practice: test.kubeconfig,
    });
    connections = new ClusterConnections({ kubeconfigs, environment: {}, lingerMs: 100 });
    context = (await kubeconfigs.list()).contexts[0]?.id ?? "";
    part = actionsPart({ connections });
  });
  afterAll(async () => {
    await part?.close();
    await connections?.close();
  });
  const methods = () => {
    if (part === undefined) throw new Error("Actions are there inside tests only.");
    return part.methods;
  };

  return {
    kubectl,
    methods,
    never,
    connections: () => {
      if (connections === undefined) throw new Error("Connections are there inside tests only.");
      return connections;
    },
    context: () => context,
    target(
      group: string,
      version: string,
      plural: string,
      kind: string,
      name: string,
      namespace?: string,
    ): ObjectTarget {
      return { context, group, version, plural, kind, name, ...(namespace === undefined ? {} : { namespace }) };
    },
    pod: (name: string, namespace = "default"): ObjectTarget => ({
      context,
      group: "",
      version: "v1",
      plural: "pods",
      kind: "Pod",
      name,
      namespace,
    }),
    workload: (kind: "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet", name: string): ObjectTarget => ({
      context,
      group: "apps",
      version: "v1",
      plural: `${kind.toLowerCase()}s`,
      kind,
      name,
      namespace: "default",
    }),
    node: (name: string): ObjectTarget => ({ context, group: "", version: "v1", plural: "nodes", kind: "Node", name }),
    /** One change to one object; what went wrong is thrown. */
    async change(target: ObjectTarget, change: ObjectChange, dryRun = false): Promise<ChangeResult> {
      const input = actionsContract["actions.run"].input.parse({ targets: [target], change, dryRun });
      const { results } = await methods()["actions.run"](input, never);
      const [result] = actionsContract["actions.run"].output.parse({ results }).results;
      if (result === undefined) throw new Error("One target gives one result.");
      if (result.error !== undefined) throw result.error;
      return result;
    },
    /** With its uid, as a view that shows the object knows it. */
    async known(target: ObjectTarget): Promise<ObjectTarget> {
      const { facts } = await methods()["actions.facts"]({ targets: [target] }, never);
      const uid = facts[0]?.uid;
      return uid === undefined ? target : { ...target, uid };
    },
    async json<T>(...args: string[]): Promise<T> {
      return JSON.parse(await kubectl.text(...args, "-o", "json")) as T;
    },
  };
}
