import { at } from "../../../common/json/index.ts";
import type { KfDef, KfPlugin } from "../types.ts";
import { specOf } from "./auth.ts";
import { namedSecrets, undeclaredSecrets } from "./secrets.ts";
import type { PluginSpec, SpecField } from "./spec.ts";

export interface PluginProblem {
  level: "error" | "warning";
  message: string;
  /** Below the plugin's spec. */
  path: string[];
}

/** What is wrong with a plugin's spec: other types than kfctl's are errors, and so is what kfctl itself refused. */
export function pluginProblems(plugin: KfPlugin, kfdef: KfDef): PluginProblem[] {
  const spec = specOf(plugin.kind);
  if (spec === undefined)
    return [
      { level: "warning", message: `The plugin ${plugin.kind} is not known here: it changes nothing.`, path: [] },
    ];
  const found: PluginProblem[] = [];
  unknownFields(plugin.spec, spec, [], found);
  const parts = spec.auths.filter(({ part }) => isThere(at(plugin.spec, ...part.split("."))));
  if (parts.length > 1)
    found.push({
      level: "error",
      message: `There is more than one way to sign in (${parts.map(({ part }) => part).join(", ")}): keep one.`,
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
        message: `There is no secret "${name}" under spec.secrets: its value has to be given when installing.`,
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
): Pick<PluginProblem, "level" | "message"> | undefined {
  const steps = field.path.split(".");
  const value = at(values, ...steps);
  const parents = steps.slice(0, -1);
  const optional = parents.length > 0;
  if (optional && !isThere(at(values, ...parents))) return undefined;
  if (!isThere(value) || value === "") {
    if (field.required === true)
      return { level: "error", message: `${steps.at(-1)} is missing: ${spec.kind} needs it here.` };
    return field.wanted === undefined ? undefined : { level: "warning", message: field.wanted };
  }
  const type = typeProblem(field, value);
  if (type !== undefined) return { level: "error", message: type };
  const problem = field.kind === "text" ? field.check?.(String(value)) : undefined;
  if (problem !== undefined) return { level: "warning", message: problem };
  // The project's own files have such values where one's own belong.
  const example = [value].flat().find((one) => typeof one === "string" && /x{5}|^your-/.test(one));
  return example === undefined
    ? undefined
    : { level: "warning", message: "This is the example's value: put your own here." };
}

function typeProblem(field: SpecField, value: unknown): string | undefined {
  const scalar = ["string", "number", "bigint", "boolean"].includes(typeof value);
  switch (field.kind) {
    case "list":
      return Array.isArray(value) && value.every((item) => typeof item === "string")
        ? undefined
        : "Here must stand a list of texts.";
    case "switch":
      return typeof value === "boolean" ? undefined : "Here must stand true or false.";
    case "number":
      return Number.isInteger(Number(value)) && scalar ? undefined : "Here must stand a number.";
    case "secret":
      return scalar || typeof at(value, "name") === "string" ? undefined : "Here must stand a secret's name (name: …).";
    case "text":
      return scalar ? undefined : "Here must stand a text.";
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
      found.push({ level: "warning", message: "kfctl knows no such field; it is left out of account.", path: here });
    else if (typeof inner === "object") unknownFields(inner, spec, here, found);
    else found.push({ level: "error", message: "Here must stand fields (name: value).", path: here });
  }
}
