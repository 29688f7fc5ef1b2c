/**
 * The text of a table that a spreadsheet saved: UTF-8, UTF-16 with its mark ("Unicode text"), or what Korean Windows saves
 * CSV as. Nothing is lost silently: what is none of these keeps replacement characters.
 */
export function decodeTable(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("euc-kr").decode(bytes);
  }
}
