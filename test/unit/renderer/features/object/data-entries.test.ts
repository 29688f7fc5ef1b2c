import { describe, expect, it } from "vitest";
import { secretMask } from "../../../../../common/contract/index.ts";
import { dataEntries } from "../../../../../renderer/features/object/data-entries.ts";

describe("the data of an object", () => {
  it.each([0, 1, 2, 3, 4, 70])("counts the bytes of a binary value of %i bytes, and not its base64", (bytes) => {
    const object = { binaryData: { logo: Buffer.alloc(bytes, 200).toString("base64") } };
    expect(dataEntries(object)).toEqual([{ key: "logo", bytes, value: { kind: "binary" } }]);
  });

  it("is ordered by key, with the text of what is text", () => {
    const object = { data: { b: "é", z: secretMask(12) }, binaryData: { a: "AAAA" } };
    expect(dataEntries(object)).toEqual([
      { key: "a", bytes: 3, value: { kind: "binary" } },
      { key: "b", bytes: 2, value: { kind: "text", text: "é" } },
      { key: "z", bytes: 12, value: { kind: "hidden" } },
    ]);
    expect(dataEntries({})).toEqual([]);
  });
});
