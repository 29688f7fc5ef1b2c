import { sumOfQuantities } from "../../../../common/kube/index.ts";
import { builtIn, ObjectAnchor } from "../../../state/connected/ObjectAnchor.tsx";
import { list, number, text, textMap } from "../../../state/read.ts";
import { type Fact, type FactSource, known } from "./fact.ts";

export function podFacts({ target, object, t }: FactSource): Fact[] {
  const node = text(object, "spec.nodeName");
  const account = text(object, "spec.serviceAccountName");
  const ip = text(object, "status.podIP");
  const { context } = target;
  return known([
    {
      name: t("object.fact.node"),
      value: node ? (
        <>
          <ObjectAnchor context={context} link={builtIn.node(node)} />
          {ip ? ` · ${ip}` : ""}
        </>
      ) : (
        t("object.noNode")
      ),
    },
    {
      name: t("object.fact.serviceAccount"),
      value:
        account && target.namespace ? (
          <ObjectAnchor context={context} link={builtIn.serviceAccount(target.namespace, account)} />
        ) : undefined,
    },
    { name: t("object.fact.requests"), value: sumOf(object, "requests") },
    { name: t("object.fact.limits"), value: sumOf(object, "limits") },
    { name: t("object.fact.qos"), value: text(object, "status.qosClass") },
    { name: t("object.fact.priority"), value: text(object, "spec.priorityClassName") },
    { name: t("object.fact.restartPolicy"), value: text(object, "spec.restartPolicy") },
  ]);
}

/** What all containers ask for: "150m CPU · 300Mi memory". */
export function sumOf(object: unknown, which: "requests" | "limits", path = "spec"): string {
  const sums = new Map<string, string[]>();
  for (const container of list(object, `${path}.containers`)) {
    for (const [name, value] of textMap(container, `resources.${which}`)) {
      sums.set(name, [...(sums.get(name) ?? []), value]);
    }
  }
  return [...sums]
    .toSorted(([one], [other]) => Number(other === "cpu") - Number(one === "cpu"))
    .map(([name, values]) => `${sumOfQuantities(values)} ${name === "cpu" ? "CPU" : name}`)
    .join(" · ");
}

export function replicasOf(object: unknown): { ready: number; wanted: number; updated: number; available: number } {
  return {
    ready: number(object, "status.readyReplicas") ?? number(object, "status.numberReady") ?? 0,
    wanted: number(object, "status.desiredNumberScheduled") ?? number(object, "spec.replicas") ?? 1,
    updated: number(object, "status.updatedReplicas") ?? number(object, "status.updatedNumberScheduled") ?? 0,
    available: number(object, "status.availableReplicas") ?? number(object, "status.numberAvailable") ?? 0,
  };
}
