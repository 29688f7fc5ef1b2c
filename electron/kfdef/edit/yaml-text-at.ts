import type { Document } from "yaml";

/** A changed document as text, in the style of the text it was read from. */
export function textOf(document: Document, original: string): string {
  return document.toString({
    lineWidth: 0,
    indent: indentOf(original),
    indentSeq: indentsLists(original),
    flowCollectionPadding: /[{[] /.test(original),
  });
}

/** Do the lines of a list stand further right than the name of the field they belong to? kfctl's own files don't. */
function indentsLists(text: string): boolean {
  const [, field, dash] = /^( *)[\w.-]+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( *)- /m.exec(text) ?? [];
  return field !== undefined && dash !== undefined && dash.length > field.length;
}

function indentOf(text: string): number {
  const [, spaces] = /^[\w.-]+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( +)[\w.-]+:/m.exec(text) ?? [];
  return spaces === undefined ? 2 : Math.min(spaces.length, 8);
}
