import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isNode, isScalar, isSeq, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { type Message, message, textOf } from "../../common/words/index.ts";
import { firstDocument, isPlainText, readYaml, toJson, YamlFault } from "./kubeconfig-yaml.ts";

/** Edits of a kubeconfig's text. What is not meant stays as it is written: comments, order, quotes, line ends. */
export type KubeconfigEdit =
  | { do: "rename"; contextName: string; to: string }
  /** Takes entries out; no context is named by current-context then, if it was this one. */
  | { do: "remove"; contextName: string; cluster?: string; user?: string }
  /** Undefined: none is current. */
  | { do: "current"; contextName: string | undefined };

/** A text that cannot be edited without changing what else it says. */
export class NotEditable extends Error {
  override readonly name = "NotEditable";
  /** The YAML library's own words where it is a string. */
  readonly why: Message | string;

  constructor(why: Message | string) {
    super(typeof why === "string" ? why : textOf(why, "en"));
    this.why = why;
  }
}

/**
 * Gives the edited text; of several documents the first is edited, as kubectl reads no other. It is edited where it
 * stands; a text in which that would say something else (flow style, odd layouts) is written anew from its document, which
 * keeps comments and order. Throws {@link NotEditable}.
 */
export function editKubeconfig(text: string, edit: KubeconfigEdit): string {
  const { document, root, data, end } = read(text);
  const wanted = structuredClone(data);
  applyToData(wanted, edit);
  const inPlace = splice(text, end, root, edit);
  if (inPlace !== undefined && says(inPlace, wanted) && inPlace.endsWith(text.slice(end))) return inPlace;
  if (end < text.length) throw new NotEditable(message("kubeconfig.severalDocuments"));
  const rewritten = rewrite(document, root, text, edit);
  if (says(rewritten, wanted)) return rewritten;
  throw new NotEditable(message("kubeconfig.saysOtherwise"));
}

interface Parsed {
  document: Document;
  root: YAMLMap;
  data: Data;
  /** Where the first document ends. */
  end: number;
}

function read(text: string): Parsed {
  try {
    const data = toJson(readYaml(text));
    const document = firstDocument(text);
    if (document === undefined || !isMap(document.contents)) throw new NotEditable(message("kubeconfig.isNone"));
    return { document, root: document.contents, data: data as Data, end: endOf(document, text) };
  } catch (error) {
    if (error instanceof YamlFault) throw new NotEditable(message("kubeconfig.notYaml", { why: error.why }));
    throw error;
  }
}

/** The end of the text, but for a mark that ends the document. */
function endOf(document: Document.Parsed, text: string): number {
  const after = document.range[1];
  const mark = /^(---|\.\.\.)(\s|$)/m.exec(text.slice(after));
  return mark === null ? text.length : after + mark.index;
}

type Data = Record<string, unknown>;

function says(text: string, wanted: Data): boolean {
  try {
    return isDeepStrictEqual(read(text).data, wanted);
  } catch {
    // Not even YAML any more.
    return false;
  }
}

/** The edit on plain data: what the text must say afterwards. */
function applyToData(data: Data, edit: KubeconfigEdit): void {
  if (edit.do === "current") {
    setCurrent(data, edit.contextName);
    return;
  }
  const holds = (entry: unknown, name: string): entry is { name: string } =>
    typeof entry === "object" && entry !== null && "name" in entry && String(entry.name) === name;
  const list = (section: string): unknown[] => (Array.isArray(data[section]) ? data[section] : []);
  if (edit.do === "rename") {
    const entries = list("contexts").filter((entry) => holds(entry, edit.contextName));
    const [entry] = entries;
    if (entry === undefined || entries.length > 1)
      throw new NotEditable(message("kubeconfig.sameNames", { count: entries.length }));
    entry.name = edit.to;
    if (String(data["current-context"]) === edit.contextName) data["current-context"] = edit.to;
    return;
  }
  for (const [section, name] of removals(edit)) {
    const remaining = list(section).filter((entry) => !holds(entry, name));
    if (list(section).length - remaining.length !== 1)
      throw new NotEditable(message("kubeconfig.notOne", { section, name }));
    data[section] = remaining;
  }
  if (String(data["current-context"]) === edit.contextName) setCurrent(data, undefined);
}

function setCurrent(data: Data, name: string | undefined): void {
  data["current-context"] = name ?? "";
}

function removals(edit: Extract<KubeconfigEdit, { do: "remove" }>): [section: string, name: string][] {
  return [
    ["contexts", edit.contextName],
    ...(edit.cluster === undefined ? [] : [["clusters", edit.cluster] satisfies [string, string]]),
    ...(edit.user === undefined ? [] : [["users", edit.user] satisfies [string, string]]),
  ];
}

interface Cut {
  from: number;
  to: number;
  put: string;
}

