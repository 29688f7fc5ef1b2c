import type { ObjectRef } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, refOf } from "../objects.ts";
import { type AppliedScope, type Condition, type Gate, gateId, type PlanNode, type ServedScope } from "./plan-types.ts";

/** The gates of a plan, each made once however many nodes stand behind it. */
export class GateSet {
  readonly gates = new Map<string, Gate>();

  #gate(condition: Condition, title: Message, basis: readonly PlanNode[], after: readonly string[] = []): string {
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
    return this.#applied({ of: "object" }, [node], message("gate.applied", { object: describe(node.ref) }));
  }

  configuration(component: string, nodes: readonly PlanNode[]): string {
    const title = message("gate.configuration", { component });
    return this.#applied({ of: "configuration", component }, nodes, title);
  }

  checkedBy(webhook: string, nodes: readonly PlanNode[]): string {
    return this.#applied({ of: "checked", webhook }, nodes, message("gate.checked", { webhook }));
  }

  /** What of an application waits for no later one is applied, and so were the applications before it. */
  application(application: string, title: string, nodes: readonly PlanNode[], before: string | undefined): string {
    return this.#applied(
      { of: "application", application },
      nodes,
      message("gate.application", { title }),
      before === undefined ? [] : [before],
    );
  }

  #applied(scope: AppliedScope, nodes: readonly PlanNode[], title: Message, after: readonly string[] = []): string {
    return this.#gate({ type: "applied", scope, nodes: nodes.map(({ id }) => id) }, title, nodes, after);
  }

  served(
    scope: ServedScope,
    definitions: { node: PlanNode; apiVersion: string; kind: string }[],
    title: Message,
  ): string {
    return this.#gate(
      { type: "served", scope, definitions: definitions.map((one) => ({ ...one, node: one.node.id })) },
      title,
      definitions.map(({ node }) => node),
    );
  }

  /** `makers` are workloads without which it can't become ready. */
  ready(node: PlanNode, makers: readonly PlanNode[] = []): string {
    const title = message("gate.ready", { object: describe(node.ref) });
    return this.#gate({ type: "ready", node: node.id }, title, [node, ...makers]);
  }

  endpoint(namespace: string, service: string, basis: readonly PlanNode[]): string {
    const title = message("gate.endpoint", { service: `${namespace}/${service}` });
    return this.#gate({ type: "endpoint", namespace, service }, title, basis);
  }

  exists(ref: ObjectRef, basis: readonly PlanNode[]): string {
    return this.#gate({ type: "exists", ref }, message("gate.exists", { object: describe(ref) }), basis);
  }

  accepts(configuration: string, webhook: string, object: KubeObject, after: readonly string[]): string {
    const title = message("gate.accepts", { webhook, object: describe(refOf(object)) });
    return this.#gate({ type: "accepts", configuration, webhook, object }, title, [], after);
  }
}
