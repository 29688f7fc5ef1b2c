import { text } from "../../common/json/index.ts";
import { atDefinition, groupOf, isKind } from "../../common/kube/index.ts";
import type { PlanNode } from "../install/index.ts";
import type { World } from "./world.ts";

export interface ServedKind {
  group: string;
  plural: string;
  namespaced: boolean;
}

/** How the kinds of a plan are or will be served, by what of an object says its kind. */
export async function kindsOf(
  { client, signal }: World,
  nodes: readonly PlanNode[],
): Promise<(object: { apiVersion: string; kind: string }) => ServedKind | undefined> {
  const kinds = new Map<string, ServedKind>();
  for (const { group, kind, plural, namespaced } of await client.resources(signal))
    kinds.set(`${group}/${kind}`, { group, plural, namespaced });
  for (const { object } of nodes) {
    if (!isKind(object, "apiextensions.k8s.io/CustomResourceDefinition")) continue;
    const group = text(atDefinition(object, "spec", "group")) ?? "";
    const kind = text(atDefinition(object, "spec", "names", "kind")) ?? "";
    const plural = text(atDefinition(object, "spec", "names", "plural")) ?? "";
    kinds.set(`${group}/${kind}`, {
      group,
      plural,
      namespaced: atDefinition(object, "spec", "scope") === "Namespaced",
    });
  }
  return ({ apiVersion, kind }) => kinds.get(`${groupOf(apiVersion)}/${kind}`);
}
