import { list, text } from "../../../common/json/index.ts";
import { atEndpoint, atEndpointSlice } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
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
  probe(gate: string): { passed: boolean; because: Message | undefined } | undefined;
  /** Why the API server can't be asked at all; undefined where it answers. */
  accessTrouble(): Message | undefined;
  /** Why objects of a kind are not watched now; undefined where they are. */
  watchTrouble(of: { apiVersion: string; kind: string; namespace?: string | undefined }): Message | undefined;
}

const slices = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" };

/** Undefined when it holds; otherwise why not. */
export function whyNot(gate: string, condition: Condition, world: World): Message | undefined {
  switch (condition.type) {
    case "applied": {
      const missing = condition.nodes.filter((id) => !world.isApplied(id));
      const first = missing[0];
      if (first === undefined) return undefined;
      const object = describe(world.node(first).ref);
      const more = missing.length - 1;
      return more > 0 ? message("unmet.notAppliedMore", { object, more }) : notApplied(object);
    }
    case "served":
      for (const { node, apiVersion, kind } of condition.definitions) {
        const name = describe(world.node(node).ref);
        if (!world.isApplied(node)) return notApplied(name);
        if (world.isServed(apiVersion, kind)) continue;
        const trouble = world.accessTrouble();
        if (trouble) return trouble;
        const definition = world.live(node);
        const readiness = definition && readinessOf(definition);
        return readiness?.lacks
          ? message("unmet.ofObject", { object: name, why: readiness.lacks })
          : message("unmet.unlisted", { kind });
      }
      return undefined;
    case "ready": {
      const node = world.node(condition.node);
      const name = describe(node.ref);
      if (!world.isApplied(node.id)) return notApplied(name);
      const object = world.live(node.id);
      const readiness = object && readinessOf(object, isCertificateKind(node.ref));
      if (readiness?.status === "current") return undefined;
      const trouble = world.watchTrouble(node.ref);
      if (trouble) return trouble;
      return readiness?.lacks ?? message("unmet.unseen", { object: name });
    }
    case "endpoint":
      return hasReadyEndpoint(world.slices(condition.namespace), condition.service)
        ? undefined
        : (world.watchTrouble({ ...slices, namespace: condition.namespace }) ??
            message("unmet.noEndpoint", { service: `${condition.namespace}/${condition.service}` }));
    case "exists":
      if (world.exists(condition.ref)) return undefined;
      return world.watchTrouble(condition.ref) ?? message("unmet.notMade", { object: describe(condition.ref) });
    case "accepts": {
      const probe = world.probe(gate);
      if (probe?.passed) return undefined;
      return world.accessTrouble() ?? probe?.because ?? message("unmet.noDryRun");
    }
  }
}

function notApplied(object: string): Message {
  return message("unmet.notApplied", { object });
}

/** An endpoint whose readiness is unknown counts as ready.
 * https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ready */
export function hasReadyEndpoint(slices: Iterable<KubeObject>, service: string): boolean {
  for (const slice of slices) {
    if (text(slice.metadata.labels?.["kubernetes.io/service-name"]) !== service) continue;
    for (const endpoint of list(atEndpointSlice(slice, "endpoints"))) {
      const ready = atEndpoint(endpoint, "conditions", "ready");
      if (ready === undefined || ready === null || ready === true) return true;
    }
  }
  return false;
}
