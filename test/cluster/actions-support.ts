import { afterAll, beforeAll } from "vitest";
import {
  actionsContract,
  type ChangeResult,
  type ObjectChange,
  type ObjectTarget,
} from "../../common/contract/index.ts";
import { serveActions } from "../../electron/actions/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import type { ClusterOfTest } from "./support.ts";

type Part = ReturnType<typeof serveActions>;

const never = new AbortController().signal;

/** The actions of the backend, as the page would call them, on a practice cluster; and kubectl beside them. */
export function actionsOn(test: ClusterOfTest) {
  const room = clusterRoom(test);
  const { kubectl } = room;
  let part: Part | undefined;
  beforeAll(async () => {
    part = serveActions(room);
  });
  afterAll(() => part?.close());
  const methods = () => {
    if (part === undefined) throw new Error("Actions are there inside tests only.");
    return part.methods;
  };

  function target(
    group: string,
    version: string,
    plural: string,
    kind: string,
    name: string,
    namespace?: string,
  ): ObjectTarget {
    const { context } = room;
    return { context, group, version, plural, kind, name, ...(namespace === undefined ? {} : { namespace }) };
  }

  return {
    kubectl,
    methods,
    never,
    context: () => room.context,
    target,
    pod: (name: string, namespace = "default") => target("", "v1", "pods", "Pod", name, namespace),
    workload: (kind: "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet", name: string) =>
      target("apps", "v1", `${kind.toLowerCase()}s`, kind, name, "default"),
    node: (name: string) => target("", "v1", "nodes", "Node", name),
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
