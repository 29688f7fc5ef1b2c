import { at, isRecord, list, own, parseJson, text } from "../../../common/json/index.ts";
import { atManagedFields, isKind } from "../../../common/kube/index.ts";
import type { JsonPatchOperation, KubeObject } from "../../cluster/index.ts";
import { fieldPath } from "../../edit/index.ts";
import { valueAt } from "../overlay/apply-overlay.ts";
import type { DifferingField } from "./differing-fields.ts";
import type { Owner } from "./owned-fields.ts";

/** A field that someone added to what was applied. */
export interface AddedField extends DifferingField {
  applied: undefined;
  owner: Owner;
  /** Where it is, as a JSON pointer (RFC 6901). */
  pointer: string;
}

/**
 * Programs that complete objects on their own: controllers, webhooks, the parts of the control plane, and Flowdeck, whose
 * own settings are compared as what was applied. They name themselves after what they are; there is no list of them.
 */
const programs =
  /^flowdeck|controller|manager|operator|webhook|injector|scheduler|scaler|provisioner|discovery|deployer|daemon|kubelet|server$|^before-first-apply$/i;

/** Notes of kubectl and of rollouts; none of them changes what runs. */
const notes = /^(kubectl\.kubernetes\.io\/(last-applied-configuration|restartedAt)|deployment\.kubernetes\.io\/)/;

/**
 * What people and their tools added to an object, by `metadata.managedFields`: labels, annotations, and fields of its
 * content that were not applied. Fields of `status`, of controllers and of webhooks are none. Pure.
 */
export function addedFields(applied: KubeObject, live: KubeObject): AddedField[] {
  const added = list(live.metadata.managedFields).flatMap((entry): AddedField[] => {
    const node = at(entry, "fieldsV1");
    const owner = {
      manager: text(atManagedFields(entry, "manager")) ?? "",
      operation: text(atManagedFields(entry, "operation")) ?? "",
      at: text(atManagedFields(entry, "time")) ?? "",
    };
    if (!isRecord(node) || atManagedFields(entry, "subresource") !== undefined || programs.test(owner.manager))
      return [];
    return walk(node, applied, live, { path: "", pointer: "", owner });
  });
  const byPointer = new Map(added.map((field) => [field.pointer, field]));
  const written = writtenByKubectl(live);
  return [...byPointer.values()].filter(
    (field) => isOfInterest(field.path) && !isScale(applied, field.path) && !isFilledIn(field, written),
  );
}

/** What `kubectl apply` was given; undefined where that is not known. */
function writtenByKubectl({ metadata: { annotations } }: KubeObject): unknown {
  try {
    return parseJson(annotations?.["kubectl.kubernetes.io/last-applied-configuration"] ?? "");
  } catch {
    return undefined;
  }
}

/** `kubectl apply` sends whole objects and so owns what the server fills in, too: that is nothing anybody added. */
function isFilledIn({ owner, path }: AddedField, written: unknown): boolean {
  return owner.manager === "kubectl-client-side-apply" && written !== undefined && valueAt(written, path) === undefined;
}

/** Removes them, the last ones first, so that places in lists stay right; refused where one is no longer what it was. */
export function removalOf(added: readonly AddedField[]): JsonPatchOperation[] {
  return lastFirst(added).flatMap(({ pointer, live }): JsonPatchOperation[] => [
    { op: "test", path: pointer, value: live },
    { op: "remove", path: pointer },
  ]);
}

function lastFirst(added: readonly AddedField[]): AddedField[] {
  return added.toSorted((one, other) => other.pointer.localeCompare(one.pointer, "en", { numeric: true }));
}

/** A copy of the object without them. */
export function withoutFields(live: KubeObject, added: readonly AddedField[]): KubeObject {
  const copy = structuredClone(live);
  for (const { pointer } of lastFirst(added)) {
    const steps = pointer
      .split("/")
      .slice(1)
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = steps.pop() ?? "";
    const holder = steps.reduce<unknown>(
      (here, step) => (Array.isArray(here) ? here[Number(step)] : at(here, step)),
      copy,
    );
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else if (isRecord(holder)) delete holder[last];
  }
  return copy;
}

function isOfInterest(path: string): boolean {
  return (
    !/^(status|apiVersion|kind)\b/.test(path) &&
    (!path.startsWith("metadata.") || /^metadata\.(labels|annotations)/.test(path))
  );
}

/** Replicas are compared on their own, with what scales them in mind. */
function isScale(applied: KubeObject, path: string): boolean {
  return path === "spec.replicas" && isKind(applied, "apps/Deployment", "apps/StatefulSet");
}

interface Here {
  path: string;
  pointer: string;
  owner: Owner;
}

function walk(node: Record<string, unknown>, applied: unknown, live: unknown, here: Here): AddedField[] {
  return Object.entries(node).flatMap(([step, below]): AddedField[] => {
    if (!isRecord(below)) return [];
    if (step.startsWith("f:")) return walkField(step.slice(2), below, applied, live, here);
    if (step.startsWith("k:")) return walkItem(step.slice(2), below, applied, live, here);
    return [];
  });
}

function walkField(
  name: string,
  node: Record<string, unknown>,
  applied: unknown,
  live: unknown,
  here: Here,
): AddedField[] {
  const value = isRecord(live) ? own(live, name) : undefined;
  if (value === undefined || notes.test(name)) return [];
  const before = isRecord(applied) ? own(applied, name) : undefined;
  const below = {
    ...here,
    path: fieldPath(here.path, name),
    pointer: `${here.pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
  };
  if (Object.keys(node).some((step) => step !== ".")) return walk(node, before, value, below);
  return before === undefined ? [{ ...below, applied: undefined, live: value }] : [];
}

/** An item that this owner made is one addition; of others' items only what it set in them. */
function walkItem(
  keys: string,
  node: Record<string, unknown>,
  applied: unknown,
  live: unknown,
  here: Here,
): AddedField[] {
  const match = keysOf(keys);
  const isIt = (item: unknown) =>
    Object.entries(match).every(([key, value]) => {
      const given = at(item, key);
      return given === undefined ? key === "protocol" : String(given) === value;
    });
  const items = list(live);
  const index = items.findIndex(isIt);
  if (index === -1) return [];
  const before = list(applied).find(isIt);
  const below = { ...here, path: fieldPath(here.path, { match }), pointer: `${here.pointer}/${index}` };
  if (before === undefined && "." in node) return [{ ...below, applied: undefined, live: items[index] }];
  return walk(node, before, items[index], below);
}

function keysOf(written: string): Record<string, string> {
  try {
    const keys: unknown = parseJson(written);
    return isRecord(keys) ? Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, String(value)])) : {};
  } catch {
    return {};
  }
}
