import { type Document, LineCounter, parseDocument, type YAMLError } from "yaml";
import { Issues } from "./issues.ts";

/** Bytes; the biggest file of the Kubeflow project has 40 kB. */
export const maxKfDefBytes = 2_000_000;

/** An alias may not stand for more than so many nodes in all (the yaml package's guard against "billion laughs"). */
const maxAliasCount = 100;

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
    document = parseDocument(text, { version: "1.1", lineCounter: lines, prettyErrors: true, stringKeys: false });
    for (const error of document.errors) issues.error(inWords(error, text), undefined, error.pos[0]);
    if (document.errors.length === 0) document.toJS({ maxAliasCount });
  } catch (error) {
    // Both come before anything was read, so that there is no place in the file to point at.
    if (error instanceof ReferenceError) issues.error(aliasProblem(error, text));
    else if (error instanceof RangeError) issues.error("Lists or fields lie too deep in one another to be read.");
    else throw error;
    return { document: parseDocument(""), issues };
  }
  return { document, issues };
}

function aliasProblem(error: ReferenceError, text: string): string {
  const name = /Unresolved alias.*?: (\S+)/.exec(error.message)?.[1];
  if (name !== undefined) return `The alias *${name} stands for an anchor &${name} that is not before it.`;
  const anchor = /&(\S+)/.exec(text)?.[1] ?? "";
  return `Its anchors (&${anchor}) and aliases (*) multiply to more than ${maxAliasCount} copies, or contain themselves. Write the values out.`;
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
