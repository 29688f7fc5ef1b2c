/** How a kubeconfig's text is written as bytes: what its mark at the beginning says, else UTF-8. */
export type TextEncoding = "utf-8" | "utf-8-mark" | "utf-16le" | "utf-16be";

const marks: readonly [TextEncoding, Buffer][] = [
  ["utf-16le", Buffer.from([0xff, 0xfe])],
  ["utf-16be", Buffer.from([0xfe, 0xff])],
  ["utf-8-mark", Buffer.from([0xef, 0xbb, 0xbf])],
];

/**
 * Reads bytes as kubectl's YAML reader does: PowerShell's `>` writes UTF-16, Windows editors write a mark before UTF-8.
 * Undefined where they are no text in the encoding they claim to have (binary files, other encodings).
 */
export function decodeText(bytes: Buffer): { text: string; encoding: TextEncoding } | undefined {
  const [encoding, mark] = marks.find(([, start]) => bytes.subarray(0, start.length).equals(start)) ?? ["utf-8", none];
  try {
    const label = encoding === "utf-8-mark" ? "utf-8" : encoding;
    const text = new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes.subarray(mark.length));
    return { text, encoding };
  } catch {
    return undefined; // a TypeError without words
  }
}

/** The same bytes again for the same text. */
export function encodeText(text: string, encoding: TextEncoding): Buffer {
  const mark = marks.find(([name]) => name === encoding)?.[1] ?? none;
  if (encoding === "utf-16le") return Buffer.concat([mark, Buffer.from(text, "utf16le")]);
  if (encoding === "utf-16be") return Buffer.concat([mark, Buffer.from(text, "utf16le").swap16()]);
  return Buffer.concat([mark, Buffer.from(text, "utf8")]);
}

const none = Buffer.alloc(0);
