import type { KfDefDocument } from "../../common/contract/index.ts";
import { configFileName } from "./config/index.ts";
import { takeOutLiterals, textOf } from "./edit/index.ts";
import { inspectKfDef, secretVariable, standsForLiteral } from "./parse/index.ts";
import { authOf, pluginForm, undeclaredSecrets } from "./plugins/index.ts";

/** The namespace of a KfDef that names none. */
export const defaultNamespace = "kubeflow";

/** A KfDef file as it is shown and edited. No value of a secret is in it: `text` has the names of variables instead. */
export function describeKfDef(configUri: string, text: string): KfDefDocument {
  const safe = withoutLiterals(configUri, text);
  const { kfdef, issues, places } = inspectKfDef(safe, configUri);
  const { metadata, spec } = kfdef;
  return {
    configUri,
    fileName: configFileName(configUri),
    text: safe,
    apiVersion: kfdef.apiVersion,
    ...(metadata.name === undefined ? {} : { name: metadata.name }),
    namespace: metadata.namespace ?? defaultNamespace,
    version: spec.version,
    auth: authOf(kfdef),
    applications: spec.applications.map(({ name, repoRef, overlays, parameters }, index) => ({
      name,
      repo: repoRef.name,
      path: repoRef.path,
      overlays,
      parameters,
      place: places[index] ?? { line: 1, column: 1 },
    })),
    plugins: spec.plugins.map((plugin) => pluginForm(plugin, kfdef)),
    secrets: [
      ...spec.secrets.map(({ name, source }) => {
        const variable = "env" in source ? source.env : secretVariable(name);
        return { name, source: standsForLiteral(variable) ? ("literal" as const) : ("env" as const), variable };
      }),
      ...undeclaredSecrets(kfdef).map((name) => ({ name, source: "literal" as const, variable: secretVariable(name) })),
    ],
    repos: spec.repos,
    issues,
  };
}

/** The text with the values of secrets taken out; the very text where there are none. */
export function withoutLiterals(where: string, text: string): string {
  const { document } = inspectKfDef(text, where);
  return takeOutLiterals(document) === undefined ? text : textOf(document, text);
}
