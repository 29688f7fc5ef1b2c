import { describe, expect, it } from "vitest";
import { Backlog, unfinished } from "../../../electron/terminal/backlog.ts";

const block = 64 << 10;

describe("the newest output", () => {
  it("is all there while it fits, and may be read from anywhere", () => {
    const backlog = new Backlog(block);
    backlog.write(Buffer.from("hello "));
    backlog.write(Buffer.from("world"));
    expect(backlog.read(0, 100).toString()).toBe("hello world");
    expect(backlog.read(6, 3).toString()).toBe("wor");
    expect(backlog.read(-5, 3).toString()).toBe("hel");
    expect(backlog.read(11, 3)).toHaveLength(0);
  });

  it("keeps the last bytes when there is more, however it comes", () => {
    const all = Buffer.from(Array.from({ length: 5 * block + 11 }, (_, at) => at % 251));
    for (const piece of [1000, block, block + 1, all.length]) {
      const backlog = new Backlog(2 * block);
      for (let at = 0; at < all.length; at += piece) backlog.write(all.subarray(at, at + piece));
      expect(backlog.end).toBe(all.length);
      expect(backlog.start).toBe(3 * block);
      expect(backlog.read(0, all.length).equals(all.subarray(3 * block))).toBe(true);
      expect(backlog.read(4 * block - 3, 6)).toEqual(all.subarray(4 * block - 3, 4 * block + 3));
    }
  });
});

describe("what is unfinished at the end of output", () => {
  it.each([
    ["text", 0],
    ["text\u001b", 1],
    ["text\u001b[", 2],
    ["text\u001b[?1;2", 6],
    ["text\u001b[1m", 0],
    ["text\u001b(", 2],
    ["text\u001b]0;a title", 11],
    ["text\u001b]0;a title\u001b", 12],
    ["text\u001b]0;a title\u0007", 0],
    ["text\u001bPdata\u001b\\", 0],
    ["text\u001b[1m\u001b]8;;", 5],
  ])("of %j are %d bytes", (output, count) => {
    expect(unfinished(Buffer.from(output))).toBe(count);
  });

  it("is a character of which some bytes are there", () => {
    for (const character of ["é", "한", "😀"]) {
      const bytes = Buffer.from(`x${character}`);
      expect(unfinished(bytes), character).toBe(0);
      for (let length = 2; length < bytes.length; length += 1)
        expect(unfinished(bytes.subarray(0, length)), character).toBe(length - 1);
    }
    expect(unfinished(Buffer.of(0x80, 0x81))).toBe(0);
  });
});
