import { text } from "../../../common/json/index.ts";
import { atNode } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { type Check, type Fix, failed, passed } from "../check.ts";
import { nodeRef, someNames } from "./refs.ts";

/** Pods on a node whose architecture their image lacks end with "exec format error". */
export const architecture: Check = {
  id: "architecture",
  level: "should",
  name: message("checks.architecture"),
  of: "plan",
  async run(world, { release: { needs } }) {
    const all = await world.all("v1", "Node");
    const ours = needs?.architectures;
    if (all === undefined || all.length === 0 || ours === undefined) return undefined;
    const others = all.filter((node) => !ours.includes(architectureOf(node)) && !isCordoned(node));
    const found = [...new Set(others.map(architectureOf))].join(", ");
    if (others.length === 0) return passed(message("checks.architectureOk", { names: ours.join(", ") }));
    const names = someNames(others.map(({ metadata }) => metadata.name));
    const isAll = all.every((node) => !ours.includes(architectureOf(node)));
    return failed(message("checks.architectureOther", { names, found }), {
      level: isAll ? "must" : "should",
      evidence: [message(isAll ? "checks.architectureNone" : "checks.architectureSome")],
      objects: others.map(nodeRef),
      ...(isAll ? {} : { fix: keepPodsOff(others) }),
    });
  },
};

function architectureOf(node: KubeObject): string {
  return text(atNode(node, "status", "nodeInfo", "architecture")) ?? "";
}

function isCordoned(node: KubeObject): boolean {
  return atNode(node, "spec", "unschedulable") === true;
}

function keepPodsOff(others: readonly KubeObject[]): Fix {
  return {
    title: message("checks.cordon", { count: others.length }),
    about: [message("checks.cordonAbout"), message("checks.cordonBack")],
    lines: others.map(({ metadata }) => `kubectl cordon ${metadata.name}`),
    async run({ client, signal }) {
      for (const node of others) await client.mergePatch(nodeRef(node), { spec: { unschedulable: true } }, { signal });
    },
  };
}
