import { type Document, isCollection, LineCounter, parseDocument, visit, type YAMLError } from "yaml";
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
    document = parseDocument(text, { ...goYaml, lineCounter: lines, prettyErrors: true, stringKeys: false });
    // The package tells the end of the stack as a mistake of the text, with thousands behind it.
    if (document.errors.some(({ message }) => message.includes("call stack"))) throw new RangeError("too deep");
    for (const error of document.errors.slice(0, maxErrors))
      issues.error(inWords(error, text), undefined, error.pos[0]);
    findCircles(document, issues);
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

function findCircles(document: Document, issues: Issues): void {
  visit(document, {
    Alias(_key, alias, around) {
      const itself = around.some((node) => isCollection(node) && node.anchor === alias.source);
      if (itself) issues.error(`The anchor &${alias.source} contains itself.`, undefined, alias.range?.[0]);
    },
  });
}

function aliasProblem(error: ReferenceError, text: string): string {
  const name = /Unresolved alias.*?: (\S+)/.exec(error.message)?.[1];
  if (name !== undefined) return `The alias *${name} stands for an anchor &${name} that is not before it.`;
  const anchor = /&(\S+)/.exec(text)?.[1] ?? "";
  return `Its anchors (&${anchor}) and aliases (*) multiply to more than ${maxAliasCount} copies. Write the values out.`;
}

const words: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "A tab can't indent YAML: put spaces in its place.",
  MULTIPLE_DOCS:
    "There is more than one document in the file (divided by ---): keep the KfDef and take out the others.",
  DUPLICATE_KEY: "The same field stands here twice: keep one of them.",
};

function inWords(error: YAMLError, text: string): string {
  const known = words[error.code];
  if (known !== undefined) return known;
  const line = text.slice(text.lastIndexOf("\n", error.pos[0] - 1) + 1, error.pos[0]);
  if (/^ *\t/.test(line)) return words.TAB_AS_INDENT ?? "";
  const sentence = error.message.split(/ at line \d+|\n/)[0] ?? error.code;
  return `This is not YAML: ${sentence}.`;
}
