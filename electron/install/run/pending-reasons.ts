import { asIs, type PodView, type Waiting, type Words } from "../../../common/contract/index.ts";
import type { WhyClosed } from "../engine/run-types.ts";
import { describe } from "../objects.ts";
import { applicationOf, type Gate, type Plan, type PlanNode } from "../plan/plan-types.ts";

type Wait = Omit<Waiting, "sinceMs">;

const installation: Words = { en: "The installation", ko: "설치" };

export interface WaitsInput {
  plan: Plan;
  nodes: ReadonlyMap<string, PlanNode>;
  /** Nodes that a gate keeps from being applied. */
  held: (gate: string) => readonly PlanNode[];
  /** Nodes that the server did not take yet, and why. */
  retries: ReadonlyMap<string, Words>;
  closed: Iterable<WhyClosed & { gate: Gate }>;
  /** Pods that neither run nor have completed. */
  pods: readonly PodView[];
}

/**
 * "X waits for Y because Z", for everything that waits now. Where applications come one after another, those whose turn
 * it is not yet wait for that alone: one line for all of them. Pure.
 */
export function waitsOf(input: WaitsInput): Map<string, Wait> {
  const waits = new Map<string, Wait>();
  for (const [id, because] of input.retries) {
    const node = input.nodes.get(id);
    if (!node) continue;
    const forWhat = { en: "the API server to take it", ko: "API 서버의 수락" };
    waits.set(id, { what: asIs(describe(node.ref)), forWhat, because, component: node.component });
  }
  const outcomes = new Set(input.plan.outcomes);
  const closed = [...input.closed];
  const turn = turnOf(input.plan, closed);
  if (turn.wait) waits.set("order", turn.wait);
  for (const { gate, because, pod } of closed) {
    if (gate.condition.type === "applied") continue;
    const held = input.held(gate.id).filter(({ component }) => !turn.later.has(component));
    const owners = gate.basis.map((id) => input.nodes.get(id)?.component ?? "");
    const isLater = owners.length > 0 && owners.every((component) => turn.later.has(component));
    if (held.length === 0 && (isLater || !outcomes.has(gate.id))) continue;
    const owner = input.nodes.get(gate.basis[0] ?? "");
    const component = held[0]?.component ?? owner?.component;
    const wait = { what: heldWords(held, owner), forWhat: gate.title, because, ...(pod ? { pod } : {}) };
    waits.set(gate.id, component === undefined ? wait : { ...wait, component });
  }
  for (const { component, reason, cause, namespace, name } of input.pods) {
    if (component || !reason) continue;
    const forWhat = { en: `pod ${namespace}/${name}`, ko: `파드 ${namespace}/${name}` };
    const pod = cause ? { pod: { name, cause } } : {};
    waits.set(forWhat.en, { what: installation, forWhat, because: asIs(reason), ...pod });
  }
  return waits;
}

/** Components whose turn has not come, and what they wait for. */
function turnOf(plan: Plan, closed: readonly (WhyClosed & { gate: Gate })[]): { later: Set<string>; wait?: Wait } {
  const order = closed.find(({ gate }) => applicationOf(gate) !== undefined);
  const application = order && applicationOf(order.gate);
  const ids = plan.components.map(({ id }) => id);
  const later = application === undefined ? [] : ids.slice(ids.indexOf(application) + 1);
  if (order === undefined || application === undefined || later.length === 0) return { later: new Set() };
  const { gate, because, pod } = order;
  const what =
    later.length === 1
      ? { en: `Application ${later[0]}`, ko: `애플리케이션 ${later[0]}` }
      : { en: `The next of ${later.length} applications`, ko: `애플리케이션 ${later.length}개 중 다음` };
  const wait = { what, forWhat: gate.title, because, component: application, ...(pod ? { pod } : {}) };
  return { later: new Set(later), wait };
}

/** "Deployment kubeflow/x", "12 objects of kserve", "34 objects of 9 components". */
function heldWords(held: readonly PlanNode[], owner: PlanNode | undefined): Words {
  const first = held[0];
  if (!first) return owner ? asIs(describe(owner.ref)) : installation;
  if (held.length === 1) return asIs(describe(first.ref));
  const { size } = new Set(held.map((node) => node.component));
  const owners = size === 1 ? asIs(first.component) : { en: `${size} components`, ko: `컴포넌트 ${size}개` };
  return { en: `${held.length} objects of ${owners.en}`, ko: `${owners.ko}의 오브젝트 ${held.length}개` };
}
