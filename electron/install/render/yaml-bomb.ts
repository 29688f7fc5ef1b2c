import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";

/** What a file may come to with its aliases written out, counted in values and in pieces of long texts. */
const maxValues = 2_000_000;
const pieceLength = 64;

/** Text in which YAML's anchors and aliases may stand; of real manifests hardly any. */
const anchor = /(^|[\s,[{:-])&[^\s&,]/m;
const alias = /(^|[\s,[{:-])\*[^\s*,]/m;

/**
 * Does YAML come to far more with its aliases written out? A few lines of aliases to aliases are billions of values, and
 * kustomize writes them out. YAML inside of texts (patches) counts as well. Text that is no YAML is none of this.
 */
export function multipliesWithoutEnd(text: string): boolean {
  if (!anchor.test(text) || !alias.test(text)) return false;
  try {
    const documents = parseAllDocuments(text, { uniqueKeys: false });
    if (!Array.isArray(documents)) return false;
    return documents.some(({ contents }) => sizeOf(contents, new Map()) > maxValues);
  } catch (error) {
    return error instanceof RangeError; // nested so deep that it cannot be walked
  }
}

/** `sizes`: of the anchors so far. An alias inside its own anchor has none yet: it never ends. */
function sizeOf(node: unknown, sizes: Map<string, number>): number {
  if (isAlias(node)) return sizes.get(node.source) ?? Number.POSITIVE_INFINITY;
  let size = 1;
  if (isScalar(node) && typeof node.value === "string") {
    size += node.value.length / pieceLength;
    if (node.value.includes("\n") && multipliesWithoutEnd(node.value)) size = Number.POSITIVE_INFINITY;
  } else if (isMap(node) || isSeq(node)) for (const item of node.items) size += sizeOf(item, sizes);
  else if (isPair(node)) size = sizeOf(node.key, sizes) + sizeOf(node.value, sizes);
  if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) sizes.set(node.anchor, size);
  return size;
}
