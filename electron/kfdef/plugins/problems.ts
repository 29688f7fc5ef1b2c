import { at } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KfDef, KfPlugin } from "../types.ts";
import { specOf } from "./auth.ts";
import { namedSecrets, undeclaredSecrets } from "./secrets.ts";
import type { PluginSpec, SpecField } from "./spec.ts";

export interface PluginProblem {
  level: "error" | "warning";
  said: Message;
  /** Below the plugin's spec. */
  path: string[];
}

/** What is wrong with a plugin's spec: other types than kfctl's are errors, and so is what kfctl itself refused. */
export function pluginProblems(plugin: KfPlugin, kfdef: KfDef): PluginProblem[] {
  const spec = specOf(plugin.kind);
  if (spec === undefined)
    return [{ level: "warning", said: message("plugin.unknown", { kind: plugin.kind }), path: [] }];
  const found: PluginProblem[] = [];
  unknownFields(plugin.spec, spec, [], found);
  const parts = spec.auths.filter(({ part }) => isThere(at(plugin.spec, ...part.split("."))));
  if (parts.length > 1)
    found.push({
      level: "error",
      said: message("plugin.moreAuths", { parts: parts.map(({ part }) => part).join(", ") }),
      path: ["auth"],
    });
  for (const field of spec.fields) {
    const problem = fieldProblem(field, spec, plugin.spec);
    if (problem !== undefined) found.push({ ...problem, path: field.path.split(".") });
  }
  const undeclared = undeclaredSecrets(kfdef);
  for (const { name, path } of namedSecrets(plugin))
    if (undeclared.includes(name))
      found.push({
        level: "warning",
        said: message("plugin.secretUndeclared", { name }),
        path: path.split("."),
      });
  return found;
}

const isThere = (value: unknown) => value !== undefined && value !== null;

/** What is wrong with one field; undefined when nothing is, or when the part it lies in is not there. */
export function fieldProblem(
  field: SpecField,
  spec: PluginSpec,
  values: Record<string, unknown>,
): Pick<PluginProblem, "level" | "said"> | undefined {
  const steps = field.path.split(".");
  const value = at(values, ...steps);
  const parents = steps.slice(0, -1);
  const optional = parents.length > 0;
  if (optional && !isThere(at(values, ...parents))) return undefined;
  if (!isThere(value) || value === "") {
    if (field.required === true)
      return { level: "error", said: message("plugin.fieldMissing", { field: steps.at(-1) ?? "", kind: spec.kind }) };
    return field.wanted === undefined ? undefined : { level: "warning", said: field.wanted };
  }
  const type = typeProblem(field, value);
  if (type !== undefined) return { level: "error", said: type };
  const problem = field.kind === "text" ? field.check?.(String(value)) : undefined;
  if (problem !== undefined) return { level: "warning", said: problem };
  // The project's own files have such values where one's own belong.
  const example = [value].flat().find((one) => typeof one === "string" && /x{5}|^your-/.test(one));
  return example === undefined ? undefined : { level: "warning", said: message("plugin.exampleValue") };
}

function typeProblem(field: SpecField, value: unknown): Message | undefined {
  const scalar = ["string", "number", "bigint", "boolean"].includes(typeof value);
  switch (field.kind) {
    case "list":
      return Array.isArray(value) && value.every((item) => typeof item === "string")
        ? undefined
        : message("plugin.mustBeList");
    case "switch":
      return typeof value === "boolean" ? undefined : message("plugin.mustBeSwitch");
    case "number":
      return Number.isInteger(Number(value)) && scalar ? undefined : message("plugin.mustBeNumber");
    case "secret":
      return scalar || typeof at(value, "name") === "string" ? undefined : message("plugin.mustBeSecret");
    case "text":
      return scalar ? undefined : message("plugin.mustBeText");
  }
}

function unknownFields(value: unknown, spec: PluginSpec, path: string[], found: PluginProblem[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const here = [...path, name];
    const text = here.join(".");
    const field = spec.fields.find((one) => one.path === text);
    if (spec.untouched.includes(text) || field !== undefined) continue;
    if (!spec.fields.some((one) => one.path.startsWith(`${text}.`)))
      found.push({ level: "warning", said: message("kfdef.fieldUnknown"), path: here });
    else if (typeof inner === "object") unknownFields(inner, spec, here, found);
    else found.push({ level: "error", said: message("plugin.mustBeFields"), path: here });
  }
}
