import type { EditProblem, TextPlace } from "../../common/contract/index.ts";
import { at, fields, list, text } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import type { Step } from "./field-path.ts";
import type { TextDocument } from "./yaml-text.ts";

/** An object that stands in a text; its name is empty when the server is to make one up. */
export interface GivenObject {
  ok: true;
  object: KubeObject;
  document: TextDocument;
  place: { from: TextPlace; to: TextPlace };
  /** Of a CustomResourceDefinition: the kind it brings. */
  defines: { group: string; kind: string } | undefined;
}

/** The objects of a document: itself, or the items of a List. */
export function objectsIn(document: TextDocument): (GivenObject | { ok: false; problem: EditProblem })[] {
  const items = at(document.value, "items");
  if (at(document.value, "kind") === "List" && Array.isArray(items)) {
    return list(items).map((item, index) => given(item, within(document, ["items", index])));
  }
  return [given(document.value, document)];
}

/** A part of a document, with paths that begin at the part. */
function within(document: TextDocument, steps: readonly Step[]): TextDocument {
  return {
    value: undefined,
    line: document.placeOf(steps)?.from.line ?? document.line,
    placeOf: (inner) => document.placeOf([...steps, ...inner]),
  };
}

function given(value: unknown, document: TextDocument): GivenObject | { ok: false; problem: EditProblem } {
  const start = { line: document.line, column: 1 };
  const place = document.placeOf(["kind"]) ?? { from: start, to: { line: document.line, column: 2 } };
  const refuse = (said: Message) =>
    ({ ok: false, problem: { severity: "error", kind: "identity", said, ...place } }) as const;
  const object = fields(value);
  const metadata = fields(object.metadata);
  const apiVersion = text(object.apiVersion);
  const kind = text(object.kind);
  if (!apiVersion) return refuse(message("edit.apiVersionMissing"));
  if (!kind) return refuse(message("edit.kindMissing"));
  const name = text(metadata.name);
  if (!name && !text(metadata.generateName)) return refuse(message("edit.nameMissing"));
  const spec = fields(object.spec);
  const defined = { group: text(spec.group) ?? "", kind: text(fields(spec.names).kind) ?? "" };
  return {
    ok: true,
    object: { ...object, apiVersion, kind, metadata: { ...metadata, name: name ?? "" } },
    document,
    place: {
      from: { line: document.line, column: 1 },
      to: place.to.line === document.line ? place.to : { line: document.line, column: 2 },
    },
    defines: kind === "CustomResourceDefinition" ? defined : undefined,
  };
}
