import type { Document } from "yaml";
import { FlowdeckError, type KfDefIssue } from "../../../common/contract/index.ts";
import { groupOf } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KfDef } from "../types.ts";
import { checkPlugins } from "./check-plugins.ts";
import { invalid } from "./issues.ts";
import { Nodes } from "./nodes.ts";
import { readKfDef } from "./read-kfdef.ts";
import { checkRules } from "./rules.ts";
import { readText } from "./text.ts";
import type { KfDefPlace } from "./types.ts";

export { goYaml } from "./go-yaml.ts";
export { insidePathProblem } from "./rules.ts";
export { secretVariable, standsForLiteral } from "./secret-variable.ts";
export { maxKfDefBytes } from "./text.ts";
export type { KfDefPlace } from "./types.ts";

export interface InspectedKfDef {
  /** As far as it could be read. */
  kfdef: KfDef;
  /** With errors among them it can't be built. */
  issues: KfDefIssue[];
  document: Document;
  /** Where each of kfdef.spec.applications begins. */
  places: KfDefPlace[];
}

const group = "kfdef.apps.kubeflow.org";
const today = `apiVersion: ${group}/v1`;

/**
 * Reads a KfDef that may have errors in it, for someone who is going to correct them. `where` is what messages call it.
 * Throws `kfdef-invalid` where there is no KfDef to be seen at all, `kfdef-unsupported` for another version of it.
 */
export function inspectKfDef(text: string, where: string): InspectedKfDef {
  const { document, issues } = readText(text);
  const unreadable = invalid(issues.list, where);
  if (unreadable !== undefined) throw unreadable;
  const nodes = new Nodes(document, issues);
  const nothing = whatItIs(text);
  if (nothing !== undefined) issues.error(nothing, undefined, 0);
  const top = nothing === undefined ? nodes.fields(nodes.root) : new Map();
  const kind = nodes.text(top.get("kind"));
  const apiVersion = nodes.text(top.get("apiVersion"));
  if (issues.list.length === 0)
    checkType(issues.error.bind(issues), kind, apiVersion, top.get("kind")?.offset, top.get("apiVersion")?.offset);
  const other = invalid(issues.list, where);
  if (other !== undefined) throw other;
  if (apiVersion !== `${group}/v1` && apiVersion !== `${group}/v1beta1`) throw unsupported(apiVersion ?? "", where);
  const read = readKfDef(nodes, apiVersion);
  checkRules(read, issues);
  checkPlugins(read, nodes);
  return { kfdef: read.kfdef, issues: issues.list, document, places: read.places };
}

/** A KfDef that can be built. Throws `kfdef-invalid` with every error and its place, or `kfdef-unsupported`. */
export function parseKfDef(text: string, where: string): InspectedKfDef {
  const inspected = inspectKfDef(text, where);
  const error = invalid(inspected.issues, where);
  if (error !== undefined) throw error;
  return inspected;
}

/** Why a text is no KfDef at all, where that can be seen at a glance. */
function whatItIs(text: string): Message | undefined {
  if (/^\s*<(!doctype|html)/i.test(text)) return message("kfdef.webPage");
  return text.replace(/^\s*(#.*|---)?$/gm, "").trim() === "" ? message("kfdef.empty") : undefined;
}

function checkType(
  error: (said: Message, path?: string, offset?: number) => void,
  kind: string | undefined,
  apiVersion: string | undefined,
  kindOffset?: number,
  versionOffset?: number,
): void {
  if (apiVersion === undefined || apiVersion === "")
    error(message("kfdef.noApiVersion", { example: today }), "apiVersion", versionOffset ?? 0);
  else if (groupOf(apiVersion) !== group)
    error(message("kfdef.otherApiVersion", { apiVersion, wanted: `${group}/v1` }), "apiVersion", versionOffset);
  if (kind !== "KfDef")
    error(kind === undefined ? message("kfdef.noKind") : message("kfdef.otherKind", { kind }), "kind", kindOffset ?? 0);
}

function unsupported(apiVersion: string, where: string): FlowdeckError {
  const advice =
    apiVersion === `${group}/v1alpha1`
      ? message("kfdef.unsupportedAlpha")
      : message("kfdef.supportedVersions", { versions: [`${group}/v1`, `${group}/v1beta1`] });
  return new FlowdeckError("kfdef-unsupported", message("kfdef.unsupported", { where, apiVersion }), { advice });
}
