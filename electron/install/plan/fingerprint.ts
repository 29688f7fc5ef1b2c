import { createHash } from "node:crypto";
import type { InstallSettings } from "../../../common/contract/index.ts";
import { canonicalJson } from "../../../common/json/index.ts";
import { blanked } from "../installation-dir/redact.ts";
import { keyOfObject } from "../objects.ts";
import type { InstallSecrets, Rendering } from "../types.ts";
import type { ClusterFacts, Plan } from "./plan-types.ts";

/** What becomes of an object: made, changed, or applied to one that is somebody else's. */
export type Decision = "create" | "update" | "foreign";

/**
 * All that a person approves with a plan, as digests: the settings, each object as it would be applied (but for secret
 * values, which are chosen later and stored nowhere), the order, the cluster, and what becomes of each object in it.
 */
export interface PlanFingerprint {
  /** uid of kube-system. */
  cluster: string;
  settings: string;
  /** By the object's key. */
  objects: Record<string, string>;
  /** Nodes with their components and gates, in the plan's order. */
  order: string;
  decisions: Record<string, Decision>;
}

export interface FingerprintInput {
  cluster: string;
  settings: InstallSettings;
  rendering: Omit<Rendering, "adjustments">;
  plan: Plan;
  facts: ClusterFacts;
  secrets: InstallSecrets;
  /** Further texts that are secrets. */
  hidden: readonly string[];
}

/** Pure. */
export function fingerprintOf(input: FingerprintInput): PlanFingerprint {
  const { cluster, settings, rendering, plan, facts, secrets, hidden } = input;
  // how the context is called says nothing about what is done
  const { contextName: _name, ...meant } = settings;
  const objects: Record<string, string> = {};
  for (const { objects: own } of rendering.components) {
    // the last component that has an object is the one it is applied for
    const plain = blanked(own, secrets, hidden);
    for (const [at, object] of own.entries()) objects[keyOfObject(object)] = digest(plain[at]);
  }
  return {
    cluster,
    settings: digest(meant),
    objects,
    order: digest(plan.nodes.map(({ id, component, gates }) => [id, component, gates.toSorted()])),
    decisions: Object.fromEntries(
      plan.nodes.map(({ id, foreign }) => [id, foreign ? "foreign" : facts.existing.has(id) ? "update" : "create"]),
    ),
  };
}

/** Of fields in one order, whoever wrote them. */
function digest(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** Why a plan is out of date; `objects` are keys of some that differ, the first of `count`. */
export type Drift =
  | { of: "settings" | "cluster" | "order" }
  | { of: "objects" | "decisions"; count: number; objects: string[] };

/** What differs between what was approved and what would be done now; undefined when nothing does. Pure. */
export function driftBetween(approved: PlanFingerprint, now: PlanFingerprint): Drift | undefined {
  if (approved.cluster !== now.cluster) return { of: "cluster" };
  if (approved.settings !== now.settings) return { of: "settings" };
  const objects = differing(approved.objects, now.objects);
  if (objects.length > 0) return { of: "objects", count: objects.length, objects: objects.slice(0, 3) };
  const decisions = differing(approved.decisions, now.decisions);
  if (decisions.length > 0) return { of: "decisions", count: decisions.length, objects: decisions.slice(0, 3) };
  return approved.order === now.order ? undefined : { of: "order" };
}

function differing(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((key) => (Object.hasOwn(a, key) ? a[key] : undefined) !== (Object.hasOwn(b, key) ? b[key] : undefined))
    .toSorted();
}
