import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from "yaml";
import type { KindSchema, SchemaNode } from "../../../common/contract/index.ts";
import { dialect } from "../../../common/yaml/index.ts";
import { resolved } from "./schema.ts";

/** What does not fit, found without asking the cluster. Offsets into the text. */
export interface TextProblem {
  from: number;
  to: number;
  severity: "error" | "warning";
  kind: "syntax" | "unknownField" | "wrongType" | "notAllowed" | "missingField";
  params: Record<string, string>;
}

/** Checks an object's text against its kind's schema; without one, only its syntax. */
export function findProblems(text: string, schema: KindSchema | undefined): TextProblem[] {
  const documents = Array.from(parseAllDocuments(text, { ...dialect, prettyErrors: false }));
  const errors = documents.flatMap((document) => document.errors);
  const syntax = errors.map(
    ({ pos, message }): TextProblem => ({
      from: pos[0],
      to: Math.max(pos[0] + 1, pos[1]),
      severity: "error",
      kind: "syntax",
      params: { message: message.split("\n", 1)[0] ?? "" },
    }),
  );
  if (syntax.length > 0 || schema === undefined) return syntax;
  const found: TextProblem[] = [];
  for (const { contents } of documents) if (contents !== null) checkNode(schema, schema.root, contents, "", found);
  return found.toSorted((a, b) => a.from - b.from);
}

function checkNode(schema: KindSchema, node: SchemaNode, given: Node, path: string, found: TextProblem[]): void {
  const wanted = resolved(schema, node);
  if (isScalar(given)) {
    checkScalar(wanted, given.value, given.range, path, found);
    return;
  }
  const report = (
    kind: TextProblem["kind"],
    params: Record<string, string>,
    severity: TextProblem["severity"] = "error",
  ) => found.push({ ...firstOf(given), severity, kind, params });
  if (isSeq(given)) {
    if (wanted.value !== "any" && wanted.value !== "list") report("wrongType", { field: path, type: wanted.type });
    if (wanted.value !== "list") return;
    given.items.forEach((item, index) => {
      if (wanted.item !== undefined && isNodeValue(item))
        checkNode(schema, wanted.item, item, `${path}[${index}]`, found);
    });
    return;
  }
  if (!isMap(given) || wanted.value === "any") return;
  if (wanted.value !== "object" && wanted.value !== "map") {
    report("wrongType", { field: path, type: wanted.type });
    return;
  }
  const names = new Set<string>();
  for (const { key, value } of given.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    names.add(name);
    const inner = path === "" ? name : `${path}.${name}`;
    const field = wanted.value === "map" ? wanted.item : wanted.fields?.[name];
    if (field === undefined) {
      if (!wanted.open && wanted.value === "object" && wanted.fields !== undefined) {
        const [from = 0, to = from + 1] = key.range ?? [];
        found.push({ from, to, severity: "error", kind: "unknownField", params: { field: inner } });
      }
    } else if (isNodeValue(value) && inner !== "status") checkNode(schema, field, value, inner, found);
  }
  for (const name of wanted.required ?? []) {
    if (!names.has(name)) report("missingField", { field: path === "" ? name : `${path}.${name}` }, "warning");
  }
}

function checkScalar(
  wanted: SchemaNode,
  value: unknown,
  range: Node["range"] | undefined,
  path: string,
  found: TextProblem[],
): void {
  // Nothing at all is taken for a field that is not there.
  if (value === null || wanted.value === "any") return;
  const [from = 0, to = from + 1] = range ?? [];
  const place = { from, to: Math.max(to, from + 1), severity: "error" } as const;
  if (!fits(wanted, value)) {
    found.push({ ...place, kind: "wrongType", params: { field: path, type: wanted.type } });
  } else if (wanted.enum !== undefined && !wanted.enum.some((allowed) => allowed === value)) {
    const values = wanted.enum.map((allowed) => (allowed === "" ? '""' : String(allowed))).join(", ");
    found.push({ ...place, kind: "notAllowed", params: { field: path, values } });
  }
}

function fits(wanted: SchemaNode, value: unknown): boolean {
  switch (wanted.value) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(value) || typeof value === "bigint";
    case "number":
      return typeof value === "number" || typeof value === "bigint";
    case "boolean":
      return typeof value === "boolean";
    case "int-or-string":
      return typeof value === "string" || typeof value === "number";
    default:
      return false;
  }
}

function isNodeValue(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value);
}

/** Fields that are missing are told at the first one that is there. */
function firstOf(node: Node): { from: number; to: number } {
  const first = isMap(node) ? node.items[0]?.key : undefined;
  const [from = 0, to = from + 1] = (isScalar(first) ? first.range : node.range) ?? [];
  return isScalar(first) ? { from, to } : { from, to: from + 1 };
}
