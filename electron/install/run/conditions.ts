import type { Words } from "../../../common/contract/index.ts";
import { at, list, text } from "../../../common/json/index.ts";
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
  probe(gate: string): { passed: boolean; because: Words } | undefined;
  /** Why the API server can't be asked at all; undefined where it answers. */
  accessTrouble(): Words | undefined;
  /** Why objects of a kind are not watched now; undefined where they are. */
  watchTrouble(of: { apiVersion: string; kind: string; namespace?: string | undefined }): Words | undefined;
}

const slices = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" };

/** Undefined when it holds; otherwise why not. */
export function whyNot(gate: string, condition: Condition, world: World): Words | undefined {
  switch (condition.type) {
    case "applied": {
      const missing = condition.nodes.filter((id) => !world.isApplied(id));
      const first = missing[0];
      if (first === undefined) return undefined;
      const name = describe(world.node(first).ref);
      const others = missing.length - 1;
      return {
        en: `${name}${others > 0 ? ` and ${others} more` : ""} not applied yet`,
        ko: `${name}${others > 0 ? ` 외 ${others}개` : ""} 아직 적용되지 않음`,
      };
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
        if (readiness && readiness.status !== "current") {
          const { en, ko } = readiness.message;
          return { en: `${name}: ${en}`, ko: `${name}: ${ko}` };
        }
        return { en: `the API server does not list ${kind} yet`, ko: `API 서버의 목록에 아직 ${kind} 종류가 없음` };
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
      return readiness?.message ?? { en: `${name} is not seen yet`, ko: `${name} 아직 확인되지 않음` };
    }
    case "endpoint":
      return hasReadyEndpoint(world.slices(condition.namespace), condition.service)
        ? undefined
        : (world.watchTrouble({ ...slices, namespace: condition.namespace }) ?? {
            en: `no pod behind Service ${condition.namespace}/${condition.service} is ready`,
            ko: `서비스 ${condition.namespace}/${condition.service}에 준비된 파드가 없음`,
          });
    case "exists":
      if (world.exists(condition.ref)) return undefined;
      return (
        world.watchTrouble(condition.ref) ?? {
          en: `${describe(condition.ref)} has not been made yet`,
          ko: `${describe(condition.ref)} 아직 만들어지지 않음`,
        }
      );
    case "accepts": {
      const probe = world.probe(gate);
      if (probe?.passed) return undefined;
      return (
        world.accessTrouble() ??
        probe?.because ?? { en: "it has not answered a dry run yet", ko: "아직 시험 적용에 응답하지 않음" }
      );
    }
  }
}

function notApplied(name: string): Words {
  return { en: `${name} is not applied yet`, ko: `${name} 아직 적용되지 않음` };
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
