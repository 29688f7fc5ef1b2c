import {
  type AppError,
  type FieldChange,
  saidOf,
  toAppError,
  type UpgradeField,
} from "../../../common/contract/index.ts";
import { stringifyJson } from "../../../common/json/index.ts";
import { groupOf } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { changesBetween, comparable } from "../../edit/index.ts";
import { isSecret } from "../../redaction/index.ts";
import { addedFields } from "../drift/added-fields.ts";
import { storedForm } from "../drift/applied-form.ts";
import { differingFields } from "../drift/differing-fields.ts";
import type { Owner } from "../drift/owned-fields.ts";
import { redact } from "../installation-dir/redact.ts";
import { fieldManager, forceOver, type PlanNode, sharedFieldManager } from "../plan/plan-types.ts";
import { isCustomResource, isDefinition } from "../plan/waves.ts";
import { isCurable, refusalOf } from "../run/apply-errors.ts";
import type { InstallSecrets } from "../types.ts";
import { fixedFieldChanged, isInvalid, recreationCures } from "./immutable-fields.ts";
import { objectsOfKind } from "./no-longer-wanted.ts";

const longestValue = 200;

export interface TryOptions {
  client: ClusterClient;
  secrets: InstallSecrets;
  /** Further texts that are secrets. */
  hidden: readonly string[];
  /** Kinds, as group/Kind, whose definitions the plan changes: objects of them are tried against what will no longer hold. */
  redefined: ReadonlySet<string>;
  signal: AbortSignal;
}

/** What applying a node would do to the object that is there. */
export interface TriedObject {
  fields: UpgradeField[];
  others: UpgradeField[];
  recreate?: Message;
  rejected?: AppError;
  untried?: Message;
}

/**
 * Asks the API server what applying a node would change, as a dry run; where it can't tell yet, because the definition of
 * a kind or a webhook changes too, what the release says is compared instead. Changes nothing.
 */
export async function tryObject(node: PlanNode, live: KubeObject, options: TryOptions): Promise<TriedObject> {
  const { client, signal } = options;
  const others = node.foreign ? [] : addedFields(storedForm(node.object), live).map(othersField);
  const hide = hiding(options);
  const shownOthers = isSecret(live) ? others.map(withoutValues) : others;
  try {
    const stored = await client.apply(node.object, {
      fieldManager: node.foreign ? sharedFieldManager : fieldManager,
      ...{ forceOver, dryRun: true, share: "changes", signal },
    });
    return { fields: fieldsBetween(hide(live), hide(stored)), others: shownOthers };
  } catch (error) {
    signal.throwIfAborted();
    const asWritten = writtenFields(hide(storedForm(node.object)), hide(live));
    const of = { fields: asWritten, others: shownOthers };
    const recreate = node.foreign ? undefined : await whyRecreate(node, live, error, options);
    if (recreate !== undefined) return { ...of, recreate };
    const isUncertain = isCurable(error) || isCustomResource(node.ref);
    if (isUncertain) return { ...of, untried: message("upgrade.untried", { why: saidOf(toAppError(error)) }) };
    return { ...of, rejected: refusalOf(node.ref, error).toJSON() };
  }
}

/** Why deleting and creating it again helps where the API server refuses to change it; undefined where it doesn't. */
async function whyRecreate(
  { object, ref }: PlanNode,
  live: KubeObject,
  error: unknown,
  { client, redefined, signal }: TryOptions,
): Promise<Message | undefined> {
  if (isDefinition(ref)) {
    // With its objects data would go.
    const isEmpty = isInvalid(error) && (await objectsOfKind(client, live, signal)).length === 0;
    return isEmpty ? message("upgrade.emptyDefinition") : undefined;
  }
  if (redefined.has(`${groupOf(object.apiVersion)}/${object.kind}`)) return undefined;
  const field = (await recreationCures(client, object, error, signal)) ?? fixedFieldChanged(live, storedForm(object));
  return field === undefined ? undefined : message("upgrade.fixedField", { field });
}

/** Digests in place of secret values, so that none is shown. */
function hiding({ secrets, hidden }: TryOptions): (object: KubeObject) => KubeObject {
  return (object) => redact([object], secrets, hidden)[0] ?? object;
}

function fieldsBetween(live: KubeObject, stored: KubeObject): UpgradeField[] {
  const changes = changesBetween(withoutStatus(live), withoutStatus(stored)).filter(({ path }) => isOfInterest(path));
  const owners = new Map(differingFields(stored, live, () => false).map(({ path, owner }) => [path, owner]));
  const fields = changes.map((change) => ({ ...change, ...by(owners.get(change.path)) }));
  return isSecret(live) ? fields.map(withoutValues) : fields;
}

function writtenFields(wanted: KubeObject, live: KubeObject): UpgradeField[] {
  const fields = differingFields(wanted, live, () => false).map(({ path, applied, live: was, owner }) => ({
    path,
    ...(was === undefined ? {} : { was: short(was) }),
    becomes: short(applied),
    ...by(owner),
  }));
  return isSecret(live) ? fields.map(withoutValues) : fields;
}

function othersField({ path, live, owner }: { path: string; live: unknown; owner: Owner }): UpgradeField {
  return { path, was: short(live), ...by(owner) };
}

function by(owner: Owner | undefined): Pick<UpgradeField, "by" | "at"> {
  if (owner === undefined || owner.manager === fieldManager || owner.manager === sharedFieldManager) return {};
  return { by: owner.manager, ...(owner.at ? { at: owner.at } : {}) };
}

function withoutValues({ was: _was, becomes: _becomes, ...field }: UpgradeField): UpgradeField {
  return field;
}

function withoutStatus(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = comparable(object);
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: rest.metadata };
}

/** Of the labels that say which component an object belongs to people see nothing anyway. */
function isOfInterest(path: FieldChange["path"]): boolean {
  return path !== "apiVersion" && path !== "metadata.creationTimestamp";
}

function short(value: unknown): string {
  const json = stringifyJson(value);
  return json.length <= longestValue ? json : `${json.slice(0, longestValue)}…`;
}
