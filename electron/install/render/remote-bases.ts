import { isMap, isScalar, isSeq, parseDocument, type Scalar } from "yaml";
import type { RemoteBase } from "../types.ts";

/** A place in a kustomization that names another: its text, and where it stands in the file. */
export interface Reference {
  value: string;
  field: string;
  /** Offsets of the scalar in the text, quotes included. */
  start: number;
  end: number;
}

/** Fields whose items name files or folders; only the first four may name a folder to build on. */
const folderFields = ["resources", "bases", "components", "crds"];
const fileFields = ["generators", "transformers", "validators", "configurations", "patchesStrategicMerge"];
const pathFields = ["patches", "patchesJson6902", "replacements"];

/** The files and folders that a kustomization names. Throws when it is not YAML. */
export function references(text: string): Reference[] {
  const document = parseDocument(text);
  const problem = document.errors[0];
  if (problem !== undefined) throw problem;
  if (!isMap(document.contents)) return [];
  const found: Reference[] = [];
  const add = (field: string, node: unknown) => {
    if (!isScalar(node) || typeof node.value !== "string" || node.value.includes("\n")) return;
    const [start, end] = (node as Scalar).range ?? [0, 0];
    found.push({ value: node.value, field, start, end });
  };
  for (const { key, value } of document.contents.items) {
    const field = isScalar(key) ? String(key.value) : "";
    if (field === "openapi" && isMap(value)) add(field, value.get("path", true));
    if (!isSeq(value)) continue;
    for (const item of value.items) {
      if (folderFields.includes(field) || fileFields.includes(field)) add(field, item);
      else if (pathFields.includes(field) && isMap(item)) add(field, item.get("path", true));
    }
  }
  return found;
}

/**
 * Does kustomize, of whatever version, go to the network (or to git) for it, though a file has that name? It asks for
 * everything with a scheme, for scp's `user@host:`, for hosts it knows, and once for whatever looks like a repository
 * (kubernetes-sigs/kustomize: examples/remoteBuild.md, api/internal/git/repospec.go).
 */
export function isRemoteReference(value: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:/i.test(value) ||
    /^[a-z0-9][a-z0-9._-]*@/i.test(value) ||
    /^(www\.)?(github\.com|gitlab\.com|bitbucket\.org)[/:]/i.test(value) ||
    /[?&](ref|version|submodules|timeout)=/.test(value) ||
    /(\.git|\/_git)(\/|$|\?)/.test(value)
  );
}

export function namesFolders(field: string): boolean {
  return folderFields.includes(field);
}

/** A remote base found in the release's list, with the path inside its repository ("" for a single file). */
export interface KnownBase {
  source: string;
  path: string;
}

/**
 * Looks a remote base up in the release's list. A folder of a repository is written `<repository>/<path>?ref=<ref>` or
 * `<repository>//<path>?ref=<ref>`; a release file is its whole address. Undefined when the release does not list it.
 */
export function findBase(value: string, bases: readonly RemoteBase[]): KnownBase | undefined {
  for (const base of bases) {
    if (base.ref === undefined) {
      if (value === base.prefix) return { source: base.source, path: "" };
      continue;
    }
    const [address = "", query = ""] = value.split("?", 2);
    const parameters = new URLSearchParams(query);
    const ref = parameters.get("ref") ?? parameters.get("version");
    if (ref !== base.ref || !address.startsWith(base.prefix)) continue;
    const rest = address.slice(base.prefix.length);
    const path = /^(?:\.git)?\/{1,2}([^/].*)$/.exec(rest)?.[1];
    if (path !== undefined && !path.split("/").includes("..")) return { source: base.source, path };
  }
  return undefined;
}

/** The text with these references replaced; everything else, comments included, stays as it was. */
export function rewrite(text: string, changes: readonly { reference: Reference; to: string }[]): string {
  const fromTheEnd = [...changes].sort((a, b) => b.reference.start - a.reference.start);
  return fromTheEnd.reduce(
    (current, { reference, to }) =>
      `${current.slice(0, reference.start)}${JSON.stringify(to)}${current.slice(reference.end)}`,
    text,
  );
}