/** Undefined where the place of something is not plain to see. */
function splice(text: string, end: number, root: YAMLMap, edit: KubeconfigEdit): string | undefined {
  const cuts: (Cut | undefined)[] = [];
  if (edit.do === "current") cuts.push(currentCut(text, end, root, edit.contextName ?? ""));
  else {
    const isCurrent = String(root.get("current-context")) === edit.contextName;
    if (isCurrent) cuts.push(currentCut(text, end, root, edit.do === "rename" ? edit.to : ""));
    if (edit.do === "rename")
      cuts.push(scalarCut(itemOf(root, "contexts", edit.contextName)?.get("name", true), edit.to));
    else cuts.push(...removals(edit).map(([section, name]) => removalCut(text, root, section, name)));
  }
  let result = text;
  for (const cut of cuts.toSorted((a, b) => (b?.from ?? 0) - (a?.from ?? 0))) {
    if (cut === undefined) return undefined;
    result = result.slice(0, cut.from) + cut.put + result.slice(cut.to);
  }
  return result;
}

function currentCut(text: string, end: number, root: YAMLMap, name: string): Cut | undefined {
  const value = root.get("current-context", true);
  if (value !== undefined) return scalarCut(value, name);
  if (root.flow === true || name === "") return name === "" ? { from: 0, to: 0, put: "" } : undefined;
  const start = end === 0 || text[end - 1] === "\n" ? "" : newline(text);
  return { from: end, to: end, put: `${start}current-context: ${quoted(name)}${newline(text)}` };
}

function scalarCut(node: unknown, value: string): Cut | undefined {
  if (!isScalar(node) || !node.range || node.anchor !== undefined || node.tag !== undefined) return undefined;
  const [from, to] = node.range;
  // In JSON everything is quoted.
  const written = node.type === "QUOTE_DOUBLE" ? JSON.stringify(value) : quoted(value);
  // A value that is not written at all stands right behind its colon.
  return { from, to, put: from === to ? ` ${written}` : written };
}

/** Plain where YAML reads it as the same text, else in JSON's quotes, which YAML knows. */
function quoted(value: string): string {
  return /^[A-Za-z][\w.@/-]*$/.test(value) && isPlainText(value) ? value : JSON.stringify(value);
}

function itemOf(root: YAMLMap, section: string, name: string): YAMLMap | undefined {
  const list = root.get(section, true);
  if (!isSeq(list)) return undefined;
  return list.items.find((item): item is YAMLMap => isMap(item) && nameOf(item) === name);
}

function nameOf(item: YAMLMap): string | undefined {
  const name: unknown = item.get("name");
  return name === undefined || name === null ? undefined : String(name);
}

/** The lines of an entry, with the comment right above it; a list that would be left empty is written as `[]`. */
function removalCut(text: string, root: YAMLMap, section: string, name: string): Cut | undefined {
  const list = root.get(section, true);
  const item = itemOf(root, section, name);
  if (!isSeq(list) || list.flow === true || !item?.range || item.flow === true) return undefined;
  const dash = text.lastIndexOf("-", item.range[0]);
  const from = lineStart(text, dash);
  if (!/^[ \t]*-[ \t]*$/.test(text.slice(from, item.range[0]))) return undefined;
  const to = afterLine(text, item.range[1]);
  if (list.items.length > 1) return { from: withCommentAbove(text, from), to, put: "" };
  const key = root.items.find((pair) => isScalar(pair.key) && pair.key.value === section)?.key;
  if (!isNode(key) || !key.range) return undefined;
  return { from: key.range[1], to, put: `: []${newline(text)}` };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Behind the line that ends at or after `at`; `at` may stand at the beginning of the next line already. */
function afterLine(text: string, at: number): number {
  if (at > 0 && text[at - 1] === "\n") return at;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function withCommentAbove(text: string, from: number): number {
  let start = from;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

function newline(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function rewrite(document: Document, root: YAMLMap, text: string, edit: KubeconfigEdit): string {
  const isCurrent = edit.do !== "current" && String(root.get("current-context")) === edit.contextName;
  if (edit.do === "current") root.set("current-context", scalar(edit.contextName ?? ""));
  else if (edit.do === "rename") {
    itemOf(root, "contexts", edit.contextName)?.set("name", scalar(edit.to));
    if (isCurrent) root.set("current-context", scalar(edit.to));
  } else {
    for (const [section, name] of removals(edit)) {
      const list = root.get(section, true);
      if (isSeq(list)) (list as YAMLSeq).items = list.items.filter((item) => !isMap(item) || nameOf(item) !== name);
    }
    if (isCurrent) root.set("current-context", scalar(""));
  }
  try {
    // kubectl writes lists without indenting them.
    return document.toString({ lineWidth: 0, indentSeq: !/^[\w-]+:[ \t]*\r?\n-/m.test(text) });
  } catch (error) {
    throw new NotEditable(error instanceof Error ? error.message : String(error));
  }
}

function scalar(value: string): Scalar {
  const scalar = new Scalar(value);
  scalar.type = isPlainText(value) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
  return scalar;
}
