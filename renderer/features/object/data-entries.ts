import { maskedBytes, type ObjectJson } from "../../../common/contract/index.ts";
import { textMap } from "../../state/read.ts";

/** A key of a ConfigMap or a Secret. */
export interface DataEntry {
  key: string;
  /** Bytes of the value itself, however it is written in the object. */
  bytes: number;
  /** `hidden`: a Secret's value; `binary`: bytes that the object has as base64. */
  value: { kind: "text"; text: string } | { kind: "hidden" | "binary" };
}

/** What an object holds under `data` and `binaryData`, by key. */
export function dataEntries(object: ObjectJson): DataEntry[] {
  const ofData = textMap(object, "data").map(([key, text]): DataEntry => {
    const hidden = maskedBytes(text);
    return hidden === undefined
      ? { key, bytes: new TextEncoder().encode(text).length, value: { kind: "text", text } }
      : { key, bytes: hidden, value: { kind: "hidden" } };
  });
  const ofBinary = textMap(object, "binaryData").map(
    ([key, base64]): DataEntry => ({ key, bytes: decodedBytes(base64), value: { kind: "binary" } }),
  );
  return [...ofData, ...ofBinary].toSorted((one, other) => one.key.localeCompare(other.key));
}

/** Four characters of base64 stand for three bytes; what fills up the last four stands for none. */
function decodedBytes(base64: string): number {
  return Math.floor((base64.replaceAll(/[=\s]/g, "").length * 3) / 4);
}
