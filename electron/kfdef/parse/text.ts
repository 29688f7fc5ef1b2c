import { type Document, isCollection, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLError } from "yaml";
import { type Message, message } from "../../../common/words/index.ts";
import { goYaml } from "./go-yaml.ts";
import { Issues } from "./issues.ts";

/** Bytes; the biggest file of the Kubeflow project has 40 kB. */
export const maxKfDefBytes = 2_000_000;

/** An alias may not stand for more than so many nodes in all (the yaml package's guard against "billion laughs"). */
const maxAliasCount = 100;

/** What comes after is told by what came before: one bracket that stays open makes thousands. */
const maxErrors = 20;

export interface KfDefText {
  document: Document;
  issues: Issues;
}

/**
 * Text as a YAML document. kfctl reads YAML 1.1, so that `OFF` without quotes is a boolean in both.
 * What is wrong with the text as YAML stands in the issues as errors, each with its place.
 */
export function readText(text: string): KfDefText {
  const lines = new LineCounter();
  const issues = new Issues(lines);
  if (Buffer.byteLength(text) > maxKfDefBytes) {
    issues.error(message("kfdef.tooBig", { megabytes: maxKfDefBytes / 1e6 }));
    return { document: parseDocument(""), issues };
  }
  let document: Document;
  try {
    document = parseDocument(text, { ...goYaml, lineCounter: lines });
    // The package tells the end of the stack as a mistake of the text, with thousands behind it.
    if (document.errors.some(({ message }) => message.includes("call stack"))) throw new RangeError("too deep");
    for (const error of document.errors.slice(0, maxErrors))
      issues.error(inWords(error, text), undefined, error.pos[0]);
    checkNodes(document, issues);
    if (issues.list.length === 0) document.toJS({ maxAliasCount });
  } catch (error) {
    // Both come before anything was read, so that there is no place in the file to point at.
    if (error instanceof ReferenceError) issues.error(aliasProblem(error, text));
    else if (error instanceof RangeError) issues.error(message("kfdef.tooDeep"));
    else throw error;
    return { document: parseDocument(""), issues };
  }
  return { document, issues };
}

/** Fields that come twice, anchors that contain themselves, and more aliases than can be followed in good time. */
function checkNodes(document: Document, issues: Issues): void {
  let aliases = 0;
  visit(document, {
    Alias(_key, alias, around) {
      aliases += 1;
      if (aliases === maxAliasCount + 1)
        issues.error(
          message("kfdef.aliasesMany", { most: maxAliasCount, name: alias.source }),
          undefined,
          alias.range?.[0],
        );
      const itself = around.some((node) => isCollection(node) && node.anchor === alias.source);
      if (itself) issues.error(message("kfdef.anchorInItself", { name: alias.source }), undefined, alias.range?.[0]);
    },
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (typeof name === "string" && seen.has(name))
          issues.error(twice, undefined, isNode(key) ? key.range?.[0] : 0);
        seen.add(name);
      }
    },
  });
}

function aliasProblem(error: ReferenceError, text: string): Message {
  const name = /Unresolved alias.*?: (\S+)/.exec(error.message)?.[1];
  if (name !== undefined) return message("kfdef.aliasUnknown", { name });
  const anchor = /&(\S+)/.exec(text)?.[1] ?? "";
  return message("kfdef.aliasesMultiply", { name: anchor, most: maxAliasCount });
}

const twice = message("kfdef.fieldTwice");

const tabIndent = message("kfdef.tabIndent");
const known: Partial<Record<YAMLError["code"], Message>> = {
  TAB_AS_INDENT: tabIndent,
  MULTIPLE_DOCS: message("kfdef.moreDocuments"),
};

function inWords(error: YAMLError, text: string): Message {
  const ours = known[error.code];
  if (ours !== undefined) return ours;
  const line = text.slice(text.lastIndexOf("\n", error.pos[0] - 1) + 1, error.pos[0]);
  if (/^ *\t/.test(line)) return tabIndent;
  const sentence = error.message.split(/ at line \d+|\n/)[0] ?? error.code;
  return message("kfdef.notYaml", { why: sentence });
}
