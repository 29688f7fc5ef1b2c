import { createHash } from "node:crypto";
import type { FieldDrift, ObjectDrift } from "../../../common/contract/index.ts";
import { stringifyJson } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { isSecret } from "../../redaction/index.ts";
import { keyOf } from "../objects.ts";
import { componentLabel, fieldManager, sharedFieldManager } from "../plan/plan-types.ts";
import { addedFields } from "./added-fields.ts";
import { storedForm } from "./applied-form.ts";
import { type DifferingField, differingFields } from "./differing-fields.ts";
import type { KeptChange } from "./kept-changes.ts";
import { OwnedFields, type Owner } from "./owned-fields.ts";
import { type SecretValues, withoutDigests } from "./secret-values.ts";

const fieldsShown = 20;
const longestValue = 200;
/** Clocks of the server and of this computer differ. */
const clockDriftMs = 60_000;

export interface ComparedObject {
  ref: ObjectDrift["object"];
  component: string;
  /** In the form in which it was applied, with digests in place of secret values. */
  applied: KubeObject;
  live: KubeObject | undefined;
  /** It was there before: much of it is others' from the start. */
  foreign?: boolean;
}

export interface DriftRules {
  /** When the installation was last worked on (ISO 8601): what is ours of then is as it was applied. */
  since: string | undefined;
  secrets: SecretValues;
  kept: ReadonlyMap<string, KeptChange>;
}

/** How an object differs from what was applied; undefined where it does not. Pure. */
export function driftOf(
  { ref, component, applied, live, foreign }: ComparedObject,
  rules: DriftRules,
): ObjectDrift | undefined {
  const { secrets, kept } = rules;
  const fields = live ? differencesOf({ applied, live, foreign }, rules) : [];
  if (live && fields.length === 0) return undefined;
  const state = live ? stateOf(fields) : "deleted";
  return {
    object: ref,
    component,
    what: live ? "changed" : "deleted",
    fields: fields.slice(0, fieldsShown).map((field) => shown(field, isSecret(ref))),
    more: Math.max(0, fields.length - fieldsShown),
    state,
    kept: kept.get(keyOf(ref))?.state === state,
    restorable: secrets.restored(applied, live) !== undefined,
  };
}

/** The fields of an object that are not as they were applied, with their values. Pure. */
export function differencesOf(
  { applied, live, foreign = false }: { applied: KubeObject; live: KubeObject; foreign?: boolean | undefined },
  { secrets, since }: Pick<DriftRules, "secrets" | "since">,
): DifferingField[] {
  const stored = storedForm(applied);
  return [
    ...differingFields(stored, secrets.comparable(live, stored), (owner) => isOurs(owner, since)),
    ...(foreign ? [] : addedFields(stored, live)),
  ];
}

/** Whether nobody but ourselves has set anything in an object, by its metadata: then it need not be read as a whole. */
export function isUntouched(metadataOnly: KubeObject, since: string | undefined): boolean {
  const isLabelled = metadataOnly.metadata.labels?.[componentLabel] !== undefined;
  return isLabelled && OwnedFields.of(metadataOnly).owners.every((owner) => isOurs(owner, since));
}

/** Deleted ones first, then the latest change. */
export function inOrder(found: readonly ObjectDrift[]): ObjectDrift[] {
  const latest = ({ fields }: ObjectDrift) => fields.reduce((last, { at = "" }) => (at > last ? at : last), "");
  return found.toSorted(
    (one, other) =>
      Number(other.what === "deleted") - Number(one.what === "deleted") ||
      latest(other).localeCompare(latest(one)) ||
      keyOf(one.object).localeCompare(keyOf(other.object)),
  );
}

/** What Flowdeck itself set when it installed, and not what was changed with it afterwards. */
function isOurs({ manager, at }: Owner, since: string | undefined): boolean {
  if (manager !== fieldManager && manager !== sharedFieldManager) return false;
  return since === undefined || at === "" || Date.parse(at) <= Date.parse(since) + clockDriftMs;
}

function shown({ path, applied, live, owner }: DifferingField, hidden: boolean): FieldDrift {
  const value = (name: "applied" | "live", written: unknown) =>
    hidden || written === undefined ? {} : { [name]: short(written) };
  const [was, is] =
    typeof applied === "string" && typeof live === "string" ? differingLines(applied, live) : [applied, live];
  return {
    path,
    ...(applied === undefined ? { added: true } : {}),
    ...value("applied", was),
    ...value("live", is),
    ...(owner ? { by: owner.manager, ...(owner.at ? { at: owner.at } : {}) } : {}),
  };
}

/** Of two texts of several lines, what is left without the lines they begin and end with alike. */
function differingLines(one: string, other: string): [string, string] {
  const [before, after] = [one.split("\n"), other.split("\n")];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most - 1 && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - 1 - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [before, after].map((lines) => lines.slice(start, lines.length - end).join("\n")) as [string, string];
}

function short(value: unknown): string {
  const json = withoutDigests(stringifyJson(value));
  return json.length <= longestValue ? json : `${json.slice(0, longestValue)}…`;
}

/** The same as long as the same fields have the same values. */
function stateOf(fields: readonly DifferingField[]): string {
  const all = fields.map(({ path, live }) => [path, live === undefined ? null : live]);
  return createHash("sha256").update(stringifyJson(all)).digest("hex").slice(0, 32);
}
