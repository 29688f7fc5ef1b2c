import { describe, expect, it } from "vitest";
import { LineSplitter, longestLine, stampLength } from "../../../electron/logs/lines.ts";

function split(chunks: readonly (string | Buffer)[], finish = true): string[] {
  const seen: string[] = [];
  const splitter = new LineSplitter();
  const take = (buffer: Buffer, start: number, end: number) => seen.push(buffer.toString("utf8", start, end));
  for (const chunk of chunks) splitter.push(Buffer.from(chunk), take);
  if (finish) splitter.finish(take);
  return seen;
}

describe("lines of a stream", () => {
  it("are the same wherever the chunks end, also inside a character", () => {
    const text = "one\n둘 두 번째\n\nfour 🚀\nlast";
    const whole = Buffer.from(text);
    for (let cut = 0; cut <= whole.length; cut++) {
      expect(split([whole.subarray(0, cut), whole.subarray(cut)])).toEqual(text.split("\n"));
    }
    expect(split([...whole].map((byte) => Buffer.from([byte])))).toEqual(text.split("\n"));
  });

  it("leave out the unfinished one until the end", () => {
    expect(split(["a\nb"], false)).toEqual(["a"]);
    expect(split(["a\nb"])).toEqual(["a", "b"]);
    expect(split(["a\n"])).toEqual(["a"]);
  });

  it("are cut when they never end, and nothing is lost", () => {
    const chunk = Buffer.alloc(1 << 20, "x");
    const lines = split([...Array.from({ length: 9 }, () => chunk), "\nnext\n"]);
    expect(lines.map(({ length }) => length)).toEqual([longestLine, 1 << 20, 4]);
  });
});

describe("the time before a line", () => {
  it.each([
    ["2026-01-02T03:04:05Z hello", 20],
    ["2026-01-02T03:04:05.123456789Z hello", 30],
    ["2026-01-02T03:04:05.5+09:00 hello", 27],
    ["2026-01-02T03:04:05.123456789Z", 30],
    ["rpc error: code = NotFound desc = an error occurred", 0],
    ["2026-01-02 03:04:05 not one of ours, it has a space", 0],
    ["short", 0],
  ])("of %j has %i characters", (line, length) => {
    const padded = Buffer.from(`--${line}`);
    expect(stampLength(padded, 2, padded.length)).toBe(length);
  });
});
