import type { ObjectRef, Words } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, refOf } from "../objects.ts";
import type { Gate, PlanNode } from "./plan-types.ts";

/** The gates of a plan, each made once however many nodes stand behind it. */
export class GateSet {
  readonly gates = new Map<string, Gate>();

  #gate(gate: Gate): string {
    if (!this.gates.has(gate.id)) this.gates.set(gate.id, gate);
    return gate.id;
  }

  applied(id: string, nodes: readonly PlanNode[], title?: Words): string {
    const names = nodes.map((node) => describe(node.ref)).join(", ");
    return this.#gate({
      id: `applied:${id}`,
      condition: { type: "applied", nodes: nodes.map((node) => node.id) },
      title: title ?? { en: `${names} applied`, ko: `${names} 적용됨` },
      basis: nodes.map((node) => node.id),
      after: [],
    });
  }

  /** What of an application waits for no later one is applied, and so were the applications before it. */
  application(id: string, title: string, nodes: readonly PlanNode[], before: string | undefined): string {
    return this.#gate({
      id: `applied:application ${id}`,
      condition: { type: "applied", nodes: nodes.map((node) => node.id) },
      title: { en: `Application ${title} applied`, ko: `애플리케이션 ${title} 적용됨` },
      basis: nodes.map((node) => node.id),
      after: before === undefined ? [] : [before],
      application: id,
    });
  }

  served(id: string, definitions: { node: string; apiVersion: string; kind: string }[], title: Words): string {
    return this.#gate({
      id: `served:${id}`,
      condition: { type: "served", definitions },
      title,
      basis: [...new Set(definitions.map((definition) => definition.node))],
      after: [],
    });
  }

  /** `makers` are workloads without which it can't become ready. */
  ready(node: PlanNode, makers: readonly PlanNode[] = []): string {
    return this.#gate({
      id: `ready:${node.id}`,
      condition: { type: "ready", nodes: [node.id] },
      title: { en: `${describe(node.ref)} is ready`, ko: `${describe(node.ref)} 준비 완료` },
      basis: [node.id, ...makers.map((maker) => maker.id)],
      after: [],
    });
  }

  endpoint(namespace: string, service: string, basis: readonly PlanNode[]): string {
    return this.#gate({
      id: `endpoint:${namespace}/${service}`,
      condition: { type: "endpoint", namespace, service },
      title: {
        en: `Service ${namespace}/${service} has a ready endpoint`,
        ko: `서비스 ${namespace}/${service}에 준비된 엔드포인트가 있음`,
      },
      basis: basis.map((node) => node.id),
      after: [],
    });
  }

  exists(ref: ObjectRef, basis: readonly PlanNode[]): string {
    return this.#gate({
      id: `exists:${ref.kind}/${ref.namespace ?? ""}/${ref.name}`,
      condition: { type: "exists", ref },
      title: { en: `${describe(ref)} has been made`, ko: `${describe(ref)} 생성됨` },
      basis: basis.map((node) => node.id),
      after: [],
    });
  }

  accepts(configuration: string, webhook: string, object: KubeObject, after: readonly string[]): string {
    return this.#gate({
      id: `accepts:${configuration}/${webhook}`,
      condition: { type: "accepts", object, webhook },
      title: {
        en: `Webhook ${webhook} answers (dry run of ${describe(refOf(object))})`,
        ko: `웹훅 ${webhook} 응답 (${describe(refOf(object))} 시험 적용)`,
      },
      basis: [],
      after: [...new Set(after)],
    });
  }
}
