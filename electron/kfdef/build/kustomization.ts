import { parseDocument, stringify, visit } from "yaml";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { goYaml } from "../parse/index.ts";

/** The name under which kfctl looks for one; kustomize knows two more. */
export const kustomizationFile = "kustomization.yaml";

export interface Generator {
  name?: string;
  namespace?: string;
  behavior?: string;
  literals?: string[];
  files?: string[];
  envs?: string[];
  env?: string;
  /** Of a Secret. */
  type?: string;
}

export interface JsonPatch {
  target?: { group?: string; version?: string; kind?: string; namespace?: string; name?: string };
  path?: string;
  patch?: string;
}

/** A kustomization.yaml with the fields of kustomize 3.2 (pkg/types/kustomization.go), which kfctl 1.2 was built with. */
export interface Kustomization {
  apiVersion?: string;
  kind?: string;
  namePrefix?: string;
  nameSuffix?: string;
  namespace?: string;
  commonLabels?: Record<string, string>;
  commonAnnotations?: Record<string, string>;
  patchesStrategicMerge?: string[];
  patchesJson6902?: JsonPatch[];
  patches?: unknown[];
  images?: { name?: string; newName?: string; newTag?: string; digest?: string }[];
  replicas?: unknown[];
  vars?: { name?: string }[];
  resources?: string[];
  crds?: string[];
  bases?: string[];
  configMapGenerator?: Generator[];
  secretGenerator?: Generator[];
  generatorOptions?: object;
  configurations?: string[];
  generators?: string[];
  transformers?: string[];
  inventory?: object;
}

/** How a value is read: anything else in its place is refused, fields that are not named are left out. */
type Shape =
  | "text"
  | "switch"
  | "number"
  | "texts"
  | "map"
  | { list: Shape }
  | { fields: Readonly<Record<string, Shape>> };

const gvk = { group: "text", version: "text", kind: "text" } as const;
const generator = {
  namespace: "text",
  name: "text",
  behavior: "text",
  literals: "texts",
  files: "texts",
  envs: "texts",
  env: "text",
} as const;
const nameArgs = { fields: { name: "text", namespace: "text" } } as const;

const shape: Record<keyof Kustomization, Shape> = {
  apiVersion: "text",
  kind: "text",
  namePrefix: "text",
  nameSuffix: "text",
  namespace: "text",
  commonLabels: "map",
  commonAnnotations: "map",
  patchesStrategicMerge: "texts",
  patchesJson6902: {
    list: {
      fields: { target: { fields: { ...gvk, namespace: "text", name: "text" } }, path: "text", patch: "text" },
    },
  },
  patches: {
    list: {
      fields: {
        path: "text",
        patch: "text",
        target: {
          fields: { ...gvk, namespace: "text", name: "text", annotationSelector: "text", labelSelector: "text" },
        },
      },
    },
  },
  images: { list: { fields: { name: "text", newName: "text", newTag: "text", digest: "text" } } },
  replicas: { list: { fields: { name: "text", count: "number" } } },
  vars: {
    list: {
      fields: {
        name: "text",
        objref: { fields: { apiVersion: "text", ...gvk, name: "text", namespace: "text" } },
        fieldref: { fields: { fieldPath: "text" } },
      },
    },
  },
  resources: "texts",
  crds: "texts",
  bases: "texts",
  configMapGenerator: { list: { fields: generator } },
  secretGenerator: { list: { fields: { ...generator, type: "text" } } },
  generatorOptions: { fields: { labels: "map", annotations: "map", disableNameSuffixHash: "switch" } },
  configurations: "texts",
  generators: "texts",
  transformers: "texts",
  inventory: { fields: { type: "text", configMap: nameArgs } },
};

/** Far more than anybody's; a repo may come from anywhere. */
const maxLength = 1_000_000;
const maxAliases = 100;

