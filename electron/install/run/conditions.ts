import type { KubeObject } from "../../cluster/index.ts";
import { at, list, text } from "../../values/index.ts";
import { describe } from "../objects.ts";
import type { Condition, PlanNode } from "../plan/plan-types.ts";
import { isCertificateKind } from "../plan/waves.ts";
import { readinessOf } from "./readiness.ts";

/** What the conditions are asked about. */
export interface World {
  node(id: string): PlanNode;
  isApplied(id: string): boolean;
  live(id: string): KubeObject | undefined;
  exists(ref: { apiVersion: string; kind: string; namespace?: string | undefined; name: string }): boolean;
  slices(namespace: string): Iterable<KubeObject>;
  /** Is a kind in discovery, as far as was asked? It is listed there only once its definition is Established. */
  isServed(apiVersion: string, kind: string): boolean;
  /** What the last dry run of a gate gave: undefined while none has passed; the words of its refusal if it was refused. */
  probe(gate: string): { passed: boolean; because: string } | undefined;
}

/** Undefined when it holds; otherwise why not, in words. */
export function whyNot(gate: string, condition: Condition, world: World): string | undefined {
  switch (condition.type) {
    case "applied": {
      const missing = condition.nodes.filter((id) => !world.isApplied(id));
      const first = missing[0];
      if (first === undefined) return undefined;
      const more = missing.length > 1 ? ` and ${missing.length - 1} more` : "";
      return `${describe(world.node(first).ref)}${more} not applied yet`;
    }
    case "served":
      for (const { node, apiVersion, kind } of condition.definitions) {
        if (!world.isApplied(node)) return `${describe(world.node(node).ref)} is not applied yet`;
        if (world.isServed(apiVersion, kind)) continue;
        const definition = world.live(node);
        const readiness = definition && readinessOf(definition);
        if (readiness && readiness.status !== "current")
          return `${describe(world.node(node).ref)}: ${readiness.message}`;
        return `the API server does not list ${kind} yet`;
      }
      return undefined;
    case "ready":
      for (const id of condition.nodes) {
        const node = world.node(id);
        if (!world.isApplied(id)) return `${describe(node.ref)} is not applied yet`;
        const object = world.live(id);
        if (!object) return `${describe(node.ref)} is not seen yet`;
        const readiness = readinessOf(object, isCertificateKind(node.ref));
        if (readiness.status !== "current") return readiness.message;
      }
      return undefined;
    case "endpoint":
      return hasReadyEndpoint(world.slices(condition.namespace), condition.service)
        ? undefined
        : `no pod behind Service ${condition.namespace}/${condition.service} is ready`;
    case "exists":
      return world.exists(condition.ref) ? undefined : `${describe(condition.ref)} has not been made yet`;
    case "accepts": {
      const probe = world.probe(gate);
      return probe?.passed ? undefined : (probe?.because ?? "it has not answered a dry run yet");
    }
  }
}

/** An endpoint whose readiness is unknown counts as ready.
 * https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ready */
export function hasReadyEndpoint(slices: Iterable<KubeObject>, service: string): boolean {
  for (const slice of slices) {
    if (text(slice.metadata.labels?.["kubernetes.io/service-name"]) !== service) continue;
    for (const endpoint of list(at(slice, "endpoints"))) {
      const ready = at(endpoint, "conditions", "ready");
      if (ready === undefined || ready === null || ready === true) return true;
    }
  }
  return false;
}
