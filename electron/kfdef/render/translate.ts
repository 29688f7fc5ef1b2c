import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  stringify,
  visit,
  type YAMLMap,
} from "yaml";

/**
 * What kustomize 3 (kfctl's: 3.1 and 3.2) took and kustomize 5 refuses or understands differently, rewritten so that
 * it means today what it meant then. Each function takes a file's text and gives the new text, or undefined where
 * nothing has to change (a file that is no YAML is left for kustomize to complain about).
 */

/** A mapping read as kustomize 3 read it, or undefined when it is none or no YAML. */
function readMapping(text: string): { document: Document; contents: YAMLMap; repeated: boolean } | undefined {
  const document = parseDocument(text, { uniqueKeys: false });
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents)) return undefined;
  let repeated = false;
  visit(contents, {
    Map(_key, map) {
      const last = new Map(map.items.map((pair) => [isScalar(pair.key) ? pair.key.value : pair.key, pair]));
      if (last.size === map.items.length) return;
      repeated = true;
      map.items = map.items.filter((pair) => [...last.values()].includes(pair));
    },
  });
  return { document, contents, repeated };
}

/**
 * A kustomization in which every field stands once: where one stood twice, kustomize 3 took the last (jupyter-web-app's
 * base_v3 in 1.1 and 1.2 has such), and kustomize 5 refuses it.
 */
export function dropRepeatedFields(text: string): string | undefined {
  const read = readMapping(text);
  return read?.repeated === true ? read.document.toString() : undefined;
}

/** Field paths' parts are divided by slashes; one in a part is escaped: `metadata/annotations/a\/b`. */
const listIndex = /(^|\/)\d+(\/|$)/;

/** The sections of a transformer configuration that are lists of field specs. */
const fieldSpecLists = new Set([
  "varReference",
  "commonLabels",
  "commonAnnotations",
  "namePrefix",
  "nameSuffix",
  "namespace",
  "images",
  "replicas",
]);

/**
 * A transformer configuration (a file under `configurations`) without the paths that step into a list by number, such
 * as `spec/template/spec/containers/0/env/0/value`. kustomize 3 went through all items of a list by itself and then
 * looked for a field named "0" in each, which no object has: such a path changed nothing (MutateField in
 * pkg/transformers/mutatefield.go of 3.1.0). What their authors wanted came from its built-in configuration, which
 * has env values, args and commands of all containers. kustomize 5 stops at them, hence they are left out.
 */
export function translateConfiguration(text: string): string | undefined {
  const read = readMapping(text);
  if (read === undefined) return undefined;
  let changed = read.repeated;
  for (const { key, value } of read.contents.items) {
    if (!isScalar(key) || typeof key.value !== "string" || !fieldSpecLists.has(key.value) || !isSeq(value)) continue;
    const kept = value.items.filter((item) => !isMap(item) || !listIndex.test(String(item.get("path") ?? "")));
    changed ||= kept.length < value.items.length;
    value.items = kept;
  }
  return changed ? read.document.toString() : undefined;
}

/**
 * A kustomization whose `namespace` and `images` became transformers that do what kustomize 3 did with them:
 * - `namespace` is set on everything that lives in one, and on role bindings' subjects. kustomize 5 also renames the
 *   Namespace objects themselves, and moves the services of APIServices.
 * - `images` count for every `containers` and `initContainers` of whatever object. kustomize 5 looks at fixed paths
 *   besides, and fails where a custom resource has something else there (`template: authorization` of an istio instance).
 */
export function translateTransformers(text: string): string | undefined {
  const read = readMapping(text);
  if (read === undefined) return undefined;
  const { document, contents } = read;
  const namespace = contents.get("namespace");
  const images = contents.get("images");
  const made: object[] = [];
  if (typeof namespace === "string" && namespace !== "")
    made.push({ kind: "NamespaceTransformer", metadata: { name: "namespace", namespace } });
  if (isSeq(images))
    for (const [index, image] of images.items.entries())
      made.push({
        kind: "ImageTagTransformer",
        metadata: { name: `images-${index + 1}` },
        imageTag: isMap(image) ? image.toJS(document, { maxAliasCount: 100 }) : image,
      });
  if (made.length === 0) return undefined;
  const others = contents.get("transformers");
  contents.delete("namespace");
  contents.delete("images");
  document.set("transformers", [
    ...(isSeq(others) ? others.items : []),
    ...made.map((transformer) => stringify({ apiVersion: "builtin", ...transformer, fieldSpecs: [] })),
  ]);
  return document.toString();
}

/** A text in a kustomization that may name a file or folder: for generators' `files`, what stands behind the key. */
export interface NamedPath {
  /** The field it stands in, of the kustomization itself: `resources`, `configMapGenerator`. */
  field: string;
  path: string;
}

/** Every text in a kustomization that can be a path, in order; none when it is not YAML. */
export function namedPaths(text: string): NamedPath[] {
  const found: NamedPath[] = [];
  for (const pair of readMapping(text)?.contents.items ?? []) {
    const field = fieldOf(pair);
    if (!isNode(pair.value)) continue;
    visit(pair.value, {
      Scalar(key, node) {
        if (key !== "key" && typeof node.value === "string" && !node.value.includes("\n"))
          found.push({ field, path: withoutKey(field, node.value).path });
      },
    });
  }
  return found;
}

/** The same kustomization with other paths; those that `to` gives nothing for stay. */
export function renamePaths(text: string, to: ReadonlyMap<string, string>): string {
  const read = readMapping(text);
  if (read === undefined) return text;
  for (const pair of read.contents.items) {
    if (!isNode(pair.value)) continue;
    visit(pair.value, {
      Scalar(key, node) {
        if (key === "key" || typeof node.value !== "string") return;
        const { before, path } = withoutKey(fieldOf(pair), node.value);
        const other = to.get(path);
        if (other !== undefined) node.value = `${before}${other}`;
      },
    });
  }
  return read.document.toString();
}

function fieldOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

/** `key=path` in generators' files. */
function withoutKey(field: string, value: string): { before: string; path: string } {
  const equals = field.endsWith("Generator") ? value.indexOf("=") : -1;
  return { before: value.slice(0, equals + 1), path: value.slice(equals + 1) };
}
