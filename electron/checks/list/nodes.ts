import { conditionOf } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { type Check, failed, passed } from "../check.ts";
import { nodeRef } from "./refs.ts";

/** Something has to run pods. */
export const nodes: Check = {
  id: "nodes",
  level: "must",
  name: message("checks.nodes"),
  of: "cluster",
  async run(world) {
    const all = await world.all("v1", "Node");
    if (all === undefined) return undefined;
    const missing = all.filter((node) => !isReady(node));
    if (all.length === 0) return failed(message("checks.noNodes"));
    if (missing.length === 0) return passed(message("checks.nodesReady", { count: all.length }));
    const [first] = missing;
    return failed(message("checks.nodesNotReady", { count: missing.length, of: all.length }), {
      level: missing.length === all.length ? "must" : "should",
      evidence: [message("checks.notReadyNames", { names: missing.map(({ metadata }) => metadata.name).join(", ") })],
      ...(first === undefined ? {} : { detail: whyNotReady(first) }),
      objects: missing.map(nodeRef),
    });
  },
};

function isReady(node: KubeObject): boolean {
  return conditionOf(node, "Ready")?.status === "True";
}

function whyNotReady(node: KubeObject): string {
  return conditionOf(node, "Ready")?.message ?? "";
}
