import { isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { PlanNode } from "../../install/index.ts";
import { type Check, failed, passed } from "../check.ts";

/** Components of the plan that somebody else has installed here: two of them would work against each other. */
export const parts: Check = {
  id: "parts",
  level: "should",
  name: message("checks.parts"),
  of: "plan",
  async run(_world, { nodes, release }) {
    const foreign = nodes.filter((node) => node.foreign && !isKind(node.ref, "/Namespace"));
    const byPart = [...Map.groupBy(foreign, ({ component }) => component)];
    const [first, ...more] = byPart.map(([id, own]) => {
      const title = release.components.find((one) => one.id === id)?.title ?? id;
      const version = labelOf(own, "app.kubernetes.io/version");
      const by = labelOf(own, "app.kubernetes.io/managed-by");
      const name = version === undefined ? title : message("checks.partVersion", { name: title, version });
      const known = { name, count: own.length };
      return by === undefined ? message("checks.partHere", known) : message("checks.partHereBy", { ...known, by });
    });
    if (first === undefined) return passed(message("checks.partsNone"));
    return failed(first, {
      evidence: [...more, message("preflight.foreignAdvice")],
      objects: byPart.flatMap(([, own]) => own.slice(0, 1).map(({ ref }) => ref)),
    });
  },
};

function labelOf(nodes: readonly PlanNode[], label: string): string | undefined {
  return nodes.map(({ live }) => live?.labels[label]).find((value) => value !== undefined);
}
