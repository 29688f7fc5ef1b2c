import { parseDocument, stringify } from "yaml";
import type { ObjectRef } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { dialect } from "../../../common/yaml/index.ts";
import { type KubeObject, kubeObjectOf } from "../../cluster/index.ts";
import { keyOf, keyOfObject } from "../objects.ts";

/** The documents of a file in KF_DIR/rendered, as they are written there. */
export function documentsIn(content: string | undefined): string[] {
  return content?.split(/^---\n/m).slice(1) ?? [];
}

/** Who a document is about, from its head alone. */
export function refIn(document: string): ObjectRef | undefined {
  const lines = [/^apiVersion: .*$/m, /^kind: .*$/m, /^metadata:\n(?:[ \t].*\n?|\n)*/m].map(
    (pattern) => pattern.exec(document)?.[0] ?? "",
  );
  try {
    const { apiVersion, kind, metadata } = parseRendered(`${lines.join("\n")}\n`, {
      apiVersion: "",
      kind: "",
      name: "",
    });
    const namespace = text(metadata.namespace);
    if (apiVersion === "" || kind === "" || metadata.name === "") return undefined;
    return { apiVersion, kind, name: metadata.name, ...(namespace ? { namespace } : {}) };
  } catch {
    return undefined;
  }
}

/** Flowdeck writes no aliases there: none are followed. */
export function parseRendered(document: string, ref: ObjectRef): KubeObject {
  return kubeObjectOf(parseDocument(document, { ...dialect, uniqueKeys: false }).toJS({ maxAliasCount: 0 }), ref);
}

export function writeDocument(object: KubeObject): string {
  return stringify(object, { ...dialect, lineWidth: 0, aliasDuplicateObjects: false });
}

export interface DocumentChange {
  before?: KubeObject | undefined;
  after?: KubeObject | undefined;
}

/** A file with some of its objects written anew, added or left out; every other byte stays. Pure. */
export function changeDocuments(content: string, changes: readonly DocumentChange[]): string {
  const pending = new Map(
    changes.map((change) => {
      const known = change.before ?? change.after;
      return [known === undefined ? "" : keyOfObject(known), change];
    }),
  );
  const [head = "", ...documents] = content.split(/^---\n/m);
  const kept = documents.flatMap((document) => {
    const ref = refIn(document);
    const key = ref && keyOf(ref);
    const change = key === undefined ? undefined : pending.get(key);
    if (change === undefined || key === undefined) return [document];
    pending.delete(key);
    return change.after === undefined ? [] : [writeDocument(change.after)];
  });
  const added = [...pending.values()].flatMap(({ after }) => (after === undefined ? [] : [writeDocument(after)]));
  return [head, ...kept, ...added].join("---\n");
}
