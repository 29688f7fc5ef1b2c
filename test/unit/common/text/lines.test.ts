import { describe, expect, it } from "vitest";
import { LineCutter } from "../../../../common/text/index.ts";

describe("lines of bytes", () => {
  it("come whole however the stream is cut, also within a character; empty and unfinished ones are left out", () => {
    const bytes = Buffer.from('{"a":"é"}\n\n{"b":2}\n{"cut');
    for (let size = 1; size <= bytes.length; size++) {
      const cutter = new LineCutter();
      const found: string[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        for (const line of cutter.push(bytes.subarray(at, at + size))) found.push(Buffer.from(line).toString("utf8"));
      }
      expect(found).toEqual(['{"a":"é"}', '{"b":2}']);
    }
  });
});
