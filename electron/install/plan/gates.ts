import type { ObjectRef, Words } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, refOf } from "../objects.ts";
import { type AppliedScope, type Condition, type Gate, gateId, type PlanNode, type ServedScope } from "./plan-types.ts";

/** The gates of a plan, each made once however many nodes stand behind it. */
export class GateSet {
  readonly gates = new Map<string, Gate>();

  #gate(condition: Condition, title: Words, basis: readonly PlanNode[], after: readonly string[] = []): string {
    const id = gateId(condition);
    if (!this.gates.has(id)) {
      const nodes = [...new Set(basis.map((node) => node.id))];
      this.gates.set(id, { id, condition, title, basis: nodes, after: [...new Set(after)] });
    }
    return id;
  }

  /** What a gate of this set waits for. */
  conditionOf(id: string): Condition | undefined {
    return this.gates.get(id)?.condition;
  }

  /** This very object is applied. */
  applied(node: PlanNode): string {
    const name = describe(node.ref);
    return this.#applied({ of: "object" }, [node], { en: `${name} applied`, ko: `${name} 적용됨` });
  }

  configuration(component: string, nodes: readonly PlanNode[]): string {
    return this.#applied({ of: "configuration", component }, nodes, {
      en: `Configuration of ${component} applied`,
      ko: `${component} 설정 적용됨`,
    });
  }

  checkedBy(webhook: string, nodes: readonly PlanNode[]): string {
    return this.#applied({ of: "checked", webhook }, nodes, {
      en: `What webhook ${webhook} checks is applied`,
      ko: `웹훅 ${webhook}이(가) 검사하는 객체 적용됨`,
    });
  }

  /** What of an application waits for no later one is applied, and so were the applications before it. */
  application(application: string, title: string, nodes: readonly PlanNode[], before: string | undefined): string {
    return this.#applied(
      { of: "application", application },
      nodes,
      { en: `Application ${title} applied`, ko: `애플리케이션 ${title} 적용됨` },
      before === undefined ? [] : [before],
    );
  }

  #applied(scope: AppliedScope, nodes: readonly PlanNode[], title: Words, after: readonly string[] = []): string {
    return this.#gate({ type: "applied", scope, nodes: nodes.map(({ id }) => id) }, title, nodes, after);
  }

  served(
    scope: ServedScope,
    definitions: { node: PlanNode; apiVersion: string; kind: string }[],
    title: Words,
  ): string {
    return this.#gate(
      { type: "served", scope, definitions: definitions.map((one) => ({ ...one, node: one.node.id })) },
      title,
      definitions.map(({ node }) => node),
    );
  }

  /** `makers` are workloads without which it can't become ready. */
  ready(node: PlanNode, makers: readonly PlanNode[] = []): string {
    const name = describe(node.ref);
    return this.#gate({ type: "ready", node: node.id }, { en: `${name} is ready`, ko: `${name} 준비 완료` }, [
      node,
      ...makers,
    ]);
  }

  endpoint(namespace: string, service: string, basis: readonly PlanNode[]): string {
    const title = {
      en: `Service ${namespace}/${service} has a ready endpoint`,
      ko: `서비스 ${namespace}/${service}에 준비된 엔드포인트가 있음`,
    };
    return this.#gate({ type: "endpoint", namespace, service }, title, basis);
  }

  exists(ref: ObjectRef, basis: readonly PlanNode[]): string {
    const name = describe(ref);
    return this.#gate({ type: "exists", ref }, { en: `${name} has been made`, ko: `${name} 생성됨` }, basis);
  }

  accepts(configuration: string, webhook: string, object: KubeObject, after: readonly string[]): string {
    const name = describe(refOf(object));
    const title = {
      en: `Webhook ${webhook} answers (dry run of ${name})`,
      ko: `웹훅 ${webhook} 응답 (${name} 시험 적용)`,
    };
    return this.#gate({ type: "accepts", configuration, webhook, object }, title, [], after);
  }
}
