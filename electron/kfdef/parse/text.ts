import { type Document, isCollection, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLError } from "yaml";
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
    issues.error(`The file has more than ${maxKfDefBytes / 1e6} MB: that is no KfDef file.`);
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
    else if (error instanceof RangeError) issues.error("Lists or fields lie too deep in one another to be read.");
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
          `There are more than ${maxAliasCount} aliases (*${alias.source}): write the values out.`,
          undefined,
          alias.range?.[0],
        );
      const itself = around.some((node) => isCollection(node) && node.anchor === alias.source);
      if (itself) issues.error(`The anchor &${alias.source} contains itself.`, undefined, alias.range?.[0]);
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

function aliasProblem(error: ReferenceError, text: string): string {
  const name = /Unresolved alias.*?: (\S+)/.exec(error.message)?.[1];
  if (name !== undefined) return `The alias *${name} stands for an anchor &${name} that is not before it.`;
  const anchor = /&(\S+)/.exec(text)?.[1] ?? "";
  return `Its anchors (&${anchor}) and aliases (*) multiply to more than ${maxAliasCount} copies. Write the values out.`;
}

const twice = "The same field stands here twice: keep one of them.";

const words: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "A tab can't indent YAML: put spaces in its place.",
  MULTIPLE_DOCS:
    "There is more than one document in the file (divided by ---): keep the KfDef and take out the others.",
};

function inWords(error: YAMLError, text: string): string {
  const known = words[error.code];
  if (known !== undefined) return known;
  const line = text.slice(text.lastIndexOf("\n", error.pos[0] - 1) + 1, error.pos[0]);
  if (/^ *\t/.test(line)) return words.TAB_AS_INDENT ?? "";
  const sentence = error.message.split(/ at line \d+|\n/)[0] ?? error.code;
  return `This is not YAML: ${sentence}.`;
}