/** Throws `build-failed` naming `file` and the line. */
export function readKustomization(text: string, file: string): Kustomization {
  const broken = (because: string | Message) =>
    new FlowdeckError("build-failed", message("kfBuild.noKustomization", { file, because }), {
      advice: message("kfBuild.noKustomizationAdvice"),
    });
  if (text.length > maxLength) throw broken(message("kfBuild.moreThan", { megabytes: maxLength / 1e6 }));
  // Of two fields with one name Go's reader takes the last.
  const document = parseDocument(text, { ...goYaml, strict: false });
  const [error] = document.errors;
  if (error !== undefined) throw broken(error.message.split("\n")[0] ?? error.code);
  let value: unknown;
  try {
    let aliases = 0;
    visit(document, {
      Alias: () => {
        aliases += 1;
        if (aliases > maxAliases) throw broken(message("kfBuild.manyAliases", { most: maxAliases }));
      },
    });
    value = document.toJS();
  } catch (failure) {
    if (failure instanceof FlowdeckError) throw failure;
    throw broken(failure instanceof Error ? failure.message : String(failure));
  }
  return take(value ?? {}, { fields: shape }, "", broken) as Kustomization;
}

function take(value: unknown, as: Shape, path: string, broken: (because: Message) => Error): unknown {
  if (typeof as === "object" && "list" in as) {
    if (!Array.isArray(value)) throw broken(message("kfBuild.noList", { path }));
    return value.map((item, index) => take(item ?? {}, as.list, `${path}[${index}]`, broken));
  }
  if (typeof as === "object") {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw broken(path === "" ? message("kfBuild.noFieldsAtAll") : message("kfBuild.noFields", { path }));
    const found: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(value)) {
      // Go takes a field's name in any case where the very name is not there.
      const field = Object.keys(as.fields).find(
        (one) => one === name || (one.toLowerCase() === name.toLowerCase() && !(one in value)),
      );
      const wanted = field === undefined ? undefined : as.fields[field];
      if (field !== undefined && wanted !== undefined && inner !== null && inner !== undefined)
        found[field] = take(inner, wanted, path === "" ? field : `${path}.${field}`, broken);
    }
    return found;
  }
  switch (as) {
    case "texts":
      if (!Array.isArray(value)) throw broken(message("kfBuild.noList", { path }));
      return value.map((item, index) => take(item ?? "", "text", `${path}[${index}]`, broken));
    case "map":
      if (typeof value !== "object" || value === null || Array.isArray(value))
        throw broken(message("kfBuild.noFields", { path }));
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, take(item ?? "", "text", `${path}.${name}`, broken)]),
      );
    case "switch":
      if (typeof value !== "boolean") throw broken(message("kfBuild.noSwitch", { path }));
      return value;
    case "number":
      if (typeof value !== "number") throw broken(message("kfBuild.noNumber", { path }));
      return value;
    case "text":
      if (typeof value === "object") throw broken(message("kfBuild.noText", { path }));
      return String(value);
  }
}

/** Without what is empty and ordered by name, as kfctl writes it. */
export function formatKustomization(kustomization: Kustomization): string {
  const vars = kustomization.vars?.map((one) => ({ objref: {}, fieldref: {}, ...one }));
  const filled = withoutEmpty({ ...kustomization, vars });
  return stringify(filled ?? {}, { ...goYaml, lineWidth: 0, indentSeq: false, sortMapEntries: true });
}

/** A variable's two references stay, empty or not: in Go they are no pointers. */
const stays = new Set(["objref", "fieldref"]);

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => withoutEmpty(item) ?? {});
  if (typeof value !== "object" || value === null)
    return value === "" || value === false || value === 0 || value === null ? undefined : value;
  const kept = Object.entries(value).flatMap(([name, item]): [string, unknown][] => {
    const inner = name === "commonLabels" || name === "commonAnnotations" ? nonEmptyMap(item) : withoutEmpty(item);
    if (inner === undefined) return stays.has(name) ? [[name, {}]] : [];
    return [[name, inner]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** A label may have an empty value. */
function nonEmptyMap(value: unknown): unknown {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0 ? value : undefined;
}
