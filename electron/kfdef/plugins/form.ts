import type { KfDefPlugin } from "../../../common/contract/index.ts";
import { at, texts } from "../../../common/json/index.ts";
import type { KfDef, KfPlugin } from "../types.ts";
import { pluginAuth, specOf } from "./auth.ts";
import { fieldProblem } from "./problems.ts";
import type { PluginSpec, SpecField } from "./spec.ts";

/** A plugin as the form shows it: the fields of its own and of the way to sign in that it has. */
export function pluginForm(plugin: KfPlugin, kfdef: KfDef): KfDefPlugin {
  const spec = specOf(plugin.kind);
  if (spec === undefined) return { kind: plugin.kind, name: plugin.name, auths: [], fields: [] };
  const auth = pluginAuth(plugin, kfdef);
  return {
    kind: plugin.kind,
    name: plugin.name,
    ...(auth === undefined ? {} : { auth }),
    auths: spec.auths.map((one) => one.auth),
    fields: spec.fields
      // The values of secrets are asked for when installing, not in a form that becomes a file.
      .filter((field) => field.kind !== "secret" && isShown(field, spec, plugin, auth))
      .map((field) => {
        const problem = fieldProblem(field, spec, plugin.spec);
        return {
          path: field.path,
          kind: field.kind === "list" || field.kind === "switch" ? field.kind : "text",
          value: shownValue(field, at(plugin.spec, ...field.path.split("."))),
          required: field.required === true || field.wanted !== undefined,
          ...(problem === undefined ? {} : { problem }),
        };
      }),
  };
}

function isShown(field: SpecField, spec: PluginSpec, plugin: KfPlugin, auth: string | undefined): boolean {
  const inPart = (part: string) => field.path.startsWith(`${part}.`);
  const ofAuth = spec.auths.find(({ part }) => inPart(part));
  if (ofAuth !== undefined) return ofAuth.auth === auth;
  const optional = spec.optionalParts.find(inPart);
  return optional === undefined || at(plugin.spec, optional) !== undefined;
}

function shownValue(field: SpecField, value: unknown): string | string[] | boolean {
  if (field.kind === "list") return texts(value);
  if (field.kind === "switch") return value === undefined ? field.on === true : value === true;
  return ["string", "number", "bigint"].includes(typeof value) ? String(value) : "";
}
