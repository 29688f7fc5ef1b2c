import type { Platform } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { pause } from "../../cluster/index.ts";
import { missingRoom, readCapacity } from "../../install/index.ts";
import { type Check, type Fix, failed, passed } from "../check.ts";

/** Adds nodes to the practice cluster. */
export type AddNodes = (count: number, signal: AbortSignal) => Promise<void>;

/** CPU, memory and pods: what is allocatable less what is requested, against what the plan adds. */
export function room(addPracticeNodes: AddNodes): Check {
  return {
    id: "room",
    level: "must",
    name: message("checks.room"),
    of: "plan",
    async run({ client, signal }, { nodes, release, platform }) {
      const capacity = await readCapacity(client, signal);
      const { free } = capacity;
      if (free === undefined) return undefined;
      const [first, ...more] = missingRoom({ nodes }, capacity, release.needs?.architectures);
      const has = { cpu: free.cpu.toFixed(1), memory: (free.memoryBytes / 2 ** 30).toFixed(1) };
      if (first === undefined) return passed(message("checks.roomOk", has));
      const evidence = more.flatMap(({ said }) => (said === undefined ? [] : [said]));
      const fix = addCapacity(platform, capacity.nodes, addPracticeNodes);
      return failed(first.said ?? message("checks.roomOk", has), { evidence, ...(fix ? { fix } : {}) });
    },
  };
}

/** One more node each, and one at least; what the tools ask for in capitals only their user knows. */
const commands: Partial<Record<Platform, (nodes: number) => string>> = {
  k3d: () => "k3d node create extra --cluster CLUSTER --role agent",
  minikube: () => "minikube node add",
  eks: (nodes) =>
    `eksctl scale nodegroup --cluster CLUSTER --name NODEGROUP --nodes ${nodes + 1} --nodes-max ${nodes + 1}`,
  gke: (nodes) =>
    `gcloud container clusters resize CLUSTER --node-pool POOL --num-nodes ${nodes + 1} --location LOCATION`,
  aks: (nodes) =>
    `az aks nodepool scale --resource-group GROUP --cluster-name CLUSTER --name POOL --node-count ${nodes + 1}`,
};

function addCapacity(platform: Platform, nodes: number, addPracticeNodes: AddNodes): Fix | undefined {
  if (platform === "practice") {
    const wanted = nodes + 2;
    return {
      title: message("checks.addNodes", { count: 2 }),
      about: [message("checks.addPracticeNodes", { nodes: wanted })],
      lines: [`flowdeck practice start --nodes ${wanted}`],
      async run({ client, signal }) {
        await addPracticeNodes(wanted, signal);
        // A node counts from when pods can be placed on it.
        while ((await readCapacity(client, signal)).nodes < wanted) await pause(200, signal);
      },
    };
  }
  const line = commands[platform]?.(nodes);
  if (line === undefined) return undefined;
  return { title: message("checks.addNodeCommand"), about: [message("checks.addNodeAbout")], lines: [line] };
}
