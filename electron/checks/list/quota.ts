import { textMap } from "../../../common/json/index.ts";
import { atQuota, parseQuantity } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { type PlanNode, refOf, resourcesOf } from "../../install/index.ts";
import { type Check, failed, passed } from "../check.ts";

/** A ResourceQuota that leaves less than the plan's pods in its namespace request refuses them one by one. */
export const quota: Check = {
  id: "quota",
  level: "must",
  name: message("checks.quota"),
  of: "plan",
  async run(world, { nodes, capacity }) {
    const all = await world.all("v1", "ResourceQuota");
    const ours = new Set(nodes.flatMap(({ ref }) => ref.namespace ?? []));
    const there = all?.filter(({ metadata }) => ours.has(metadata.namespace ?? "")) ?? [];
    if (there.length === 0) return all && passed(message("checks.quotaNone"));
    const short = there.flatMap((one) => {
      const namespace = one.metadata.namespace ?? "";
      const hard = textMap(atQuota(one, "spec", "hard"));
      const used = textMap(atQuota(one, "status", "used"));
      const wanted = wantedIn(nodes, namespace, capacity.nodes);
      return Object.entries(hard).flatMap(([resource, limit]) => {
        const free = (parseQuantity(limit) ?? 0) - (parseQuantity(used[resource] ?? "0") ?? 0);
        const needs = wanted[resource];
        if (needs === undefined || needs <= free) return [];
        const said = message("checks.quotaShort", { namespace, resource, limit, used: used[resource] ?? "0" });
        return [{ said, object: refOf(one) }];
      });
    });
    const [first, ...more] = short;
    if (first === undefined) return passed(message("checks.quotaOk", { count: there.length }));
    return failed(first.said, {
      evidence: [message("checks.quotaAdvice"), ...more.map(({ said }) => said)],
      objects: [...new Map(short.map(({ object }) => [`${object.namespace}/${object.name}`, object])).values()],
    });
  },
};

/** By the names that quotas have for them; only what is not there yet. */
function wantedIn(nodes: readonly PlanNode[], namespace: string, clusterNodes: number): Record<string, number> {
  const added = nodes.filter(({ ref, live }) => ref.namespace === namespace && live === undefined);
  const each = added.map(({ object }) => resourcesOf(object, clusterNodes));
  const sum = (pick: (one: (typeof each)[number]) => number) => each.reduce((total, one) => total + pick(one), 0);
  const cpu = sum((one) => one.cpu);
  const memory = sum((one) => one.memoryBytes);
  const storage = sum((one) => one.storageBytes);
  return {
    cpu,
    memory,
    "requests.cpu": cpu,
    "requests.memory": memory,
    "requests.storage": storage,
    pods: sum((one) => one.pods),
  };
}
