import { list, text, textMap } from "../../../state/read.ts";
import { type Fact, type FactSource, known } from "./fact.ts";

export function nodeFacts({ object, t }: FactSource): Fact[] {
  const roles = textMap(object, "metadata.labels")
    .filter(([key]) => key.startsWith("node-role.kubernetes.io/"))
    .map(([key]) => key.slice("node-role.kubernetes.io/".length));
  const amount = (which: string) =>
    ["cpu", "memory", "pods", "nvidia.com/gpu"]
      .flatMap((name) => {
        const value = textMap(object, `status.${which}`).find(([key]) => key === name)?.[1];
        return value === undefined ? [] : [`${value} ${name === "cpu" ? "CPU" : name}`];
      })
      .join(" · ");
  return known([
    { name: t("object.fact.roles"), value: roles.join(", ") },
    {
      name: t("object.fact.address"),
      value: list(object, "status.addresses")
        .filter((address) => text(address, "type") !== "Hostname")
        .map((address) => text(address, "address"))
        .join(", "),
    },
    { name: t("object.fact.allocatable"), value: amount("allocatable") },
    { name: t("object.fact.capacity"), value: amount("capacity") },
    {
      name: t("object.fact.taints"),
      value: list(object, "spec.taints")
        .map((taint) => {
          const value = text(taint, "value");
          return `${text(taint, "key")}${value ? `=${value}` : ""}:${text(taint, "effect")}`;
        })
        .join(", "),
    },
    { name: t("object.fact.kubelet"), value: text(object, "status.nodeInfo.kubeletVersion") },
    { name: t("object.fact.runtime"), value: text(object, "status.nodeInfo.containerRuntimeVersion") },
    {
      name: t("object.fact.system"),
      value: [text(object, "status.nodeInfo.osImage"), text(object, "status.nodeInfo.architecture")]
        .filter(Boolean)
        .join(" · "),
    },
    { name: t("object.fact.kernel"), value: text(object, "status.nodeInfo.kernelVersion") },
  ]);
}
