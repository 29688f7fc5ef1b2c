import { type Document, isMap, isSeq, type YAMLMap } from "yaml";
import { FlowdeckError, type KfDefAuth } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { specOf } from "../plugins/index.ts";
import { dropSecrets, fillSecrets } from "./plugin-secrets.ts";
import { setIn } from "./yaml-set-path.ts";

type Value = string | string[] | boolean;

/** By metadata.name, or by kind. Throws `not-found`. */
export function pluginNamed(document: Document, name: string): YAMLMap {
  const plugins = document.getIn(["spec", "plugins"]);
  const found = isSeq(plugins)
    ? plugins.items.find(
        (item) => isMap(item) && (item.getIn(["metadata", "name"]) === name || item.get("kind") === name),
      )
    : undefined;
  if (!isMap(found)) throw new FlowdeckError("not-found", message("kfdef.noPlugin", { name }));
  return found;
}

/** Without a value the field goes. The value of a secret is refused: it is given when installing, not in a file. */
export function setPluginField(document: Document, plugin: YAMLMap, path: string, value: Value | undefined): void {
  const kind = String(plugin.get("kind"));
  const field = specOf(kind)?.fields.find((one) => one.path === path);
  if (field === undefined) throw new FlowdeckError("invalid-input", message("plugin.noField", { kind, path }));
  if (field.kind === "secret") throw new FlowdeckError("invalid-input", message("plugin.secretField", { path }));
  const steps = ["spec", ...path.split(".")];
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) {
    plugin.deleteIn(steps);
    return;
  }
  const typed = field.kind === "number" && typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  setIn(document, plugin, steps, document.createNode(typed));
  fillSecrets(document, plugin);
}

/** Another way to sign in: the fields of the one before go, with the secrets that were made for them. */
export function setPluginAuth(document: Document, plugin: YAMLMap, auth: KfDefAuth): void {
  const kind = String(plugin.get("kind"));
  const spec = specOf(kind);
  const wanted = spec?.auths.find((one) => one.auth === auth);
  if (spec === undefined || wanted === undefined)
    throw new FlowdeckError("invalid-input", message("plugin.noAuth", { kind, auth }));
  for (const { part } of spec.auths) {
    if (part === wanted.part) continue;
    const path = ["spec", ...part.split(".")];
    dropSecrets(document, plugin, path);
    plugin.deleteIn(path);
  }
  const path = ["spec", ...wanted.part.split(".")];
  if (!isMap(plugin.getIn(path))) setIn(document, plugin, path, document.createNode({}));
  if (spec.fields.some((field) => field.path === "useBasicAuth"))
    plugin.setIn(["spec", "useBasicAuth"], auth === "basic-auth");
  fillSecrets(document, plugin);
}
